"""Award nights, and who has won most."""

from collections.abc import Sequence

import discord

from bot.domain.awards import ALL_TIME, Ceremony, Contest, Place
from bot.domain.catalog import (
    Artist,
    Award,
    AwardNature,
    Catalog,
    Drama,
    Edition,
    Gap,
    Outcome,
    PartialDate,
    Song,
)

from . import names
from .components import Choice, Components, button, custom_id, menu
from .i18n import Language
from .lookup import entity_choice
from .pictures import Bar, BarChart
from .replies import PICTURE_NAME, Reply
from .style import GOLD, SILVER, STAR, TROPHY
from .text import (
    CHOICE_NAME_MAX,
    EMBED_DESCRIPTION_MAX,
    EMBED_FIELD_NAME_MAX,
    EMBED_FIELD_VALUE_MAX,
    EMBED_FIELDS_MAX,
    EMBED_TITLE_MAX,
    SELECT_OPTIONS_MAX,
    clip,
    escape,
    fit_lines,
)

PLACES_SHOWN = 15
_MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}


def ceremony_page(
    catalog: Catalog,
    ceremony: Ceremony,
    around: tuple[int | None, int | None],
    others: Sequence[Award],
    say: Language,
) -> Reply:
    """One body's awards of one year: winners, nominees, or why there are none; leads to the years around it.

    ``others`` are bodies that have a ceremony in the same year.
    """
    won = [outcome for edition in ceremony.editions for outcome in catalog.outcomes_in(edition.key)]
    title = f"{names.title(ceremony.award, say)} {ceremony.year}"
    embed = discord.Embed(title=clip(escape(title), EMBED_TITLE_MAX), colour=GOLD if won else SILVER)
    embed.set_author(name=_nature(ceremony.award.nature, say))
    embed.description = _when(ceremony, say)
    for edition in ceremony.editions[:EMBED_FIELDS_MAX]:
        heading = names.category(edition, say) or say("OST prize")
        lines = _edition_lines(catalog, edition, say)
        value = fit_lines(lines, EMBED_FIELD_VALUE_MAX, say("… and {count} more"))
        embed.add_field(name=clip(heading, EMBED_FIELD_NAME_MAX), value=value, inline=False)
    return Reply(embed=embed, components=Components(_ceremony_items(catalog, ceremony, around, others, say)))


def _nature(nature: AwardNature, say: Language) -> str:
    match nature:
        case AwardNature.JURY:
            return say("Decided by a jury")
        case AwardNature.MIXED:
            return say("Decided by sales, streams and experts")
        case AwardNature.VOTE:
            return say("Decided by public vote")
        case AwardNature.POLL:
            return say("A fan poll")
        case AwardNature.CHART:
            return say("A chart's prize")


def _when(ceremony: Ceremony, say: Language) -> str | None:
    """The number and the night, where one is on record."""
    parts = []
    if number := next((edition.number for edition in ceremony.editions if edition.number), None):
        parts.append(say("Edition {number}", number=number))
    if night := next((edition.date for edition in ceremony.editions if edition.date), None):
        parts.append(names.day(PartialDate(night.year, night.month, night.day), say))
    return " · ".join(parts) or None


def _edition_lines(catalog: Catalog, edition: Edition, say: Language) -> list[str]:
    outcomes = catalog.outcomes_in(edition.key)
    lines = [_line(catalog, outcome, say) for outcome in sorted(outcomes, key=lambda outcome: not outcome.won)]
    if edition.gap and not any(outcome.won for outcome in outcomes):
        lines.insert(0, _gap(edition.gap, edition.note, say))
    elif outcomes and not edition.nominees_complete:
        lines.append(say("*Other nominees are not on record.*"))
    return lines or [say("No OST winner on record.")]


def _line(catalog: Catalog, outcome: Outcome, say: Language) -> str:
    song = catalog.songs[outcome.song_key]
    drama = names.title(catalog.drama_of(song), say)
    title = f"**{escape(names.title(song, say))}** · {escape(names.artists(catalog, song, say))}"
    return f"{TROPHY if outcome.won else STAR} {title} · {escape(drama)}"


def _gap(gap: Gap, note: str | None, say: Language) -> str:
    match gap:
        case Gap.NO_PRIZE:
            text = say("No OST prize was given.")
        case Gap.OTHER_WORK:
            text = say("The prize went to a song from a film, a game or another work, not to a drama's.")
        case Gap.NOT_ONE_SONG:
            text = say("The prize went to an artist or a whole soundtrack, not to one song.")
        case Gap.UNKNOWN:
            text = say("No page that we have read names the winning song.")
    return f"{text} ({escape(note)})" if note else text


def _ceremony_items(
    catalog: Catalog,
    ceremony: Ceremony,
    around: tuple[int | None, int | None],
    others: Sequence[Award],
    say: Language,
) -> list[discord.ui.Item[discord.ui.View]]:
    items: list[discord.ui.Item[discord.ui.View]] = []
    keys = [outcome.song_key for edition in ceremony.editions for outcome in catalog.outcomes_in(edition.key)]
    if songs := [catalog.songs[key] for key in dict.fromkeys(keys)][:SELECT_OPTIONS_MAX]:
        choices = [entity_choice(catalog, song, say) for song in songs]
        items.append(menu(say("Open a song"), custom_id("pick"), choices, row=0))
    if elsewhere := [award for award in others if award.key != ceremony.award.key][:SELECT_OPTIONS_MAX]:
        choices = [Choice(names.title(award, say), award.key) for award in elsewhere]
        placeholder = say("Other ceremonies of {year}", year=ceremony.year)
        items.append(menu(placeholder, custom_id("ceremonies", ceremony.year), choices, row=1))
    before, after = around
    if before is not None:
        items.append(button(f"← {before}", custom_id("ceremony", ceremony.award.key, before), row=2))
    if after is not None:
        items.append(button(f"{after} →", custom_id("ceremony", ceremony.award.key, after), row=2))
    return items


def award_choice(award: Award, say: Language) -> str:
    """A line of autocomplete."""
    first, second = names.titles(award, say)
    return clip(f"{first} · {second}" if second else first, CHOICE_NAME_MAX)


def top_heading(contest: Contest, period: str, say: Language) -> str:
    """What is counted, and over which years."""
    match contest:
        case Contest.SONGS:
            what = say("Most-awarded songs")
        case Contest.ARTISTS:
            what = say("Most-awarded singers")
        case Contest.DRAMAS:
            what = say("Most-awarded dramas")
    return f"{what} · {period_name(period, say)}"


def period_name(period: str, say: Language) -> str:
    if period == ALL_TIME:
        return say("all time")
    return say("the {decade}", decade=period) if period.endswith("s") else period


def top_chart(places: Sequence[Place], say: Language) -> BarChart:
    """The same places as a picture."""
    return BarChart(tuple(Bar(names.title(place.entity, say), place.wins) for place in places[:PLACES_SHOWN]))


def top_page(
    catalog: Catalog, contest: Contest, period: str, places: Sequence[Place], picture: bytes | None, say: Language
) -> Reply:
    """Who has won most; equals share a place. A menu opens one, buttons count something else."""
    embed = discord.Embed(title=clip(top_heading(contest, period, say), EMBED_TITLE_MAX), colour=GOLD)
    lines = [_place_line(catalog, place, say) for place in places[:PLACES_SHOWN]]
    if hidden := len(places) - len(lines):
        lines.append(say.plural("… and {count} more with as many", "… and {count} more with as many", hidden))
    embed.description = clip("\n".join(lines), EMBED_DESCRIPTION_MAX) or say("No award on record for that time.")
    if picture:
        embed.set_image(url=f"attachment://{PICTURE_NAME}")
    items: list[discord.ui.Item[discord.ui.View]] = []
    if places:
        choices = [entity_choice(catalog, place.entity, say) for place in places[:PLACES_SHOWN]]
        items.append(menu(say("Open a card"), custom_id("pick"), choices, row=0))
    items.extend(_contest_buttons(contest, period, say))
    return Reply(embed=embed, components=Components(items), picture=picture)


def _place_line(catalog: Catalog, place: Place, say: Language) -> str:
    medal = _MEDALS.get(place.rank, f"`{place.rank:>2}`")
    line = f"{medal} **{escape(names.title(place.entity, say))}**"
    if about := _about(catalog, place, say):
        line += f" · {escape(about)}"
    return f"{line} · {TROPHY} {place.wins}"


def _about(catalog: Catalog, place: Place, say: Language) -> str | None:
    match place.entity:
        case Song():
            return names.artists(catalog, place.entity, say)
        case Drama():
            return str(place.entity.year)
        case Artist():
            return None


def _contest_buttons(contest: Contest, period: str, say: Language) -> list[discord.ui.Button[discord.ui.View]]:
    labels = {Contest.SONGS: say("Songs"), Contest.ARTISTS: say("Singers"), Contest.DRAMAS: say("Dramas")}
    return [
        button(label, custom_id("top", other, period), disabled=other is contest, row=1)
        for other, label in labels.items()
    ]
