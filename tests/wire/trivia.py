"""What the wire tests of trivia share: players who answer over and over, and a look into the database afterwards."""

import asyncio
import json
import random
import re
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.trivia.round import Answer, Round, Try
from bot.domain.trivia.scoring import Standing, score_round

ANSWER = re.compile(r"o1:trivia-answer:(\d+):(\d+):(\d+)")


@dataclass(frozen=True)
class Told:
    """One press that the bot acknowledged: its player was told that it counts."""

    game_id: int
    number: int
    user_id: int
    option: int
    interaction_id: int


def options_of(message: Any) -> list[str]:
    """The custom_ids of a message's answer buttons."""
    ids = [str(control.get("custom_id", "")) for control in message.controls]
    return [one for one in ids if ANSWER.fullmatch(one)]


def open_question(channel: Any) -> Any | None:
    """The channel's newest message that can be answered."""
    return next((message for message in reversed(channel.bot_messages) if options_of(message)), None)


@dataclass
class Crowd:
    """Plays in many channels until it is told to stop; keeps what the bot promised."""

    world: Any
    rng: random.Random
    told: list[Told] = field(default_factory=list)
    refused: int = 0
    unanswered: int = 0
    latencies_ms: list[float] = field(default_factory=list)
    is_over: bool = False

    async def play(self, channel: Any, players: list[Any], seconds: int = 5, rounds: int = 50) -> None:
        """Start a game whenever the channel has none, and answer what is asked."""
        answered: set[tuple[int, int]] = set()
        while not self.is_over:
            question = open_question(channel)
            if question is None:
                await self._start(channel, players[0], seconds, rounds)
            elif (question.id, len(question.edits)) not in answered:
                answered.add((question.id, len(question.edits)))
                await asyncio.gather(*(self._answer(question, player) for player in players))
            await asyncio.sleep(0.2)

    async def _start(self, channel: Any, player: Any, seconds: int, rounds: int) -> None:
        last = channel.bot_messages[-1] if channel.bot_messages else None
        if last is not None and not any("trivia-again" in str(one.get("custom_id")) for one in last.controls):
            return  # between two rounds
        try:
            await self.world.slash(player, channel, "trivia play", seconds=seconds, rounds=rounds)
        except Exception as error:
            if type(error).__name__ not in ("NotRegistered", "WireError"):
                raise
        await asyncio.sleep(1)

    async def _answer(self, question: Any, player: Any) -> None:
        """Sooner or later, sometimes twice, sometimes another one."""
        await asyncio.sleep(self.rng.random() * 2)
        for _ in range(self.rng.choice((1, 1, 1, 2))):
            choices = options_of(question)
            if choices and not self.is_over:
                await self._press(question, player, self.rng.choice(choices))

    async def _press(self, question: Any, player: Any, custom_id: str) -> None:
        try:
            result = await self.world.click(question, custom_id=custom_id, user=player)
        except Exception as error:
            if type(error).__name__ != "NotAllowed":  # the reveal came first
                raise
            return
        if not result.acked:
            self.unanswered += 1
        elif result.message and result.message.content.startswith("Your answer:"):
            game_id, number, option = map(int, ANSWER.fullmatch(custom_id).groups())
            self.told.append(Told(game_id, number, player.id, option, result.id))
            self.latencies_ms.append(result.latency_ms)
        else:
            self.refused += 1


def what_is_wrong(folder: Path, told: list[Told]) -> list[str]:
    """Promises that the database does not keep, and whatever in it contradicts itself; empty when all is well."""
    with closing(sqlite3.connect(folder / "ostinato.db")) as connection:
        connection.row_factory = sqlite3.Row
        return [*_lost(connection, told), *_miscounted(connection)]


def _lost(connection: sqlite3.Connection, told: list[Told]) -> list[str]:
    kept = {
        (row["game_id"], row["number"], row["user_id"]): {
            interaction_id: option for interaction_id, option, _ in json.loads(row["tries"])
        }
        for row in connection.execute("SELECT * FROM trivia_answer")
    }
    wrong = []
    for one in told:
        stored = kept.get((one.game_id, one.number, one.user_id), {})
        if stored.get(one.interaction_id) != one.option:
            wrong.append(f"lost: {one}")
    return wrong


def _miscounted(connection: sqlite3.Connection) -> list[str]:
    """Score every closed round again from its answers, in order, and compare."""
    scores: dict[tuple[int, int], dict[int, tuple[int, int]]] = defaultdict(dict)
    for row in connection.execute("SELECT * FROM trivia_score"):
        scores[row["game_id"], row["number"]][row["user_id"]] = (row["points"], row["streak"])
    answers: dict[tuple[int, int], dict[int, Answer]] = defaultdict(dict)
    for row in connection.execute("SELECT * FROM trivia_answer"):
        tries = tuple(Try(*one) for one in json.loads(row["tries"]))
        answers[row["game_id"], row["number"]][row["user_id"]] = Answer(row["user_id"], tries)
    phases = dict(connection.execute("SELECT id, phase FROM trivia_game"))
    newest = dict(connection.execute("SELECT game_id, MAX(number) FROM trivia_round GROUP BY game_id"))
    wrong: list[str] = []
    standings: dict[int, dict[int, Standing]] = defaultdict(dict)
    for row in connection.execute("SELECT * FROM trivia_round ORDER BY game_id, number"):
        key = row["game_id"], row["number"]
        if phases[key[0]] == "asked" and newest[key[0]] == key[1]:
            continue
        current = Round.from_snapshot(json.loads(row["snapshot"]), answers[key])
        table = standings[key[0]]
        lines = score_round(current.right_answers(), current.wrong_user_ids(), table, current.limit, 0)
        if {line.user_id: (line.points, line.streak) for line in lines} != scores[key]:
            wrong.append(f"miscounted: game {key[0]}, round {key[1]}: {scores[key]}, not {lines}")
        for line in lines:
            table[line.user_id] = table.get(line.user_id, Standing(line.user_id)).with_round(line, key[1])
    return wrong


def shown_twice(channels: list[Any]) -> list[str]:
    """Questions that can be answered in two messages, and scoreboards shown again."""
    wrong = []
    for channel in channels:
        rounds = [
            ANSWER.match(options_of(message)[0]).groups()[:2] for message in channel.bot_messages if options_of(message)
        ]
        wrong += [f"asked twice: {one}" for one in set(rounds) if rounds.count(one) > 1]
        ends = [
            control["custom_id"]
            for message in channel.bot_messages
            for control in message.controls
            if "trivia-again" in str(control.get("custom_id"))
        ]
        wrong += [f"ended twice: {one}" for one in set(ends) if ends.count(one) > 1]
    return wrong
