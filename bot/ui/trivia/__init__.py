"""What trivia shows: rounds and their reveals, scoreboards, and what is said to a player alone."""

from ._admin import reset_done, reset_question, rules_card
from ._boards import profile_card, score_board
from ._customize import ANY_DECADE, customize_panel, on_its_way
from ._daily import daily_message, shared
from ._end import pausing, scoreboard, started, title_of
from ._problems import problem
from ._replies import guess_modal, hint_came_out, judged, missed_list, skipped, stopped, voted
from ._round import accepted, interrupted_message, question_message, reveal_message

__all__ = [
    "ANY_DECADE",
    "accepted",
    "customize_panel",
    "daily_message",
    "guess_modal",
    "hint_came_out",
    "interrupted_message",
    "judged",
    "missed_list",
    "on_its_way",
    "pausing",
    "problem",
    "profile_card",
    "question_message",
    "reset_done",
    "reset_question",
    "reveal_message",
    "rules_card",
    "score_board",
    "scoreboard",
    "shared",
    "skipped",
    "started",
    "stopped",
    "title_of",
    "voted",
]
