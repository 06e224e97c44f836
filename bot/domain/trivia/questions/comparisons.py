"""Which of these is the odd one out, the first, the last? What is right depends on the options."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.catalog import Song

from . import _facts
from .knowledge import Knowledge, ref_of
from .maker import OPTION_COUNT, Maker
from .prompt import Prompt
from .question import Fact, QuestionKind, Ref, RefKind

_REACH_YEARS = 3  # an odd one is from about the years of the others


class _OddOne(Maker):
    """Three options belong to what is named, the right one does not."""

    depends_on_options = True

    @abstractmethod
    def groups(self) -> Iterable[Ref]:
        """What can be named."""

    @abstractmethod
    def members(self, named: Ref) -> list[Ref]:
        """All that belongs to it."""

    @abstractmethod
    def everything(self) -> Iterable[Ref]:
        """All that could belong to it."""

    def prompts(self) -> Iterator[Prompt]:
        for named in self.groups():
            prompt = Prompt(self.kind, (named,))
            if len(self.members(named)) >= OPTION_COUNT - 1 and self.can_be_asked(prompt):
                yield prompt

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        return list(self.knowledge.unlike(self.everything(), self.members(prompt.subject[0])))

    def showable(self, prompt: Prompt) -> Sequence[Ref]:
        years = {self.knowledge.year(ref) or 0 for ref in self.members(prompt.subject[0])}
        near = {year + step for year in years for step in range(-_REACH_YEARS, _REACH_YEARS + 1)}
        strangers = self.right(prompt)
        return [ref for ref in strangers if self.knowledge.year(ref) in near] or strangers

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:
        return self.members(prompt.subject[0])


class OddSinger(_OddOne):
    """An artist is named; which of these songs do they not sing?"""

    kind = QuestionKind.ODD_SINGER

    def groups(self) -> Iterable[Ref]:
        return self.knowledge.artist_refs

    def members(self, named: Ref) -> list[Ref]:
        namesakes = self.knowledge.artists_called_like(self.catalog.artists[named.key])
        return list(dict.fromkeys(ref_of(song) for a in namesakes for song in self.catalog.songs_by_artist(a.key)))

    def everything(self) -> Iterable[Ref]:
        return self.knowledge.song_refs

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:  # noqa: ARG002 (the odd one is explained)
        song = self.catalog.songs[answer.key]
        return tuple(_facts.sung_by(song, key) for key in song.artist_keys)


class OddDrama(_OddOne):
    """A drama is named; which of these songs is not from it?"""

    kind = QuestionKind.ODD_DRAMA

    def groups(self) -> Iterable[Ref]:
        return self.knowledge.drama_refs

    def members(self, named: Ref) -> list[Ref]:
        namesakes = self.knowledge.dramas_called_like(self.catalog.dramas[named.key])
        return [ref_of(song) for drama in namesakes for song in self.catalog.songs_of_drama(drama.key)]

    def everything(self) -> Iterable[Ref]:
        return self.knowledge.song_refs

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:  # noqa: ARG002 (the odd one is explained)
        return (_facts.song_of_drama(self.catalog.songs[answer.key]),)


class OddNetwork(_OddOne):
    """A network is named; which of these dramas did it not air? Only dramas on one known network take part."""

    kind = QuestionKind.ODD_NETWORK

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge)
        self._on_one_network = [
            ref_of(drama)
            for drama in knowledge.at_ease(knowledge.dramas)
            if len(drama.networks) == 1
            and drama.networks[0] in knowledge.broadcasters
            and len(knowledge.dramas_called_like(drama)) == 1
        ]

    def groups(self) -> Iterable[Ref]:
        return (Ref(RefKind.NETWORK, name) for name in self.knowledge.broadcasters)

    def members(self, named: Ref) -> list[Ref]:
        return [ref for ref in self.everything() if named.key in self.catalog.dramas[ref.key].networks]

    def everything(self) -> Iterable[Ref]:
        return self._on_one_network

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:  # noqa: ARG002 (the odd one is explained)
        drama = self.catalog.dramas[answer.key]
        return tuple(_facts.aired_on(drama, network) for network in drama.networks)


class _Order(Maker):
    """Which came first, or last? The prompt's anchor is the right one; all others came in later, or earlier, years."""

    depends_on_options = True
    is_last = False

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge)
        self._years_of = dict(self.dated())

    @abstractmethod
    def dated(self) -> Iterable[tuple[Ref, int]]:
        """All that has a year and a title of its own."""

    def prompts(self) -> Iterator[Prompt]:
        for ref in self._years_of:
            prompt = Prompt(self.kind, (), anchor=ref)
            if self.can_be_asked(prompt):
                yield prompt

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        return [prompt.anchor] if prompt.anchor else []

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:
        mine = self._years_of[self.right(prompt)[0]]
        return (ref for ref, year in self._years_of.items() if (year < mine if self.is_last else year > mine))


class FirstDrama(_Order):
    """Which of these dramas aired first?"""

    kind = QuestionKind.FIRST_DRAMA

    def dated(self) -> Iterable[tuple[Ref, int]]:
        dramas = (d for d in self.knowledge.dramas if len(self.knowledge.dramas_called_like(d)) == 1)
        return ((ref_of(drama), drama.year) for drama in dramas if str(drama.year) not in drama.title)

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:  # noqa: ARG002 (the answer tells all)
        return (_facts.aired_in(self.catalog.dramas[answer.key]),)


class LastDrama(FirstDrama):
    """Which of these dramas aired last?"""

    kind = QuestionKind.LAST_DRAMA
    is_last = True


class FirstSong(_Order):
    """Which of these songs was released first? Covers do not take part."""

    kind = QuestionKind.FIRST_SONG

    def dated(self) -> Iterable[tuple[Ref, int]]:
        return ((ref_of(s), s.released.year) for s in self.knowledge.songs if s.released and self._takes_part(s))

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:  # noqa: ARG002 (the answer tells all)
        song = self.catalog.songs[answer.key]
        return (_facts.released_in(song, song.released.year),) if song.released else ()

    def _takes_part(self, song: Song) -> bool:
        return not song.original and len(self.knowledge.songs_called_like(song)) == 1


class LastSong(FirstSong):
    """Which of these songs was released last?"""

    kind = QuestionKind.LAST_SONG
    is_last = True
