"""Every title, name and alias of a catalog, in the forms that are compared."""

from dataclasses import dataclass, field

from bot.domain import forms, hangul
from bot.domain.catalog import Artist, Catalog, Drama, Kind, Song

ARTICLES = frozenset({"the", "a", "an"})

_TITLE, _ALIAS, _ROMANIZED = 1.0, 0.98, 0.96


@dataclass(frozen=True, slots=True)
class Subject:
    """A drama, song or artist as search knows it; others are named by their number in ``Names.subjects``."""

    kind: Kind
    key: str
    known_only: bool  # a drama of which we have no song
    years: frozenset[str]


@dataclass(slots=True)
class Names:
    """Parallel lists, one entry a name; subjects, and so their names, come most awarded first."""

    subjects: list[Subject] = field(default_factory=list)
    drama_of: dict[int, int] = field(default_factory=dict)
    artists_of: dict[int, tuple[int, ...]] = field(default_factory=dict)
    songs_of: dict[int, list[int]] = field(default_factory=dict)

    subject: list[int] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    words: list[tuple[str, ...]] = field(default_factory=list)  # loose
    key: list[str] = field(default_factory=list)  # loose words without the spaces
    trust: list[float] = field(default_factory=list)


def _dramas(catalog: Catalog) -> list[tuple[tuple[int, ...], Drama]]:
    ranked = []
    for drama in catalog.dramas.values():
        songs = catalog.songs_of_drama(drama.key)
        wins = sum(catalog.wins(song.key) for song in songs)
        months = sum(song.chart.months for song in songs if song.chart)
        ranked.append(((-wins, -months, -len(songs)), drama))
    return ranked


def _songs(catalog: Catalog) -> list[tuple[tuple[int, ...], Song]]:
    return [
        ((-catalog.wins(song.key), -(song.chart.months if song.chart else 0), -1), song)
        for song in catalog.songs.values()
    ]


def _artists(catalog: Catalog) -> list[tuple[tuple[int, ...], Artist]]:
    ranked = []
    for artist in catalog.artists.values():
        songs = catalog.songs_by_artist(artist.key)
        wins = sum(catalog.wins(song.key) for song in songs)
        months = sum(song.chart.months for song in songs if song.chart)
        ranked.append(((-wins, -months, -len(songs)), artist))
    return ranked


def collect(catalog: Catalog) -> Names:
    names = Names()
    ranked: list[tuple[tuple[int, ...], Drama | Song | Artist]] = sorted(
        [*_dramas(catalog), *_songs(catalog), *_artists(catalog)], key=lambda pair: (pair[0], pair[1].key)
    )
    numbers: dict[tuple[Kind, str], int] = {}
    texts: list[str] = []
    owners: list[tuple[int, float]] = []
    for number, (_, entity) in enumerate(ranked):
        if isinstance(entity, Drama):
            kind, titles = Kind.DRAMA, (entity.title, entity.title_ko)
            known_only = not catalog.songs_of_drama(entity.key)
            years = frozenset({str(entity.year)})
        elif isinstance(entity, Song):
            kind, titles = Kind.SONG, (entity.title or "", entity.title_ko)
            known_only = False
            years = frozenset(
                {str(catalog.dramas[entity.drama_key].year)} | ({str(entity.released.year)} if entity.released else set())
            )
        else:
            kind, titles, known_only, years = Kind.ARTIST, (entity.name, entity.name_ko), False, frozenset()
        names.subjects.append(Subject(kind, entity.key, known_only, years))
        numbers[kind, entity.key] = number
        for text in titles:
            if text:
                texts.append(text)
                owners.append((number, _TITLE))
        for text in entity.aliases:
            texts.append(text)
            owners.append((number, _ALIAS))
    _relate(names, catalog, numbers)
    _spell(names, texts, owners)
    return names


def _relate(names: Names, catalog: Catalog, numbers: dict[tuple[Kind, str], int]) -> None:
    for song in catalog.songs.values():
        number = numbers[Kind.SONG, song.key]
        drama = numbers[Kind.DRAMA, song.drama_key]
        artists = tuple(numbers[Kind.ARTIST, key] for key in song.artist_keys)
        names.drama_of[number] = drama
        names.artists_of[number] = artists
        for owner in (drama, *artists):
            names.songs_of.setdefault(owner, []).append(number)
    for songs in names.songs_of.values():
        songs.sort()


def _spell(names: Names, texts: list[str], owners: list[tuple[int, float]]) -> None:
    folded = forms.fold_all(texts)
    vocabulary = {word for line in folded for word in line.split(" ")}
    loose = forms.loosen_all(list(vocabulary))
    korean = [word for word in vocabulary if not word.isascii() and hangul.has_hangul(word)]
    romanized = dict(zip(korean, hangul.romanize_all(korean), strict=True))
    loose_roman = forms.loosen_all(list(romanized.values()))
    seen: set[tuple[int, str]] = set()

    def add(number: int, text: str, words: tuple[str, ...], trust: float) -> None:
        key = "".join(words)
        if not key or (number, key) in seen:
            return
        seen.add((number, key))
        names.subject.append(number)
        names.folded.append(text)
        names.words.append(words)
        names.key.append(key)
        names.trust.append(trust)

    for text, (number, trust) in zip(folded, owners, strict=True):
        words = text.split(" ")
        add(number, text, tuple([loose[word] for word in words]), trust)
        if not text.isascii():
            spelled = [romanized.get(word, word) for word in words]
            if spelled != words:
                add(
                    number,
                    " ".join(spelled),
                    tuple([loose_roman.get(word) or loose.get(word, word) for word in spelled]),
                    _ROMANIZED,
                )
