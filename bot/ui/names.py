"""How dramas, songs, artists, awards and dates are called in a language."""

import calendar
from functools import lru_cache

from bot.domain.catalog import Artist, Award, Catalog, Drama, Edition, Entity, PartialDate, Song
from bot.domain.hangul import has_hangul, romanize

from .i18n import Language
from .text import human_join


def titles(entity: Entity | Award, say: Language) -> tuple[str, str | None]:
    """The title to show, and the one in the other language if it says anything more.

    Where a song has no English title in use, its Korean one stands, with its romanization beside it.
    """
    if isinstance(entity, (Song, Drama)):
        english, korean = entity.title, entity.title_ko
    else:
        english, korean = entity.name, entity.name_ko
    if english is None:
        return korean, _romanized(korean)
    first, second = (korean, english) if say.prefers_korean else (english, korean)
    return first, None if first.casefold() == second.casefold() else second


@lru_cache(maxsize=4096)
def _romanized(korean: str) -> str | None:
    return romanize(korean).capitalize() if has_hangul(korean) else None


def title(entity: Entity | Award, say: Language) -> str:
    return titles(entity, say)[0]


def artists(catalog: Catalog, song: Song, say: Language) -> str:
    """The singers of a song as one phrase."""
    names = [title(artist, say) for artist in catalog.artists_of(song)]
    return human_join(names, say(" & "))


def both_titles(entity: Drama | Song | Artist, say: Language) -> str:
    first, second = titles(entity, say)
    return f"{first} · {second}" if second else first


def category(edition: Edition, say: Language) -> str | None:
    first, second = edition.category, edition.category_ko
    return (second or first) if say.prefers_korean else (first or second)


def day(moment: PartialDate, say: Language) -> str:
    """A calendar date, the same for every reader (a Discord timestamp would move it with the time zone)."""
    facts = {"year": moment.year, "month": moment.month, "month_name": calendar.month_name[moment.month]}
    if moment.day:
        return say("{month_name} {day}, {year}", day=moment.day, **facts)
    return say("{month_name} {year}", **facts)


def permissions(names_of: tuple[str, ...], say: Language) -> str:
    """Permissions as Discord's own settings call them."""
    called = {
        "view_channel": say("View Channel"),
        "send_messages": say("Send Messages"),
        "embed_links": say("Embed Links"),
        "send_messages_in_threads": say("Send Messages in Threads"),
        "create_public_threads": say("Create Public Threads"),
        "mention_everyone": say("Mention All Roles"),
        "read_message_history": say("Read Message History"),
    }
    return human_join([f"**{called.get(name, name)}**" for name in names_of], say(" and "))
