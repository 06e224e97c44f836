"""Where a drama aired, and who starred in it."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.catalog import Drama

from . import _facts
from .knowledge import is_streaming, plain, ref_of
from .maker import Maker
from .prompt import Prompt
from .question import Fact, QuestionKind, Ref, RefKind

_LEADS = 2


class Network(Maker):
    """The drama is named; which network aired it?"""

    kind = QuestionKind.NETWORK

    def prompts(self) -> Iterator[Prompt]:
        for drama in self.knowledge.dramas:
            prompt = Prompt(self.kind, (ref_of(drama),))
            if all(reading.networks for reading in self.readings(prompt)) and self.can_be_asked(prompt):
                yield prompt

    def readings(self, prompt: Prompt) -> list[Drama]:
        return self.knowledge.dramas_called_like(self.catalog.dramas[prompt.subject[0].key])

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        names = (name for drama in self.readings(prompt) for name in drama.networks)
        return [Ref(RefKind.NETWORK, name) for name in dict.fromkeys(names)]

    def showable(self, prompt: Prompt) -> Sequence[Ref]:
        return [ref for ref in self.right(prompt) if not is_streaming(ref.key)]

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:
        """Broadcasters of those years; none whose name holds a right one's or is held by it, as KBS is by KBS2."""
        right = [plain(ref.key) for ref in self.right(prompt)]
        year = self.catalog.dramas[prompt.subject[0].key].year
        return (
            Ref(RefKind.NETWORK, name)
            for name in self.knowledge.broadcasters_about(year)
            if not any(plain(name) in other or other in plain(name) for other in right)
        )

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:
        return tuple(_facts.aired_on(d, answer.key) for d in self.readings(prompt) if answer.key in d.networks)


class LeadsSong(Maker):
    """Two leads are named; which song is from the drama they star in?"""

    kind = QuestionKind.LEADS_SONG

    def prompts(self) -> Iterator[Prompt]:
        pairs = (tuple(map(ref_of, drama.cast[:_LEADS])) for drama in self.knowledge.dramas)
        for leads in dict.fromkeys(pairs):  # some play together in two seasons
            prompt = Prompt(self.kind, leads)
            if len(leads) == _LEADS and self.can_be_asked(prompt):
                yield prompt

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        named = {ref.key for ref in prompt.subject}
        return [
            ref_of(song)
            for drama in self.knowledge.dramas
            if named <= {actor.name for actor in drama.cast}
            for song in self.catalog.songs_of_drama(drama.key)
        ]

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:
        """Songs of dramas whose cast is known to have neither."""
        named = {ref.key for ref in prompt.subject}
        others = (
            ref_of(song)
            for drama in self.knowledge.dramas
            if drama.cast and named.isdisjoint(actor.name for actor in drama.cast)
            for song in self.catalog.songs_of_drama(drama.key)
        )
        return self.knowledge.unlike(others, self.right(prompt))

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:
        song = self.catalog.songs[answer.key]
        drama = self.catalog.drama_of(song)
        return (_facts.song_of_drama(song), *(_facts.stars(drama, ref.key) for ref in prompt.subject))
