"""The card of one song."""

from collections import Counter
from collections.abc import Iterable, Sequence

import discord

from bot.domain.catalog import AwardNature, Catalog, ChartRun, Circle, Kind, Outcome, Song, Video
from bot.ui import names
from bot.ui.components import Components, button, custom_id
from bot.ui.i18n import Language
from bot.ui.replies import Reply
from bot.ui.style import HEART, song_colour
from bot.ui.text import EMBED_FIELD_VALUE_MAX, EMBED_TITLE_MAX, clip, escape, fit_lines, web_query

_ARTIST_BUTTONS_MAX = 2
_BY_VOTE = (AwardNature.VOTE, AwardNature.POLL)


def song_card(catalog: Catalog, song: Song, say: Language) -> Reply:
    """All that matters about a song, in one look; its buttons lead on."""
    return Reply(embed=_embed(catalog, song, say), components=Components(_buttons(catalog, song, say)))


def random_card(catalog: Catalog, song: Song, say: Language, *, again: str) -> Reply:
    """A song's card with a button that draws another; ``again`` is that button's custom_id."""
    another = button(say("Another"), again, emoji="🎲", row=1)
    return Reply(embed=_embed(catalog, song, say), components=Components([*_buttons(catalog, song, say), another]))


def _embed(catalog: Catalog, song: Song, say: Language) -> discord.Embed:
    first, second = names.titles(song, say)
    embed = discord.Embed(
        title=clip(escape(first), EMBED_TITLE_MAX),
        description=clip(escape(second), EMBED_TITLE_MAX) if second else None,
        colour=song_colour(catalog, song),
    )
    embed.set_author(name=_circle(catalog, song, say))
    artists = "\n".join(escape(names.both_titles(artist, say)) for artist in catalog.artists_of(song))
    embed.add_field(name=say("Artist"), value=clip(artists, EMBED_FIELD_VALUE_MAX))
    embed.add_field(name=say("Drama"), value=clip(_drama(catalog, song, say), EMBED_FIELD_VALUE_MAX))
    if release := _release(song, say):
        embed.add_field(name=say("Released"), value=release)
    for name, lines in _laurels(catalog, song, say):
        more = say("… and {count} more under ⋯")
        embed.add_field(name=name, value=fit_lines(lines, EMBED_FIELD_VALUE_MAX, more), inline=False)
    embed.add_field(name=say("Listen"), value=_links(catalog, song, say), inline=False)
    if song.video:
        embed.set_thumbnail(url=thumbnail_address(song.video))
    return embed


def thumbnail_address(video: Video) -> str:
    """The picture that YouTube shows for a video."""
    return f"https://i.ytimg.com/vi/{video.id}/mqdefault.jpg"


def _circle(catalog: Catalog, song: Song, say: Language) -> str:
    """Which circle the song belongs to, said before anything else."""
    match catalog.circle(song.key):
        case Circle.AWARDED:
            return say("Award-winning OST")
        case Circle.NOMINATED:
            return say("Nominated OST")
        case Circle.CHARTED:
            return say("Charted OST")


def _drama(catalog: Catalog, song: Song, say: Language) -> str:
    drama = catalog.drama_of(song)
    aired = " · ".join([str(drama.year), *drama.networks])
    return "\n".join(escape(line) for line in (*filter(None, names.titles(drama, say)), aired))


def _release(song: Song, say: Language) -> str:
    parts = [song.part, names.day(song.released, say) if song.released else None]
    return "\n".join(escape(part) for part in parts if part)


def _laurels(catalog: Catalog, song: Song, say: Language) -> Iterable[tuple[str, Sequence[str]]]:
    """(heading, lines) of each kind of honour: awards, chart prizes, nominations, the chart."""
    outcomes = catalog.outcomes_of(song.key)
    awards = [outcome for outcome in outcomes if catalog.is_award(outcome)]
    prizes = [outcome for outcome in outcomes if outcome.won and outcome not in awards]
    nominations = [outcome for outcome in outcomes if not outcome.won]
    if awards:
        yield say.plural("🏆 {count} award", "🏆 {count} awards", len(awards)), outcome_lines(catalog, awards, say)
    else:
        yield say("🏆 Awards"), [say("None on record.")]
    if nominations:
        yield say("⭐ Nominated"), outcome_lines(catalog, nominations, say)
    if prizes:
        yield say("🥇 Chart prizes"), outcome_lines(catalog, prizes, say)
    if song.chart:
        yield say("📈 Charted"), [_chart_line(song.chart, say)]


def _chart_line(run: ChartRun, say: Language) -> str:
    first, last = names.day(run.first, say), names.day(run.last, say)
    if run.months == 1:
        return say("Melon monthly top 100, {month}", month=first)
    months = say.plural("{count} month", "{count} months", run.months)
    return say("Melon monthly top 100, {months} between {first} and {last}", months=months, first=first, last=last)


def outcome_lines(catalog: Catalog, outcomes: Sequence[Outcome], say: Language) -> list[str]:
    """``2017 Melon Music Awards · Best OST``, one line each; equal lines become one with a count."""
    lines = Counter(outcome_line(catalog, outcome, say) for outcome in outcomes)
    return [line if count == 1 else f"{line} ×{count}" for line, count in lines.items()]


def outcome_line(catalog: Catalog, outcome: Outcome, say: Language) -> str:
    """The year as the body counts it, the body, the category; what a public vote decided is marked."""
    edition = catalog.editions[outcome.edition_key]
    parts = [f"**{escape(names.title(catalog.award_of(edition), say))}**"]
    if category := names.category(edition, say):
        parts.append(escape(category))
    if edition.nature in _BY_VOTE:
        parts.append(say("public vote") if edition.nature is AwardNature.VOTE else say("fan poll"))
    return f"`{edition.year}` {' · '.join(parts)}"


def _links(catalog: Catalog, song: Song, say: Language) -> str:
    artist = catalog.artists_of(song)[0]
    drama = catalog.drama_of(song)
    korean = f"{song.title_ko} {artist.name_ko}"
    shown = f"{song.title or song.title_ko} {artist.name}"
    youtube = f"https://www.youtube.com/results?search_query={web_query(f'{korean} {drama.title_ko} OST')}"
    if song.video:
        youtube = f"https://www.youtube.com/watch?v={song.video.id}"
    country = "kr" if say.prefers_korean else "us"
    links = {
        "YouTube": youtube,
        "Spotify": f"https://open.spotify.com/search/{web_query(shown)}",
        "Apple Music": f"https://music.apple.com/{country}/search?term={web_query(shown)}",
        "Melon": f"https://www.melon.com/search/total/index.htm?q={web_query(korean)}",
    }
    return " · ".join(f"[{name}]({address})" for name, address in links.items())


def _buttons(catalog: Catalog, song: Song, say: Language) -> list[discord.ui.Button[discord.ui.View]]:
    drama = catalog.drama_of(song)
    by_artists = [
        button(
            say("More by {artist}", artist=names.title(artist, say)), custom_id("open", Kind.ARTIST, artist.key), row=0
        )
        for artist in catalog.artists_of(song)[:_ARTIST_BUTTONS_MAX]
    ]
    from_drama = say("More from {drama}", drama=names.title(drama, say))
    return [
        button(from_drama, custom_id("open", Kind.DRAMA, drama.key), row=0),
        *by_artists,
        button(f"{HEART} {say('Save')}", custom_id("save", song.key), row=0),
        button("⋯", custom_id("more", song.key), row=0),
    ]
