"""What trivia shows: rounds and their reveals, scoreboards, and what is said to a player alone."""

from ._end import pausing, scoreboard, started
from ._problems import problem
from ._replies import guess_modal, hint_came_out, judged, missed_list, skipped, stopped, voted
from ._round import accepted, interrupted_message, question_message, reveal_message

__all__ = [
    "accepted",
    "guess_modal",
    "hint_came_out",
    "interrupted_message",
    "judged",
    "missed_list",
    "pausing",
    "problem",
    "question_message",
    "reveal_message",
    "scoreboard",
    "skipped",
    "started",
    "stopped",
    "voted",
]
