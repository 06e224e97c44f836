"""In which year? A drama's first airing, a song's release, an award."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.catalog import Drama, Edition, Outcome, Song

from . import _facts
from .knowledge import ref_of, year_ref
from .maker import Maker
from .prompt import Prompt
from .question import Fact, QuestionKind, Ref, RefKind

_REACH_YEARS = 4  # wrong options lie at most this far from a right one


class _YearMaker(Maker):
    """Right is every year a reading gives; a year that could be argued for is never a wrong option."""

    def arguable(self, prompt: Prompt) -> set[int]:
        """Years that a source might give instead."""
        return {int(ref.key) for ref in self.right(prompt)}

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:
        right = {int(ref.key) for ref in self.right(prompt)}
        near = {year + step for year in right for step in range(-_REACH_YEARS, _REACH_YEARS + 1)}
        latest = max(self.knowledge.newest_year, *right)
        return (year_ref(year) for year in sorted(near - self.arguable(prompt)) if year <= latest)


class DramaYear(_YearMaker):
    """The drama is named; in which year did it first air?"""

    kind = QuestionKind.DRAMA_YEAR

    def prompts(self) -> Iterator[Prompt]:
        for drama in self.knowledge.dramas:
            prompt = Prompt(self.kind, (ref_of(drama),))
            if len(self.right(prompt)) == 1 and not any(
                str(drama.year) in name for name in (drama.title, drama.title_ko)
            ):
                yield prompt

    def readings(self, prompt: Prompt) -> list[Drama]:
        return self.knowledge.dramas_called_like(self.catalog.dramas[prompt.subject[0].key])

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        return [year_ref(year) for year in sorted({drama.year for drama in self.readings(prompt)})]

    def arguable(self, prompt: Prompt) -> set[int]:
        premieres = {drama.premiere.year for drama in self.readings(prompt) if drama.premiere}
        return super().arguable(prompt) | premieres

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:
        return tuple(_facts.aired_in(drama) for drama in self.readings(prompt) if str(drama.year) == answer.key)


class ReleaseYear(_YearMaker):
    """The song and its singers are named; in which year was it released? Covers are left out: which is meant?"""

    kind = QuestionKind.RELEASE_YEAR

    def prompts(self) -> Iterator[Prompt]:
        for song in self.knowledge.songs:
            prompt = Prompt(self.kind, (ref_of(song), *(Ref(RefKind.ARTIST, key) for key in song.artist_keys)))
            readings = self.readings(prompt)
            if len(self.right(prompt)) == 1 and all(s.released and not s.original for s in readings):
                yield prompt

    def readings(self, prompt: Prompt) -> list[Song]:
        """Songs of that title that one of the named artists sings."""
        return self.knowledge.songs_credited_like(self.catalog.songs[prompt.subject[0].key])

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        return [year_ref(year) for year in sorted({s.released.year for s in self.readings(prompt) if s.released})]

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:
        return tuple(
            _facts.released_in(song, song.released.year)
            for song in self.readings(prompt)
            if song.released and str(song.released.year) == answer.key
        )


class AwardYear(_YearMaker):
    """A song and an award are named; in which year, as the award counts, did it win?"""

    kind = QuestionKind.AWARD_YEAR

    def prompts(self) -> Iterator[Prompt]:
        pairs = {(o.song_key, self.catalog.editions[o.edition_key].award_key) for o in self.catalog.outcomes if o.won}
        for song_key, award_key in sorted(pairs):
            yield Prompt(self.kind, (Ref(RefKind.SONG, song_key), Ref(RefKind.AWARD, award_key)))

    def wins(self, prompt: Prompt) -> list[tuple[Outcome, Edition]]:
        """The award's prizes for any song of that title."""
        song, award = prompt.subject
        return [
            (outcome, edition)
            for reading in self.knowledge.songs_called_like(self.catalog.songs[song.key])
            for outcome in self.catalog.outcomes_of(reading.key)
            if outcome.won and (edition := self.catalog.editions[outcome.edition_key]).award_key == award.key
        ]

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        return [year_ref(year) for year in sorted({edition.year for _, edition in self.wins(prompt)})]

    def arguable(self, prompt: Prompt) -> set[int]:
        """A ceremony of January may count for the year before: the year of the night is not offered either."""
        nights = {edition.date.year for _, edition in self.wins(prompt) if edition.date}
        return super().arguable(prompt) | nights

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:
        return tuple(
            _facts.outcome(self.catalog, outcome)
            for outcome, edition in self.wins(prompt)
            if str(edition.year) == answer.key
        )
