"""What a question is: references and facts, never sentences. ``bot.ui`` writes the sentences, in every language."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class QuestionKind(StrEnum):
    """What is asked. Values are stored with every round: add new ones, never rename."""

    SONG_DRAMA = "song_drama"  # a song and who sings it are named; which drama is it from?
    DRAMA_SONG = "drama_song"  # a drama is named; which of these songs is from it?
    SONG_ARTIST = "song_artist"  # a song and its drama are named; who sings it?
    ARTIST_SONG = "artist_song"  # an artist is named; which of these songs do they sing?
    AWARD_WINNER = "award_winner"  # an edition is named; which song won?
    NOMINEE_WON = "nominee_won"  # an edition is named, the options are its nominees; which won?
    AWARD_YEAR = "award_year"  # a song and an award are named; in which year, as the award counts, did it win?
    DRAMA_YEAR = "drama_year"  # in which year did the drama first air?
    RELEASE_YEAR = "release_year"  # in which year was the song released?
    DRAMA_ENGLISH = "drama_english"  # a drama's Korean title is shown, the options in English
    SONG_ENGLISH = "song_english"  # a song's Korean title is shown, the options in English
    MISSING_WORD = "missing_word"  # a title with a gap (``clue``); which word is missing?
    ODD_SINGER = "odd_singer"  # an artist is named; which of these songs do they NOT sing?
    ODD_DRAMA = "odd_drama"  # a drama is named; which of these songs is NOT from it?
    ODD_NETWORK = "odd_network"  # a network is named; which of these dramas did it NOT air?
    FIRST_DRAMA = "first_drama"  # which of these dramas aired first (by year)?
    LAST_DRAMA = "last_drama"
    FIRST_SONG = "first_song"  # which of these songs was released first (by year)?
    LAST_SONG = "last_song"
    TRUE_FALSE = (
        "true_false"  # a claim (``claim``): is ``option`` an answer to the question of ``kind`` about the subject?
    )
    NETWORK = "network"  # which network aired the drama?
    LEADS_SONG = "leads_song"  # two leads are named; which song is from the drama they star in?
    CHOSEONG_DRAMA = "choseong_drama"  # initials or consonants (``clue``); which drama is it? No options.
    CHOSEONG_SONG = "choseong_song"  # likewise; which song?


class Topic(StrEnum):
    """What a player can choose to be asked about, and what a profile counts by."""

    DRAMAS = "dramas"
    SONGS = "songs"
    ARTISTS = "artists"
    AWARDS = "awards"
    INITIALS = "initials"


_TOPICS = {
    Topic.ARTISTS: {QuestionKind.SONG_ARTIST, QuestionKind.ARTIST_SONG, QuestionKind.ODD_SINGER},
    Topic.AWARDS: {QuestionKind.AWARD_WINNER, QuestionKind.NOMINEE_WON, QuestionKind.AWARD_YEAR},
    Topic.INITIALS: {QuestionKind.CHOSEONG_DRAMA, QuestionKind.CHOSEONG_SONG},
    Topic.DRAMAS: {
        QuestionKind.DRAMA_YEAR,
        QuestionKind.DRAMA_ENGLISH,
        QuestionKind.ODD_NETWORK,
        QuestionKind.FIRST_DRAMA,
        QuestionKind.LAST_DRAMA,
        QuestionKind.NETWORK,
        QuestionKind.LEADS_SONG,
    },
}


def topic_of(kind: QuestionKind) -> Topic:
    """The topic a kind counts for; what is no other topic's is about songs."""
    return next((topic for topic, kinds in _TOPICS.items() if kind in kinds), Topic.SONGS)


class RefKind(StrEnum):
    """What a reference points at. ``key`` is a catalog key, except where noted."""

    DRAMA = "drama"
    SONG = "song"
    ARTIST = "artist"
    AWARD = "award"
    EDITION = "edition"
    ACTOR = "actor"  # key: the actor's English name, as in ``Drama.cast``
    NETWORK = "network"  # key: its name, as in ``Drama.networks``
    YEAR = "year"  # key: four digits
    WORD = "word"  # key: the word itself
    TRUTH = "truth"  # key: "true" or "false"

    __hash__ = str.__hash__  # an enum's own is slow, and references are looked up by the hundred thousand


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One thing named in a question, to be shown in the reader's language."""

    kind: RefKind
    key: str

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Read what ``str`` wrote; raises ValueError for anything else."""
        kind, _, key = text.partition(":")
        return cls(RefKind(kind), key)

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


TRUE = Ref(RefKind.TRUTH, "true")
FALSE = Ref(RefKind.TRUTH, "false")
GAP = "＿＿"  # stands for the missing word in a clue


class Relation(StrEnum):
    """What a fact says about its subject and object."""

    SONG_OF_DRAMA = "song_of_drama"
    SUNG_BY = "sung_by"
    RELEASED_IN = "released_in"  # object: a year
    AIRED_IN = "aired_in"  # object: a year
    AIRED_ON = "aired_on"  # object: a network
    STARS = "stars"  # object: an actor
    TITLED = "titled"  # object: the subject itself; both its titles are the fact
    WON = "won"  # object: an edition
    NOMINATED = "nominated"  # object: an edition


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the catalog, for the reveal, with the pages that state it."""

    subject: Ref
    relation: Relation
    object: Ref
    sources: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Tells facts apart; the same for the same fact in every question."""
        return f"{self.subject} {self.relation} {self.object}"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a true-or-false question says: that ``option`` answers the question of ``kind`` about its subject."""

    kind: QuestionKind
    option: Ref


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is asked, complete in itself: what a round stores.

    ``key`` names what is asked (kind and subject), the same whichever options are drawn.
    ``subject`` is what the question names. ``options`` are in the order shown (none for initials).
    ``right`` holds every right answer there is, for judging and for the reveal; of the options exactly one
    is in it. For kinds that ask to compare the options, it holds that one. ``facts`` are for the reveal.
    ``difficulty`` is 0 (everybody knows) to 1 (nobody does).
    """

    key: str
    kind: QuestionKind
    subject: tuple[Ref, ...]
    options: tuple[Ref, ...]
    right: frozenset[Ref]
    facts: tuple[Fact, ...]
    difficulty: float
    clue: str | None = None
    claim: Claim | None = None

    @property
    def right_option(self) -> int | None:
        """The index of the right option; None when there are no options."""
        return next((index for index, option in enumerate(self.options) if option in self.right), None)

    @property
    def topic(self) -> Topic:
        return topic_of(self.claim.kind if self.claim else self.kind)

    @property
    def song_keys(self) -> tuple[str, ...]:
        """Songs of the facts, for the reveal's ♥ and for reviewing what was missed."""
        refs = [ref for fact in self.facts for ref in (fact.subject, fact.object)]
        return tuple(dict.fromkeys(ref.key for ref in refs if ref.kind is RefKind.SONG))

    def snapshot(self) -> dict[str, Any]:
        """Plain JSON: strings, numbers, lists and dictionaries only."""
        return {
            "key": self.key,
            "kind": self.kind.value,
            "subject": [str(ref) for ref in self.subject],
            "options": [str(ref) for ref in self.options],
            "right": sorted(str(ref) for ref in self.right),
            "facts": [[str(f.subject), f.relation.value, str(f.object), list(f.sources)] for f in self.facts],
            "difficulty": self.difficulty,
            "clue": self.clue,
            "claim": [self.claim.kind.value, str(self.claim.option)] if self.claim else None,
        }

    @classmethod
    def from_snapshot(cls, data: dict[str, Any]) -> "Question":
        """The question ``snapshot`` was taken of."""
        claim = data["claim"]
        return cls(
            key=data["key"],
            kind=QuestionKind(data["kind"]),
            subject=tuple(Ref.parse(text) for text in data["subject"]),
            options=tuple(Ref.parse(text) for text in data["options"]),
            right=frozenset(Ref.parse(text) for text in data["right"]),
            facts=tuple(
                Fact(Ref.parse(subject), Relation(relation), Ref.parse(object_), tuple(sources))
                for subject, relation, object_, sources in data["facts"]
            ),
            difficulty=data["difficulty"],
            clue=data["clue"],
            claim=Claim(QuestionKind(claim[0]), Ref.parse(claim[1])) if claim else None,
        )
