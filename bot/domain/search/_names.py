"""Every title, name and alias of a catalog, in the forms that are compared."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.domain import forms, hangul
from bot.domain.catalog import Catalog, Drama, Entity, Kind, Song

_TITLE, _ALIAS = 1.0, 0.98
_ROMANIZED = 0.98


@dataclass(slots=True)
class Subject:
    """A drama, song or artist as search knows it; subjects name each other by their place in ``Names.subjects``."""

    kind: Kind
    key: str
    years: tuple[str, ...] = ()
    drama: int | None = None  # of a song
    artists: tuple[int, ...] = ()  # of a song
    songs: list[int] = field(default_factory=list)  # of a drama or an artist, most awarded first

    @property
    def only_known(self) -> bool:
        """A drama that we can recognise and have no song of."""
        return self.kind is Kind.DRAMA and not self.songs


@dataclass(slots=True)
class Names:
    """All subjects, most awarded first, and in the same order their names as parallel lists, one entry a name."""

    subjects: list[Subject] = field(default_factory=list)
    subject: list[int] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    key: list[str] = field(default_factory=list)  # loose without the spaces
    trust: list[float] = field(default_factory=list)  # how much a match with this name is worth

    def add(self, subject: int, folded: str, loose: str, trust: float) -> None:
        self.subject.append(subject)
        self.folded.append(folded)
        self.loose.append(loose)
        self.key.append(loose.replace(" ", ""))
        self.trust.append(trust)


def collect(catalog: Catalog) -> Names:
    """Every name of ``catalog``, Korean ones also romanized."""
    entities = sorted(_ranked(catalog), key=lambda entry: entry[0])
    names = Names(subjects=_subjects(catalog, [(kind, entity) for *_, kind, entity in entities]))
    texts: list[str] = []
    owners: list[tuple[int, float]] = []
    for subject, (*_, entity) in enumerate(entities):
        for text, trust in _texts(entity):
            texts.append(text)
            owners.append((subject, trust))
    _spell(names, texts, owners)
    return names


def _ranked(catalog: Catalog) -> Iterator[tuple[tuple[int, int, int, str], Kind, Entity]]:
    """Awards won, then months in the chart, then songs; the key only to be certain."""

    def rank(songs: Iterable[Song], key: str) -> tuple[int, int, int, str]:
        wins = months = count = 0
        for song in songs:
            wins += catalog.wins(song.key)
            months += song.chart.months if song.chart else 0
            count += 1
        return -wins, -months, -count, key

    for drama in catalog.dramas.values():
        yield rank(catalog.songs_of_drama(drama.key), f"0{drama.key}"), Kind.DRAMA, drama
    for artist in catalog.artists.values():
        yield rank(catalog.songs_by_artist(artist.key), f"1{artist.key}"), Kind.ARTIST, artist
    for song in catalog.songs.values():
        yield rank([song], f"2{song.key}"), Kind.SONG, song


def _subjects(catalog: Catalog, entities: list[tuple[Kind, Entity]]) -> list[Subject]:
    subjects = [Subject(kind, entity.key) for kind, entity in entities]
    place = {(subject.kind, subject.key): i for i, subject in enumerate(subjects)}
    for i, (_, entity) in enumerate(entities):
        subject = subjects[i]
        if isinstance(entity, Drama):
            subject.years = (str(entity.year),)
        elif isinstance(entity, Song):
            subject.drama = place[Kind.DRAMA, entity.drama_key]
            subject.artists = tuple([place[Kind.ARTIST, key] for key in entity.artist_keys])
            year = catalog.drama_of(entity).year
            subject.years = (str(year), str(entity.released.year if entity.released else year))
            for owner in (subject.drama, *subject.artists):
                subjects[owner].songs.append(i)
    return subjects


def _texts(entity: Entity) -> Iterator[tuple[str, float]]:
    titles = (entity.title, entity.title_ko) if isinstance(entity, Drama | Song) else (entity.name, entity.name_ko)
    for title in titles:
        if title:
            yield title, _TITLE
    for alias in entity.aliases:
        yield alias, _ALIAS


def _spell(names: Names, texts: list[str], owners: list[tuple[int, float]]) -> None:
    folded = forms.fold_all(texts)
    loose = forms.loosen_all(folded)
    korean = [text for text in dict.fromkeys(folded) if not text.isascii() and hangul.has_hangul(text)]
    romanized = hangul.romanize_all(korean) if korean else []
    spelled = dict(zip(korean, zip(romanized, forms.loosen_all(romanized), strict=True), strict=True))
    seen: set[tuple[int, str]] = set()
    for text, loose_text, (subject, trust) in zip(folded, loose, owners, strict=True):
        ways = [(text, loose_text, trust)]
        if text in spelled:
            ways.append((*spelled[text], trust * _ROMANIZED))
        for way in ways:
            if way[1] and (subject, way[1]) not in seen:
                seen.add((subject, way[1]))
                names.add(subject, *way)
