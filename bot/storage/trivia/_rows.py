"""From a game's rows to the game and back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping

from bot.domain.catalog import Catalog
from bot.domain.trivia.game import Game, Phase
from bot.domain.trivia.questions.decades import decade_of
from bot.domain.trivia.questions.question import Question
from bot.domain.trivia.round import Answer, Round, Try
from bot.domain.trivia.scoring import Scored, Standing
from bot.domain.trivia.settings import Settings

_MICROSECOND = timedelta(microseconds=1)


def row_of_game(game: Game) -> dict[str, Any]:
    """What of a game changes."""
    return {
        "busy_channel_id": None if game.phase is Phase.OVER else game.channel_id,
        "phase": game.phase,
        "ended": game.ended,
        "changed_at": game.changed_at,
        "silent_rounds": game.silent_rounds,
        "version": game.version,
    }


def game_of(row: RowMapping, current: Round | None, scores: Iterable[RowMapping]) -> Game:
    """``scores`` are those of all its rounds, in their order."""
    standings: dict[int, Standing] = {}
    result = []
    is_closed = row["phase"] in (Phase.REVEALED, Phase.OVER)
    for score in scores:
        line = scored_of(score)
        before = standings.get(line.user_id, Standing(line.user_id))
        standings[line.user_id] = before.with_round(line, score["number"])
        if current and is_closed and score["number"] == current.number:
            result.append(line)
    return Game(
        id=row["id"],
        channel_id=row["channel_id"],
        guild_id=row["guild_id"],
        started_by=row["started_by"],
        settings=Settings.from_snapshot(row["settings"]),
        changed_at=row["changed_at"],
        version=row["version"],
        phase=row["phase"],
        round=current,
        result=tuple(sorted(result, key=_best_first)),
        standings=standings,
        silent_rounds=row["silent_rounds"],
        ended=row["ended"],
    )


def row_of_round(game: Game, current: Round, catalog: Catalog) -> dict[str, Any]:
    question = current.question
    return {
        "game_id": game.id,
        "number": current.number,
        "place_id": game.guild_id or game.channel_id,
        "question_key": question.key,
        "topic": question.topic,
        "decade": decade_of(question, catalog),
        "asked_at": current.askings[0],
        "snapshot": current.snapshot(),
    }


def round_of(row: RowMapping, answers: Iterable[RowMapping]) -> Round:
    return Round.from_snapshot(row["snapshot"], {answer["user_id"]: _answer_of(answer) for answer in answers})


def question_of(snapshot: dict[str, Any]) -> Question:
    """The question of a round's snapshot."""
    return Question.from_snapshot(snapshot["question"])


def row_of_answer(game: Game, current: Round, answer: Answer) -> dict[str, Any]:
    return {
        "game_id": game.id,
        "number": current.number,
        "user_id": answer.user_id,
        "interaction_id": answer.tries[-1].interaction_id,
        "tries": [[one.interaction_id, one.option, one.right] for one in answer.tries],
    }


def _answer_of(row: RowMapping) -> Answer:
    return Answer(row["user_id"], tuple(Try(*one) for one in row["tries"]))


def row_of_scored(game: Game, number: int, line: Scored, scored_at: datetime) -> dict[str, Any]:
    return {
        "game_id": game.id,
        "number": number,
        "user_id": line.user_id,
        "guild_id": game.guild_id,
        "scored_at": scored_at,
        "answered": line.answered,
        "points": line.points,
        "streak": line.streak,
        "elapsed_us": None if line.elapsed is None else line.elapsed // _MICROSECOND,
    }


def scored_of(row: RowMapping) -> Scored:
    elapsed = None if row["elapsed_us"] is None else row["elapsed_us"] * _MICROSECOND
    return Scored(row["user_id"], row["points"], row["streak"], elapsed, row["answered"])


def _best_first(line: Scored) -> tuple[int, timedelta, bool, int]:
    return -line.points, line.elapsed or timedelta.max, not line.answered, line.user_id
