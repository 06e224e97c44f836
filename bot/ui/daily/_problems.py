"""What can go wrong for an admin, in words."""

from bot.domain.daily.order import NothingToPost
from bot.domain.daily.schedule import (
    BeingPosted,
    MissingPermissions,
    NoSchedule,
    NotADate,
    NoTagToUse,
    NotAPool,
    NotATag,
    NotPostable,
)
from bot.domain.daily.times import UnreadableTime
from bot.domain.daily.trouble import Trouble
from bot.domain.daily.zones import UnknownZone
from bot.domain.errors import UserError
from bot.ui import names
from bot.ui.i18n import Language
from bot.ui.text import human_join, quoted

from ._words import remedy


def problem(error: UserError, say: Language) -> str | None:
    """The sentence for an error of the daily pick; None for any other."""
    match error:
        case NoSchedule():
            return say("There is no daily pick here yet. `/dailypick setup` starts one.")
        case BeingPosted():
            return say("Too late: this one is being posted right now.")
        case NothingToPost():
            return say("That pool holds no song that could be posted. Choose another, or take some songs back in.")
        case MissingPermissions() | NotPostable() | NoTagToUse() | NotATag():
            return _of_channel(error, say)
        case _:
            return _unreadable(error, say)


def _of_channel(error: MissingPermissions | NotPostable | NoTagToUse | NotATag, say: Language) -> str:
    match error:
        case MissingPermissions(channel_id, missing):
            wanted = names.permissions(missing, say)
            return say("In {channel} I lack {permissions}. Give me that, then set up again.",
                       channel=f"<#{channel_id}>", permissions=wanted)  # fmt: skip
        case NotPostable(channel_id):
            channel = f"<#{channel_id}>"
            return say("{channel} takes no messages. Choose a text, announcement or forum channel.", channel=channel)
        case NoTagToUse(channel_id):
            return remedy(Trouble.TAG_REQUIRED, (), channel_id, say)
        case NotATag(channel_id, typed):
            return say("“{text}” is no tag of {channel} that I may use. Pick one from the list.",
                       text=quoted(typed), channel=f"<#{channel_id}>")  # fmt: skip


def _unreadable(error: UserError, say: Language) -> str | None:
    match error:
        case UnreadableTime(typed):
            text = say("“{text}” is not a time of day I understand.", text=quoted(typed))
            return text + " " + say("Try `21:00`, `9pm` or `밤 9시`.")
        case UnknownZone(typed, nearest):
            text = say("“{text}” is not a time zone I know.", text=quoted(typed))
            if nearest:
                return (
                    text
                    + " "
                    + say("Did you mean {zones}?", zones=human_join([f"`{z}`" for z in nearest], say(" or ")))
                )
            return text + " " + say("Pick one from the list while you type a city or a country.")
        case NotAPool(typed):
            return say("“{text}” is not a pool I know. Pick one from the list.", text=quoted(typed))
        case NotADate(typed):
            return say("“{text}” is not a date in the future. Write it like `2026-12-25`.", text=quoted(typed))
        case _:
            return None
