"""What a catalog must keep to be trusted: rules that no single row can break on its own.

The reader of the text (``bot.storage.catalog_text``) has seen to each row's shape and to its references;
here rows are held against one another, against the calendar, and against the search people will use.
"""

import datetime as dt
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from urllib.parse import urlsplit

from .catalog import Catalog, Drama, Edition, Kind, Outcome, PartialDate, Song
from .search import SearchIndex

SONGS_BEFORE_DRAMA_YEARS = 3  # a series may open with a song that is a little older; more is a slip of the pen
SONGS_AFTER_DRAMA_YEARS = 3
CEREMONY_DELAY_YEARS = 1  # Golden Disc and Seoul Music Awards are held in the following January
TIED_HITS_MAX = 100  # more songs than share any one title
TIED_WITHIN = 2.5  # of 100 points; a whole alias is worth 2 less than a whole title
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "「": "」"}
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_HANGUL = re.compile("[ㄱ-ㆎ가-힣]")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """``file`` is relative to ``data/``, ``key`` names the entry in it."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.reason}"


def check_catalog(catalog: Catalog, today: dt.date) -> list[Problem]:
    """Every broken rule but those of search, sorted by file; ``today`` bounds what can have happened."""
    return sorted(
        chain(
            _shared_names(catalog),
            _unused(catalog),
            _repeated_songs(catalog),
            _names(catalog),
            *(_edition(catalog, edition) for edition in catalog.editions.values()),
            _numbers(catalog),
            *(_drama_dates(drama, today) for drama in catalog.dramas.values()),
            *(_song_dates(catalog, song, today) for song in catalog.songs.values()),
            *(_ceremony_date(edition, today) for edition in catalog.editions.values()),
            _sources(catalog),
        )
    )


def check_reachable(catalog: Catalog, index: SearchIndex) -> list[Problem]:
    """Songs that one of their own titles does not find as the first hit, or tied with the first."""
    return sorted(
        Problem(_drama_file(catalog, song.drama_key), song.key, f"searching for its title {title!r} finds others first")
        for song in catalog.songs.values()
        for title in _titles(song)
        if not _is_first(index, song, title)
    )


def _is_first(index: SearchIndex, song: Song, title: str) -> bool:
    hits = index.find(title, limit=TIED_HITS_MAX)
    best = max((hit.score for hit in hits), default=0.0)
    return any(hit.kind is Kind.SONG and hit.key == song.key and hit.score >= best - TIED_WITHIN for hit in hits)


def _titles(song: Song) -> list[str]:
    return [title for title in (song.title, song.title_ko, *song.aliases) if title]


def _drama_file(catalog: Catalog, drama_key: str) -> str:
    return f"dramas/{drama_key}.toml" if catalog.songs_of_drama(drama_key) else "known_dramas.csv"


def _edition_place(edition: Edition) -> tuple[str, str]:
    return "awards.toml", edition.key.replace("/", ".editions.")


def folded(name: str) -> str:
    """``name`` without case, spaces and punctuation: how two names are compared."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name).casefold())


def _shared_names(catalog: Catalog) -> Iterator[Problem]:
    """An alias that means another drama (or artist) too, and is not declared in ambiguous.toml."""
    declared = {folded(name) for name in catalog.ambiguous}
    for name, keys in _drama_aliases_shared(catalog).items():
        if name not in declared:
            for key in keys:
                reason = f"the alias {name!r} also means {_others(keys, key)}; declare it in ambiguous.toml"
                yield Problem(_drama_file(catalog, key), key, reason)
    for name, keys in _artist_names_shared(catalog).items():
        if name not in declared:
            reason = f"the name {name!r} also means {_others(keys, keys[0])}; declare it in ambiguous.toml"
            yield Problem("artists.toml", keys[0], reason)


def _drama_aliases_shared(catalog: Catalog) -> dict[str, list[str]]:
    """Two dramas of one title are told apart by their year; an alias is somebody's choice and must say so."""
    titled: dict[str, set[str]] = defaultdict(set)
    aliased: dict[str, set[str]] = defaultdict(set)
    for drama in catalog.dramas.values():
        for title in (drama.title, drama.title_ko):
            titled[folded(title)].add(drama.key)
        for alias in drama.aliases:
            aliased[folded(alias)].add(drama.key)
    shared = {name: keys | titled[name] for name, keys in aliased.items() if keys - titled[name]}
    return {name: sorted(keys) for name, keys in shared.items() if len(keys) > 1}


def _artist_names_shared(catalog: Catalog) -> dict[str, list[str]]:
    named: dict[str, set[str]] = defaultdict(set)
    for artist in catalog.artists.values():
        for name in (artist.name, artist.name_ko, *artist.aliases):
            named[folded(name)].add(artist.key)
    return {name: sorted(keys) for name, keys in named.items() if len(keys) > 1}


def _others(keys: Iterable[str], key: str) -> str:
    return ", ".join(other for other in keys if other != key)


def _unused(catalog: Catalog) -> Iterator[Problem]:
    """Entries that nothing refers to, and songs that no circle holds."""
    shared = _drama_aliases_shared(catalog).keys() | _artist_names_shared(catalog).keys()
    for name in catalog.ambiguous:
        if folded(name) not in shared:
            yield Problem("ambiguous.toml", name, "only one drama or artist has this name now; remove it")
    for key in catalog.artists:
        if not catalog.songs_by_artist(key):
            yield Problem("artists.toml", key, "no song is by this artist")
    for song in catalog.songs.values():
        if not song.chart and not catalog.outcomes_of(song.key):
            reason = "has no award and was in no chart, so it belongs to no circle"
            yield Problem(_drama_file(catalog, song.drama_key), song.key, reason)


def _repeated_songs(catalog: Catalog) -> Iterator[Problem]:
    """One recording written down twice: same drama, same singers, and a title in common."""
    seen: dict[tuple[str, str, frozenset[str]], str] = {}
    for song in catalog.songs.values():
        recordings = {(song.drama_key, folded(title), frozenset(song.artist_keys)) for title in _titles(song)}
        for first in sorted({seen[recording] for recording in recordings if recording in seen}):
            yield Problem(_drama_file(catalog, song.drama_key), song.key, f"is the same song as {first}")
        seen.update(dict.fromkeys(recordings, song.key))


def _names(catalog: Catalog) -> Iterator[Problem]:
    """Titles and names as a reader should see them."""
    for drama in catalog.dramas.values():
        file = _drama_file(catalog, drama.key)
        yield from _texts(file, drama.key, drama.title, (drama.title_ko, *drama.aliases))
    for song in catalog.songs.values():
        file = _drama_file(catalog, song.drama_key)
        yield from _texts(file, song.key, song.title, (song.title_ko, *song.aliases))
    for artist in catalog.artists.values():
        yield from _texts("artists.toml", artist.key, artist.name, (artist.name_ko, *artist.aliases))


def _texts(file: str, key: str, english: str | None, others: Iterable[str]) -> Iterator[Problem]:
    if english and _HANGUL.search(english):
        yield Problem(file, key, f"the English title {english!r} has Korean letters; leave it out where there is none")
    texts = [text for text in (english, *others) if text]
    for text in texts:
        if text[0] in _QUOTES and text.endswith(_QUOTES[text[0]]) and len(text) > 1:
            yield Problem(file, key, f"{text!r} stands in quotation marks")
        if _INVISIBLE.search(text):
            yield Problem(file, key, f"{text!r} has invisible characters")
        if not folded(text):
            yield Problem(file, key, f"{text!r} has neither letters nor digits")
    for text, times in Counter(others).items():
        if times > 1:
            yield Problem(file, key, f"{text!r} is written twice")


def _edition(catalog: Catalog, edition: Edition) -> Iterator[Problem]:
    """One winner unless shared, an explanation where there is none, and no song twice."""
    outcomes = catalog.outcomes_in(edition.key)
    file, key = _edition_place(edition)
    winners = [outcome.song_key for outcome in outcomes if outcome.won]
    if len(winners) > 1 and not edition.shared:
        yield Problem(file, key, f"has {len(winners)} winners ({', '.join(winners)}) and is not marked shared")
    if edition.shared and not winners[1:]:
        yield Problem(file, key, "is marked shared and has no second winner")
    if winners and edition.gap:
        yield Problem(file, key, f"has a winner ({winners[0]}) and a gap ({edition.gap})")
    if not winners and not edition.gap:
        yield Problem(file, key, "has no winner; say why with gap")
    if edition.nominees_complete and not outcomes[1:]:
        yield Problem(file, key, "claims to have all nominees and has none")
    for song_key, times in Counter(outcome.song_key for outcome in outcomes).items():
        if times > 1:
            yield Problem(file, key, f"names {song_key} {times} times")


def _numbers(catalog: Catalog) -> Iterator[Problem]:
    """The ceremonies of one body are counted upwards, and each has one number."""
    by_award: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for edition in catalog.editions.values():
        if edition.number:
            by_award[edition.award_key].add((edition.year, edition.number))
    for award_key, counted in by_award.items():
        for (year, number), (next_year, next_number) in pairwise(sorted(counted)):
            if next_number <= number or next_year == year:
                reason = f"is number {number} in {year} but number {next_number} in {next_year}"
                yield Problem("awards.toml", award_key, reason)


def _drama_dates(drama: Drama, today: dt.date) -> Iterator[Problem]:
    if drama.premiere and abs(drama.premiere.year - drama.year) > 1:
        yield Problem(f"dramas/{drama.key}.toml", drama.key, f"premiered {drama.premiere} but its year is {drama.year}")
    if drama.year > today.year + 1:
        yield Problem(f"dramas/{drama.key}.toml", drama.key, f"its year {drama.year} is yet to come")


def _song_dates(catalog: Catalog, song: Song, today: dt.date) -> Iterator[Problem]:
    file = _drama_file(catalog, song.drama_key)
    drama = catalog.drama_of(song)
    if released := song.released:
        if not drama.year - SONGS_BEFORE_DRAMA_YEARS <= released.year <= drama.year + SONGS_AFTER_DRAMA_YEARS:
            yield Problem(file, song.key, f"was released {released} but the drama is of {drama.year}")
        if _first_day(released) > today:
            yield Problem(file, song.key, f"was released {released}, which is yet to come")
    if chart := song.chart:
        months = (chart.last.year - chart.first.year) * 12 + chart.last.month - chart.first.month + 1
        if not 0 < chart.months <= months:
            yield Problem(file, song.key, f"charted {chart.months} months between {chart.first} and {chart.last}")
        if released and (chart.first.year, chart.first.month) < (released.year, released.month):
            yield Problem(file, song.key, f"charted from {chart.first}, before it was released ({released})")
        if _first_day(chart.last) > today:
            yield Problem(file, song.key, f"charted until {chart.last}, which is yet to come")


def _first_day(date: PartialDate) -> dt.date:
    return date.exact or dt.date(date.year, date.month, 1)


def _ceremony_date(edition: Edition, today: dt.date) -> Iterator[Problem]:
    if not edition.date:
        return
    file, key = _edition_place(edition)
    if not edition.year <= edition.date.year <= edition.year + CEREMONY_DELAY_YEARS:
        yield Problem(file, key, f"is of {edition.year} but was held on {edition.date}")
    if edition.date > today:
        yield Problem(file, key, f"is held on {edition.date}, which is yet to come")


def _sources(catalog: Catalog) -> Iterator[Problem]:
    """Every outcome, and every gap, has pages; and each address parses."""
    for outcome in catalog.outcomes:
        song = catalog.songs[outcome.song_key]
        yield from _outcome_sources(_drama_file(catalog, song.drama_key), outcome)
    for edition in catalog.editions.values():
        file, key = _edition_place(edition)
        if not catalog.outcomes_in(edition.key) and not edition.sources:
            yield Problem(file, key, "has neither an outcome nor a source")
        yield from _addresses(file, key, edition.sources)
    for drama in catalog.dramas.values():
        yield from _addresses(_drama_file(catalog, drama.key), drama.key, drama.sources)
    for song in catalog.songs.values():
        yield from _addresses(_drama_file(catalog, song.drama_key), song.key, song.sources)


def _outcome_sources(file: str, outcome: Outcome) -> Iterator[Problem]:
    key = f"{outcome.song_key}.awards.{outcome.edition_key}"
    if not outcome.sources:
        yield Problem(file, key, "has no source")
    yield from _addresses(file, key, outcome.sources)


def _addresses(file: str, key: str, sources: tuple[str, ...]) -> Iterator[Problem]:
    for source, times in Counter(sources).items():
        if times > 1:
            yield Problem(file, key, f"names the page {source} twice")
        if not _parses(source):
            yield Problem(file, key, f"{source!r} is not the address of a page")


def _parses(source: str) -> bool:
    try:
        parts = urlsplit(source)
        _ = parts.port  # is only read, and may be refused, when asked for
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")
