"""Every title, name and alias of a catalog, in the forms that are compared."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain import forms, hangul
from bot.domain.catalog import Artist, Catalog, Drama, Entity, Kind, Song

from . import _weights as weigh


@dataclass(slots=True)
class Subject:
    """A drama, song or artist as search knows it; subjects name each other by their place in ``Names.subjects``."""

    kind: Kind
    key: str
    marks: tuple[str, ...] = ()  # the years it may be asked for by, and a song's part of the soundtrack
    fields: tuple[int, ...] = ()  # a song's singers and, last, its drama
    songs: tuple[int, ...] = ()  # of a drama or an artist, most awarded first

    @property
    def only_known(self) -> bool:
        """A drama that we can recognise and have no song of."""
        return self.kind is Kind.DRAMA and not self.songs


@dataclass(frozen=True, slots=True)
class Names:
    """All subjects, most awarded first, and in the same order their names as parallel lists, one entry a name."""

    subjects: list[Subject]
    subject: list[int]
    folded: list[str]
    loose: list[str]
    key: list[str]  # loose without the spaces
    trust: list[float]  # how much a match with this name is worth


class Shared(dict[str, str]):
    """Gives equal texts as one: most names are spelled loosely as they are folded, and many words are shared."""

    def __call__(self, text: str) -> str:
        return self.setdefault(text, text)


def collect(catalog: Catalog) -> Names:
    """Every name of ``catalog``, Korean ones also romanized; what is spelled alike loosely is one name."""
    entities = sorted(_ranked(catalog), key=lambda entry: entry[0])
    names = Names(_subjects(catalog, [(kind, entity) for _, kind, entity in entities]), [], [], [], [], [])
    texts: list[str] = []
    owners: list[int] = []
    trusts: list[float] = []
    for subject, (*_, entity) in enumerate(entities):
        titles = _titles(entity)
        texts += titles
        texts += entity.aliases
        owners += [subject] * (len(titles) + len(entity.aliases))
        trusts += [weigh.TITLE] * len(titles) + [weigh.ALIAS] * len(entity.aliases)
    folded = forms.fold_all(texts)
    romanized = _romanized(folded)
    seen: set[str] = set()
    share = Shared()

    def add(subject: int, text: str, loose: str, trust: float) -> None:
        mark = f"{subject} {loose}"
        if loose and mark not in seen:
            seen.add(mark)
            names.subject.append(subject)
            names.folded.append(share(text))
            names.loose.append(share(loose))
            names.key.append(share(loose.replace(" ", "")))
            names.trust.append(trust)

    for subject, text, loose, trust in zip(owners, folded, forms.loosen_all(folded), trusts, strict=True):
        add(subject, text, loose, trust)
        if text in romanized:
            add(subject, *romanized[text], trust * weigh.ROMANIZED)
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
    place = {(kind, entity.key): i for i, (kind, entity) in enumerate(entities)}
    subjects = []
    for kind, entity in entities:
        if isinstance(entity, Song):
            drama = catalog.drama_of(entity)
            released = entity.released.year if entity.released else drama.year
            part = "part" + "".join(filter(str.isdigit, entity.part or ""))
            subject = Subject(kind, entity.key, (str(drama.year), str(released), part))
            singers = [place[Kind.ARTIST, key] for key in entity.artist_keys]
            subject.fields = (*singers, place[Kind.DRAMA, drama.key])
        elif isinstance(entity, Drama):
            songs = [place[Kind.SONG, song.key] for song in catalog.songs_of_drama(entity.key)]
            subject = Subject(kind, entity.key, (str(entity.year),), songs=tuple(songs))
        else:
            songs = [place[Kind.SONG, song.key] for song in catalog.songs_by_artist(entity.key)]
            subject = Subject(kind, entity.key, songs=tuple(songs))
        subjects.append(subject)
    return subjects


def _titles(entity: Entity) -> list[str]:
    titles = (entity.name, entity.name_ko) if isinstance(entity, Artist) else (entity.title, entity.title_ko)
    return [title for title in titles if title]


def _romanized(folded: list[str]) -> dict[str, tuple[str, str]]:
    """Korean texts with their romanization, folded and loose."""
    korean = [text for text in dict.fromkeys(folded) if not text.isascii() and hangul.has_hangul(text)]
    roman = hangul.romanize_all(korean) if korean else []
    return dict(zip(korean, zip(roman, forms.loosen_all(roman), strict=True), strict=True))
