"""What the daily pick shows: the post, why today, what its admins see, and what goes wrong."""

from ._pick import PickMessage, bears_mark, pick_buttons, pick_card, pick_message, thread_title
from ._problems import problem
from ._status import (
    Notes,
    Standing,
    exclusions,
    is_trouble_notice,
    paused,
    queue,
    resumed,
    set_up,
    skipped,
    status,
    switched_off,
    trouble_notice,
)
from ._today import not_yet, past_picks, today
from ._why import why
from ._words import days_name, pool_name

__all__ = [
    "Notes",
    "PickMessage",
    "Standing",
    "bears_mark",
    "days_name",
    "exclusions",
    "is_trouble_notice",
    "not_yet",
    "past_picks",
    "paused",
    "pick_buttons",
    "pick_card",
    "pick_message",
    "pool_name",
    "problem",
    "queue",
    "resumed",
    "set_up",
    "skipped",
    "status",
    "switched_off",
    "thread_title",
    "today",
    "trouble_notice",
    "why",
]
