"""Which answers are right, found by brute force over the raw catalog: shares no code with the makers."""

from collections.abc import Callable
from functools import cache

from bot.domain.catalog import Catalog, Drama, Song
from bot.domain.forms import fold
from bot.domain.hangul import choseong
from bot.domain.trivia.questions.prompt import Prompt
from bot.domain.trivia.questions.question import QuestionKind


@cache
def flat(text: str) -> str:
    return fold(text).replace(" ", "")


def titles(thing: Drama | Song) -> set[str]:
    return {flat(title) for title in (thing.title, thing.title_ko) if title}


class Oracle:
    """``right(prompt)`` gives the keys of all right answers there are."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._found: dict[object, set[str]] = {}
        self.songs = [(song, titles(song)) for song in catalog.songs.values()]
        self.dramas = [(drama, titles(drama)) for drama in catalog.dramas.values()]
        self.names = {key: {flat(a.name), flat(a.name_ko)} for key, a in catalog.artists.items()}
        self.wins = [(o.song_key, catalog.editions[o.edition_key]) for o in catalog.outcomes if o.won]
        words = [(thing, name) for thing, _ in (*self.songs, *self.dramas) for name in every_name(thing)]
        self.spelled = {flat(name) for _, name in words}
        self.skeletons = [
            (thing, {bones(name) for name in every_name(thing)}) for thing, _ in (*self.songs, *self.dramas)
        ]

    def right(self, prompt: Prompt, kind: QuestionKind | None = None) -> set[str]:
        asked = kind or prompt.kind, prompt.about, prompt.clue
        if asked not in self._found:
            self._found[asked] = getattr(self, asked[0].value)([ref.key for ref in prompt.subject], prompt)
        return self._found[asked]

    def _songs_where(self, condition: Callable[[Song, set[str]], bool]) -> list[Song]:
        return [song for song, names in self.songs if condition(song, names)]

    def _called(self, drama_key: str) -> list[Drama]:
        wanted = titles(self.catalog.dramas[drama_key])
        return [drama for drama, names in self.dramas if names & wanted]

    def _by(self, artist_key: str) -> list[Song]:
        alike = {key for key, names in self.names.items() if names & self.names[artist_key]}
        return self._songs_where(lambda song, _: bool(alike & set(song.artist_keys)))

    def _from(self, drama_key: str) -> list[Song]:
        alike = {drama.key for drama in self._called(drama_key)}
        return self._songs_where(lambda song, _: song.drama_key in alike)

    def _not_titled_like(self, songs: list[Song]) -> set[str]:
        taken = set().union(*map(titles, songs))
        return {song.key for song in self._songs_where(lambda _, names: not names & taken)}

    def song_drama(self, subject, _):
        wanted, singers = titles(self.catalog.songs[subject[0]]), set(subject[1:])
        return {s.drama_key for s in self._songs_where(lambda s, n: bool(n & wanted and singers & set(s.artist_keys)))}

    def song_artist(self, subject, _):
        wanted, dramas = titles(self.catalog.songs[subject[0]]), {d.key for d in self._called(subject[1])}
        songs = self._songs_where(lambda s, n: bool(n & wanted) and s.drama_key in dramas)
        return {key for song in songs for key in song.artist_keys}

    def drama_song(self, subject, _):
        return {song.key for song in self._from(subject[0])}

    def artist_song(self, subject, _):
        return {song.key for song in self._by(subject[0])}

    def award_winner(self, subject, _):
        return {song_key for song_key, edition in self.wins if edition.key == subject[0]}

    nominee_won = award_winner

    def award_year(self, subject, _):
        wanted = titles(self.catalog.songs[subject[0]])
        return {
            str(edition.year)
            for song_key, edition in self.wins
            if edition.award_key == subject[1] and titles(self.catalog.songs[song_key]) & wanted
        }

    def drama_year(self, subject, _):
        return {str(drama.year) for drama in self._called(subject[0])}

    def release_year(self, subject, _):
        wanted, singers = titles(self.catalog.songs[subject[0]]), set(subject[1:])
        songs = self._songs_where(lambda s, n: bool(n & wanted and singers & set(s.artist_keys)))
        return {str(song.released.year) for song in songs if song.released}

    def network(self, subject, _):
        return {network for drama in self._called(subject[0]) for network in drama.networks}

    def leads_song(self, subject, _):
        starred = {d.key for d, _ in self.dramas if set(subject) <= {actor.name for actor in d.cast}}
        return {song.key for song, _ in self.songs if song.drama_key in starred}

    def drama_english(self, subject, _):
        shown = flat(self.catalog.dramas[subject[0]].title_ko)
        return {drama.key for drama, _ in self.dramas if flat(drama.title_ko) == shown}

    def song_english(self, subject, _):
        shown = flat(self.catalog.songs[subject[0]].title_ko)
        return {song.key for song, _ in self.songs if song.title and flat(song.title_ko) == shown}

    def odd_singer(self, subject, _):
        return self._not_titled_like(self._by(subject[0]))

    def odd_drama(self, subject, _):
        return self._not_titled_like(self._from(subject[0]))

    def odd_network(self, subject, _):
        return {drama.key for drama, _ in self.dramas if subject[0] not in drama.networks}

    def choseong_drama(self, _, prompt):
        return {
            thing.key
            for thing, skeletons in self.skeletons
            if isinstance(thing, Drama) and flat(prompt.clue) in skeletons
        }

    def choseong_song(self, _, prompt):
        return {
            thing.key
            for thing, skeletons in self.skeletons
            if isinstance(thing, Song) and flat(prompt.clue) in skeletons
        }


def every_name(thing: Drama | Song) -> list[str]:
    return [name for name in (thing.title, thing.title_ko, *thing.aliases) if name]


@cache
def bones(title: str) -> str:
    """Initials of syllables; of Latin words all but the vowels behind the first letter."""
    kept = ""
    for word in title.split():
        letters = [char for char in word.casefold() if char.isalnum()]
        kept += "".join(char for index, char in enumerate(letters) if index == 0 or char not in "aeiou")
    return flat(choseong(kept))
