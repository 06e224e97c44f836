"""Which song comes next, so that a server hears its whole pool before any song returns.

Every post remembers the *round* its song was heard in. From that alone the next song follows:

1. **Furthest behind first.** Of the pool's songs, those heard in the lowest round come next; a song never heard is in
   round 0. When all are level a new round begins. So new songs join the current round (and come soon), a song that
   left the pool and returns takes up where it was, and a song returns only when nothing in the pool is further behind.
2. **No echo.** Where one round meets the next, songs among the last ⌊pool/2⌋ posts wait, so that at least half the
   pool lies between two hearings of a song.
3. **A dated song waits for its day** if that day falls within the round, as every post uses up one song of the
   round; if it does not, the song is heard in this round as usual and on its day in the next.
4. **On this day first.** Of the songs that may come today, one with an anniversary today is preferred. It only moves
   a song to the front of its round, so rule 1 stands.
5. **The server's own order.** What is left is decided by a hash of schedule, round and song: the same in every
   process, on every machine and after every restart; another for every server and every round.

What was queued for the date, or else for the next post, is posted before all of this: somebody asked for it. It
counts as heard, so it does not come again in that round.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.domain.errors import UserError

from .clock import Days


class NothingToPost(UserError):
    """The pool is empty, or everything in it is excluded."""


class Reason(StrEnum):
    """Why this song and no other."""

    DATED = "dated"  # queued for this date
    QUEUED = "queued"  # queued for the next post
    ANNIVERSARY = "anniversary"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Heard:
    """A song that was posted, or may have been (a post whose fate is unknown counts), and in which round."""

    song_key: str
    round: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the server's admins asked for. A queued song may be in no pool; exclusions bind the order, not the queue."""

    dated: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}))
    queued: Sequence[str] = ()  # for the next post, first come first
    excluded: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """To be stored with the post: ``round`` is what :class:`Heard` gives back."""

    song_key: str
    round: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Programme:
    """One schedule's order of songs. ``pool`` holds keys of songs the catalog still has."""

    schedule_id: int
    pool: Collection[str]
    days: Days = Days.EVERY_DAY
    wishes: Wishes = field(default_factory=Wishes)

    def choose(self, history: Sequence[Heard], today: date, anniversaries: Collection[str] = ()) -> Choice:
        """The song for the local date ``today``.

        ``history`` is oldest first and reaches back at least to each pool song's latest hearing; ``anniversaries`` are
        keys of songs with one today. Raises NothingToPost if nothing is queued and no song of the pool is left.
        """
        standing = self._standing(history)
        next_round = max((*standing.values(), min(standing.values(), default=0) + 1))
        if wish := self._wish(today):
            song_key, reason = wish
            return Choice(song_key, next_round, reason)
        if not standing:
            raise NothingToPost
        behind = {key: heard_in for key, heard_in in standing.items() if heard_in < next_round}
        due = _furthest_behind(behind, self._waiting(behind, today))
        candidates = _without_echo(due, history, len(standing))
        on_this_day = candidates.intersection(anniversaries)
        song_key = min(on_this_day or candidates, key=lambda key: self._place(key, next_round))
        return Choice(song_key, next_round, Reason.ANNIVERSARY if on_this_day else Reason.ORDER)

    def _standing(self, history: Sequence[Heard]) -> dict[str, int]:
        """Each song that may be posted, and the latest round it was heard in."""
        standing = dict.fromkeys((key for key in self.pool if key not in self.wishes.excluded), 0)
        for heard in history:
            if heard.song_key in standing:
                standing[heard.song_key] = max(standing[heard.song_key], heard.round)
        return standing

    def _wish(self, today: date) -> tuple[str, Reason] | None:
        if dated := self.wishes.dated.get(today):
            return dated, Reason.DATED
        return (self.wishes.queued[0], Reason.QUEUED) if self.wishes.queued else None

    def _waiting(self, behind: Mapping[str, int], today: date) -> set[str]:
        """Songs with a later day of their own that this round reaches."""
        waiting, round_length = set[str](), len(behind)
        for day, song_key in sorted(self.wishes.dated.items()):
            if day <= today or not self.days.include(day):
                continue
            if song_key not in behind or song_key in waiting:
                round_length += 1  # a post that does not bring the round forward
            elif self.days.how_many(today, day) < round_length:
                waiting.add(song_key)
        return waiting

    def _place(self, song_key: str, round_number: int) -> bytes:
        text = f"{self.schedule_id}/{round_number}/{song_key}"
        return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _furthest_behind(behind: Mapping[str, int], waiting: Collection[str]) -> set[str]:
    free = {key: heard_in for key, heard_in in behind.items() if key not in waiting} or behind
    lowest = min(free.values())
    return {key for key, heard_in in free.items() if heard_in == lowest}


def _without_echo(due: set[str], history: Sequence[Heard], pool_size: int) -> set[str]:
    distance = min(pool_size // 2, len(history))
    recent = {heard.song_key for heard in history[len(history) - distance :]}
    return due - recent or due


def house_picks(
    pool: Collection[str], until: date, anniversaries_on: Callable[[date], Collection[str]]
) -> Iterator[tuple[date, Choice]]:
    """What ``/osttoday`` shows where no server has a schedule: the days of the round up to ``until``, oldest first.

    Follows from the pool and the date alone, so nothing is stored. A round is as many days as the pool has songs.
    ``anniversaries_on`` gives the keys of songs with one on a date. Nothing for an empty pool.
    """
    if not pool:
        return
    round_number, days_before = divmod(until.toordinal(), len(pool))
    programme, history = Programme(-round_number, pool), list[Heard]()  # no stored schedule has a negative id
    for days_ago in range(days_before, -1, -1):
        day = until - timedelta(days=days_ago)
        choice = programme.choose(history, day, anniversaries_on(day))
        history.append(Heard(choice.song_key, choice.round))
        yield day, choice
