"""A game as a state machine: verbs return the next state, what cannot be done fails in nouns (``errors.py``).

::

    start ──▶ STARTED ──ask──▶ ASKED ──close_round──▶ REVEALED ──ask──▶ ASKED …
                  └───────────────┴── stop, abandon ─────┴──▶ OVER ◀── the last round, three unanswered ones

A :class:`Game` is a frozen snapshot. Every change counts ``version`` up by one, so storage saves by compare-and-set:
``UPDATE … WHERE version = old.version``; where that finds nothing, load again and apply the verb to what is there.
A verb that changes nothing (a click that was heard twice) returns the very same object: there is nothing to save.
``due_at`` is when the next thing happens by itself: one timer a game drives it all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from .errors import (
    AlreadyAnswered,
    GameOver,
    GameRunning,
    NoMoreHints,
    NotAsked,
    NotPlaying,
    NotYourGame,
    RoundOpen,
    RoundOver,
)
from .questions.question import Question
from .round import TRIES_MOST, Round, Try
from .scoring import Scored, Standing, score_round
from .settings import Mode, Settings
from .snowflake import stamped_at

PAUSE = timedelta(seconds=5)  # between a reveal and the next question
GRACE = timedelta(seconds=1)  # for answers stamped in time that are still on their way
ACTIVE_ROUNDS = 2  # who answered within this many rounds is playing
SILENT_ROUNDS_MOST = 3
HINTS_MOST = 2
RESUMABLE_FOR = timedelta(minutes=10)


class Phase(StrEnum):
    STARTED = "started"
    ASKED = "asked"
    REVEALED = "revealed"
    OVER = "over"


class EndReason(StrEnum):
    COMPLETED = "completed"
    UNANSWERED = "unanswered"  # three rounds in a row without an answer
    STOPPED = "stopped"
    EXHAUSTED = "exhausted"  # the pool has no further question
    CHANNEL_GONE = "channel_gone"
    NOT_ALLOWED = "not_allowed"  # the bot may no longer write there
    INTERRUPTED = "interrupted"  # the bot was away for too long


@dataclass(frozen=True, slots=True)
class Game:
    """``round`` is the open or the last one; ``result`` its lines once it is closed."""

    id: int
    channel_id: int
    guild_id: int | None
    started_by: int
    settings: Settings
    changed_at: datetime
    version: int = 0
    phase: Phase = Phase.STARTED
    round: Round | None = None
    result: tuple[Scored, ...] = ()
    standings: Mapping[int, Standing] = field(default_factory=dict)
    silent_rounds: int = 0
    ended: EndReason | None = None

    @property
    def due_at(self) -> datetime | None:
        """When to ask the next question, or to close the round; None when the game is over."""
        if self.phase is Phase.OVER:
            return None
        if self.phase is Phase.ASKED and self.round:
            return self.changed_at if self.round.is_skipped else self.round.closes_at + GRACE
        return self.changed_at + PAUSE if self.phase is Phase.REVEALED else self.changed_at

    @property
    def next_number(self) -> int:
        return self.round.number + 1 if self.round else 1

    @property
    def active_user_ids(self) -> frozenset[int]:
        """Who answers the open round, or answered one of the last two before."""
        recent = self.next_number - 1 - ACTIVE_ROUNDS + (self.phase is not Phase.ASKED)
        standings = [one for one in self.standings.values() if one.user_id > 0]  # the others were made nameless
        players = {one.user_id for one in standings if one.last_answered_round >= max(recent, 1)}
        answering = self.round.answers.keys() if self.round and self.phase is Phase.ASKED else ()
        return frozenset(players | set(answering))

    def ask(self, question: Question, now: datetime) -> "Game":
        """Open the next round. In a direct message it waits for one player, in a channel for those who are playing."""
        self._must_go_on()
        if self.phase is Phase.ASKED and self.round:
            raise RoundOpen(self.round.closes_at)
        expected = self.active_user_ids if self.guild_id else frozenset({self.started_by})
        new = Round(
            number=self.next_number,
            question=question,
            askings=(now,),
            limit=timedelta(seconds=self.settings.seconds),
            is_typed=self.settings.mode is not Mode.QUIZ,
            may_change=self.settings.may_change,
            expected=expected,
        )
        return self._next(phase=Phase.ASKED, round=new, result=(), changed_at=now)

    def posted(self, message_id: int) -> "Game":
        """The question stands in the channel: time runs from the moment Discord stamped its message."""
        current = self._open_round()
        if current.message_id == message_id:
            return self
        askings = (*current.askings[:-1], stamped_at(message_id))
        return self._next(round=replace(current, message_id=message_id, askings=askings))

    def answer(self, user_id: int, round_number: int, option: int, interaction_id: int) -> "Game":
        """Press a button, or press another one to change the answer; whoever answers plays.

        Raises RoundOver when that round is closed or the press was stamped after its end, and AlreadyAnswered
        when answers may not change and another one stands.
        """
        current = self._round_for(round_number, interaction_id)
        known = current.answers.get(user_id)
        if known and not current.may_change and known.tries[0].interaction_id < interaction_id:
            raise AlreadyAnswered(known.tries[0].option)
        return self._with_try(user_id, Try(interaction_id, option, option == current.question.right_option))

    def guess(self, user_id: int, round_number: int, interaction_id: int, *, is_right: bool) -> "Game":
        """Type an answer that the judge has found right or not; any number of wrong ones is free."""
        self._round_for(round_number, interaction_id)
        return self._with_try(user_id, Try(interaction_id, None, is_right))

    def vote_skip(self, user_id: int, now: datetime) -> "Game":
        """More than half of the active players end the round; raises NotPlaying for others."""
        current = self._open_round()
        votes = current.skip_votes | {user_id}
        if votes == current.skip_votes:
            return self
        is_skipped = self._is_majority(votes, user_id)
        changed_at = now if is_skipped else self.changed_at
        return self._next(round=replace(current, skip_votes=votes, is_skipped=is_skipped), changed_at=changed_at)

    def vote_hint(self, user_id: int) -> "Game":
        """More than half of the active players bring out the next hint; raises NoMoreHints when there is none."""
        current = self._open_round()
        if self.settings.mode is Mode.QUIZ or current.hint_count >= HINTS_MOST:
            raise NoMoreHints
        votes = current.hint_votes | {user_id}
        if votes == current.hint_votes:
            return self
        if self._is_majority(votes, user_id):
            return self._next(round=replace(current, hint_votes=frozenset(), hint_count=current.hint_count + 1))
        return self._next(round=replace(current, hint_votes=votes))

    def close_round(self, now: datetime) -> "Game":
        """Score the round. Raises RoundOpen before ``due_at``, and NotAsked when no round is open: never twice."""
        current = self._open_round()
        if self.due_at and now < self.due_at:
            raise RoundOpen(self.due_at)
        scored = self._scored(current, now)
        if scored.silent_rounds >= SILENT_ROUNDS_MOST:
            return _over(scored, EndReason.UNANSWERED)
        return _over(scored, EndReason.COMPLETED) if current.number >= self.settings.round_count else scored

    def resume(self, now: datetime) -> "Game":
        """Go on after the process died: the interrupted round is asked again and keeps the answers it has.

        A game that stood still for more than ten minutes ends with its scoreboard. One that only waits for its
        next question, or whose round has all it waits for, goes on as it is.
        """
        self._must_go_on()
        if now - self.changed_at > RESUMABLE_FOR:
            return self._end(EndReason.INTERRUPTED, now)
        if self.phase is not Phase.ASKED or self.round is None or self.round.settled_at or self.round.is_skipped:
            return self
        again = replace(self.round, askings=(*self.round.askings, now), message_id=None)
        return self._next(round=again, changed_at=now)

    def stop(self, user_id: int, now: datetime, *, is_moderator: bool) -> "Game":
        """End it now; answers of the open round count. Raises NotYourGame unless by its starter or a moderator."""
        self._must_go_on()
        if user_id != self.started_by and not is_moderator:
            raise NotYourGame(self.started_by)
        return self._end(EndReason.STOPPED, now)

    def abandon(self, reason: EndReason, now: datetime) -> "Game":
        """End it for a reason of its own: the channel is gone, the permission lost, the pool empty."""
        self._must_go_on()
        return self._end(reason, now)

    def _next(self, **changes: Any) -> "Game":  # noqa: ANN401 (fields of this class, which replace() checks)
        return replace(self, version=self.version + 1, **changes)

    def _must_go_on(self) -> None:
        if self.phase is Phase.OVER:
            raise GameOver(self.id)

    def _open_round(self) -> Round:
        self._must_go_on()
        if self.phase is not Phase.ASKED or self.round is None:
            raise NotAsked(self.id)
        return self.round

    def _round_for(self, number: int, interaction_id: int) -> Round:
        if self.phase is not Phase.ASKED or self.round is None or self.round.number != number:
            raise RoundOver(number)
        if self.round.is_skipped or stamped_at(interaction_id) > self.round.closes_at:
            raise RoundOver(number)
        return self.round

    def _with_try(self, user_id: int, new: Try) -> "Game":
        current = self._open_round()
        changed = current.with_answer(user_id, new)
        if changed is current:
            return self
        if len(changed.answers[user_id].tries) > TRIES_MOST:
            raise AlreadyAnswered(changed.answers[user_id].tries[-2].option)
        return self._next(round=changed)

    def _is_majority(self, votes: frozenset[int], user_id: int) -> bool:
        """Where nobody plays yet, one vote is enough."""
        electorate = self.active_user_ids or {user_id}
        if user_id not in electorate:
            raise NotPlaying(user_id)
        return 2 * len(votes & electorate) > len(electorate)

    def _scored(self, current: Round, now: datetime) -> "Game":
        """With the round's points, once: only an open round is ever scored, and this closes it."""
        lines = score_round(
            current.right_answers(), current.wrong_user_ids(), self.standings, current.limit, current.hint_count
        )
        old = self.standings
        standings = {
            **old,
            **{s.user_id: old.get(s.user_id, Standing(s.user_id)).with_round(s, current.number) for s in lines},
        }
        was_silent = not current.answers and not current.skip_votes
        return self._next(
            phase=Phase.REVEALED,
            result=lines,
            standings=standings,
            silent_rounds=self.silent_rounds + 1 if was_silent else 0,
            changed_at=now,
        )

    def _end(self, reason: EndReason, now: datetime) -> "Game":
        scored = self._scored(self.round, now) if self.phase is Phase.ASKED and self.round else self
        return _over(replace(scored, changed_at=now, version=self.version + 1), reason)


def _over(game: Game, reason: EndReason) -> Game:
    return replace(game, phase=Phase.OVER, ended=reason)


def start_game(
    game_id: int,
    *,
    channel_id: int,
    guild_id: int | None,
    started_by: int,
    settings: Settings,
    now: datetime,
    running: Game | None = None,
) -> Game:
    """A game whose first question is due at once. Raises GameRunning when ``running``, the channel's last, goes on."""
    if running and running.phase is not Phase.OVER:
        message_id = running.round.message_id if running.round else None
        raise GameRunning(running.id, channel_id, guild_id, message_id)
    return Game(game_id, channel_id, guild_id, started_by, settings, changed_at=now)
