"""What the parts of a schedule are called."""

from datetime import date

from babel.dates import format_date
from discord.utils import format_dt

from bot.domain.catalog import Catalog
from bot.domain.daily.clock import Days
from bot.domain.daily.delivery import Post, Why
from bot.domain.daily.pools import Pool, PoolKind
from bot.domain.daily.schedule import Entry
from bot.domain.daily.trouble import Trouble
from bot.ui import names
from bot.ui.i18n import Language


def days_name(days: Days, say: Language) -> str:
    match days:
        case Days.EVERY_DAY:
            return say("every day")
        case Days.WEEKDAYS:
            return say("weekdays")
        case Days.WEEKENDS:
            return say("weekends")
        case _:
            monday = date(2024, 1, 1)
            return str(format_date(monday.replace(day=1 + min(days.weekdays)), "EEEE", locale=say.code))


def pool_name(catalog: Catalog, pool: Pool, say: Language) -> str:
    match pool.kind:
        case PoolKind.AWARDED:
            return say("Award winners")
        case PoolKind.NOMINATED:
            return say("Winners and nominees")
        case PoolKind.CHARTED:
            return say("Everything that charted, too")
        case PoolKind.DECADE:
            return say("The {decade}s", decade=pool.of)
        case PoolKind.NETWORK:
            return say("Dramas on {network}", network=pool.of)
        case PoolKind.ARTIST:
            artist = catalog.artists.get(pool.of)
            return names.title(artist, say) if artist else pool.of


def moment(post: Post) -> str:
    """When it is due, in each reader's own time."""
    return f"{format_dt(post.due_at, 'F')} ({format_dt(post.due_at, 'R')})"


def remedy(trouble: Trouble, missing: tuple[str, ...], channel_id: int, say: Language) -> str:
    """What is wrong, and how to mend it; ``missing`` are the permissions that I lack in the channel."""
    channel = f"<#{channel_id}>"
    if trouble is Trouble.NO_PERMISSION and missing:
        wanted = names.permissions(missing, say)
        return say(
            "In {channel} I lack {permissions}. Give me that back, and I go on by myself.",
            channel=channel,
            permissions=wanted,
        )
    sentences = {
        Trouble.CHANNEL_GONE: say(
            "The channel is gone, or I cannot see it. Choose another with `/dailypick setup`, or let me see it again."
        ),
        Trouble.NO_PERMISSION: say(
            "I may not post in {channel}. Look at my permissions there, and I go on by myself.", channel=channel
        ),
        Trouble.WRONG_CHANNEL_TYPE: say(
            "{channel} takes no messages. Choose another with `/dailypick setup`.", channel=channel
        ),
        Trouble.THREAD_CLOSED: say(
            "The thread {channel} is closed. Open it, or choose another channel.", channel=channel
        ),
        Trouble.TAG_REQUIRED: say(
            "{channel} asks for a tag with every post, and has none that I may use. Add one or choose another channel.",
            channel=channel,
        ),
        Trouble.NOTHING_TO_POST: say(
            "The pool is empty: everything in it is excluded. Choose another, or take some songs back in."
        ),
        Trouble.ROLE_GONE: say("The role to ping is gone, so I posted without it."),
        Trouble.BLOCKED: say("AutoMod did not let the post through."),
        Trouble.SERVER_LEFT: say("I was not in this server."),
        Trouble.SERVER_UNAVAILABLE: say("Discord said that this server was not available."),
    }
    return sentences.get(trouble) or say("Discord had trouble of its own.")


def outcome(entry: Entry, say: Language) -> str:
    """Why a date has no post."""
    reasons = {
        Why.ASKED: say("skipped, as you asked"),
        Why.PAUSED: say("paused"),
        Why.CHANGED: say("given up when the schedule was changed"),
        Why.TOO_LATE: say("missed: I was away for too long"),
        Why.TROUBLE: say("it could not be posted in time"),
        Why.REFUSED: say("Discord refused this post"),
        Why.UNKNOWN: say(
            "sending was cut short and nothing showed whether it arrived: silence rather than a second post"
        ),
    }
    text = reasons[entry.post.why or Why.TROUBLE]
    return text + (f" ({remedy(entry.trouble, (), entry.channel_id or 0, say)})" if entry.trouble else "")
