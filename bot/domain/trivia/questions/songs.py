"""Songs, the dramas they are from, and who sings them."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.catalog import Artist, ArtistKind, Drama, Song

from . import _facts
from .knowledge import plain, ref_of
from .maker import Maker
from .prompt import Prompt
from .question import Fact, QuestionKind, Ref, RefKind

_OTHER_KIND_YEARS = 6  # a band beside soloists stands out as much as six years do


class SongDrama(Maker):
    """The song and its singers are named; which drama is it from?"""

    kind = QuestionKind.SONG_DRAMA

    def prompts(self) -> Iterator[Prompt]:
        for song in self.knowledge.songs:
            prompt = Prompt(self.kind, (ref_of(song), *(Ref(RefKind.ARTIST, key) for key in song.artist_keys)))
            if not names_its_drama(song, self.catalog.drama_of(song)) and self.can_be_asked(prompt):
                yield prompt

    def readings(self, prompt: Prompt) -> list[Song]:
        """Songs of that title that one of the named artists sings."""
        return self.knowledge.songs_credited_like(self.catalog.songs[prompt.subject[0].key])

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        return list(dict.fromkeys(Ref(RefKind.DRAMA, song.drama_key) for song in self.readings(prompt)))

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:
        song = self.catalog.songs[prompt.subject[0].key]
        namesakes = (Ref(RefKind.DRAMA, s.drama_key) for s in self.knowledge.songs_called_like(song))
        return self.knowledge.unlike(self.knowledge.drama_refs, namesakes)

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:
        return tuple(_facts.song_of_drama(song) for song in self.readings(prompt) if song.drama_key == answer.key)


class DramaSong(Maker):
    """The drama is named; which of these songs is from it?"""

    kind = QuestionKind.DRAMA_SONG

    def prompts(self) -> Iterator[Prompt]:
        for drama in self.knowledge.dramas:
            prompt = Prompt(self.kind, (ref_of(drama),))
            if self.can_be_asked(prompt):
                yield prompt

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        drama = self.catalog.dramas[prompt.subject[0].key]
        readings = self.knowledge.dramas_called_like(drama)
        return [ref_of(song) for reading in readings for song in self.catalog.songs_of_drama(reading.key)]

    def showable(self, prompt: Prompt) -> Sequence[Ref]:
        songs = (self.catalog.songs[ref.key] for ref in self.right(prompt))
        return [ref_of(song) for song in songs if not names_its_drama(song, self.catalog.drama_of(song))]

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:
        return self.knowledge.unlike(self.knowledge.song_refs, self.right(prompt))

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:  # noqa: ARG002 (the answer tells all)
        return (_facts.song_of_drama(self.catalog.songs[answer.key]),)


class SongArtist(Maker):
    """The song and its drama are named; who sings it?"""

    kind = QuestionKind.SONG_ARTIST

    def prompts(self) -> Iterator[Prompt]:
        for song in self.knowledge.songs:
            prompt = Prompt(self.kind, (ref_of(song), Ref(RefKind.DRAMA, song.drama_key)))
            if self.can_be_asked(prompt):
                yield prompt

    def readings(self, prompt: Prompt) -> list[Song]:
        """Songs of that title from a drama of that title."""
        song, drama = (self.catalog.songs[prompt.subject[0].key], prompt.subject[1])
        return [
            s
            for s in self.knowledge.songs_called_like(song)
            if self.knowledge.look_alike(drama, Ref(RefKind.DRAMA, s.drama_key))
        ]

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        keys = (key for song in self.readings(prompt) for key in song.artist_keys)
        return [Ref(RefKind.ARTIST, key) for key in dict.fromkeys(keys)]

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:
        """Nobody who sings any song of that title, nor the singer of the original of a cover."""
        namesakes = self.knowledge.songs_called_like(self.catalog.songs[prompt.subject[0].key])
        singers = [Ref(RefKind.ARTIST, key) for song in namesakes for key in song.artist_keys]
        first_singers = {
            plain(name) for s in namesakes if s.original for name in (s.original.artist, s.original.artist_ko)
        }
        others = self.knowledge.unlike(self.knowledge.artist_refs, singers)
        return (ref for ref in others if first_singers.isdisjoint(self.knowledge.names(ref)))

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:
        return tuple(
            _facts.sung_by(song, key)
            for song in self.readings(prompt)
            if answer.key in song.artist_keys
            for key in song.artist_keys
        )

    def distance(self, answer: Ref, other: Ref) -> float:
        kinds = (_ensemble(self.catalog.artists[ref.key]) for ref in (answer, other))
        return super().distance(answer, other) + (_OTHER_KIND_YEARS if len(set(kinds)) > 1 else 0)


class ArtistSong(Maker):
    """The artist is named; which of these songs do they sing?"""

    kind = QuestionKind.ARTIST_SONG

    def prompts(self) -> Iterator[Prompt]:
        for artist in self.knowledge.artists:
            prompt = Prompt(self.kind, (ref_of(artist),))
            if self.can_be_asked(prompt):
                yield prompt

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        artist = self.catalog.artists[prompt.subject[0].key]
        readings = self.knowledge.artists_called_like(artist)
        return list(dict.fromkeys(ref_of(song) for a in readings for song in self.catalog.songs_by_artist(a.key)))

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:
        return self.knowledge.unlike(self.knowledge.song_refs, self.right(prompt))

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:  # noqa: ARG002 (the answer tells all)
        song = self.catalog.songs[answer.key]
        return tuple(_facts.sung_by(song, key) for key in song.artist_keys)


def names_its_drama(song: Song, drama: Drama) -> bool:
    """Whether the song's title gives its drama away."""
    titles = [plain(title) for title in (song.title, song.title_ko) if title]
    return any(plain(name) in title for name in (drama.title, drama.title_ko) if plain(name) for title in titles)


def _ensemble(artist: Artist) -> bool:
    return artist.kind in {ArtistKind.GROUP, ArtistKind.BAND, ArtistKind.DUO}
