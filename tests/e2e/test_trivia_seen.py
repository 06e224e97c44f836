"""What a server's players saw lately is read once a game, and known to every game of the server."""

import asyncio
import importlib
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import event

from bot.domain.trivia.settings import Settings
from bot.storage.trivia.games import Games
from tests.e2e.table import bank

__all__ = ["bank"]
questions = importlib.import_module("cogs.trivia._questions")
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
SERVER, OTHER_SERVER = 100, 200


class Process:
    """One that runs games: its questions are real, its channels are not."""

    def __init__(self, store, bank, name):
        self.games = Games(store.database, store.catalog, name)
        bot = SimpleNamespace(catalog=store.catalog, database=store.database, now=lambda: NOON)
        self.quizmaster = questions.Quizmaster(bot)
        self.quizmaster._bank = asyncio.get_running_loop().create_future()
        self.quizmaster._bank.set_result(bank)

    async def start(self, channel_id, guild_id=SERVER):
        facts = {"channel_id": channel_id, "guild_id": guild_id, "started_by": 1, "language": "en", "now": NOON}
        return (await self.games.start(settings=Settings(), **facts)).game

    async def ask(self, game):
        """The game's next question, asked; returns the game."""
        if game.round:
            game = (await self.games.change(game.id, lambda game: game.close_round(game.due_at))).game
        question = await self.quizmaster.next_question(game)
        at = NOON + timedelta(minutes=game.round.number if game.round else 0)
        return (await self.games.change(game.id, lambda game: game.ask(question, at))).game


@pytest.fixture
async def process(store, bank):
    made = []

    def begin(name):
        made.append(Process(store, bank, name))
        return made[-1]

    yield begin
    for one in made:
        one.quizmaster.close()


@pytest.fixture
def chosen_from(monkeypatch):
    """What each choice knew of the questions seen lately."""
    seen = []
    choose = questions.Quizmaster._choose

    def noting(master, bank, game, played, recent):
        seen.append(recent)
        return choose(master, bank, game, played, recent)

    monkeypatch.setattr(questions.Quizmaster, "_choose", noting)
    return seen


async def test_the_first_question_costs_a_look_at_what_was_asked_lately_and_the_next_cost_none(store, process):
    statements = []
    engine = store.database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *facts: statements.append(facts[2]))
    one = process("one")
    game, looks = await one.start(1), []
    for _ in range(3):
        statements.clear()
        await one.quizmaster.next_question(game)
        looks.append([text for text in statements if not text.startswith("PRAGMA")])
        game = await one.ask(game)
    first, *later = looks
    assert len([text for text in first if "trivia_round.place_id = " in text]) == 1
    assert later == [[], []], "nothing at all is read for them"


async def test_a_game_knows_what_the_servers_other_games_have_asked_since_it_began(process, chosen_from):
    one = process("one")
    here, there, elsewhere = await one.start(1), await one.start(2), await one.start(3, OTHER_SERVER)
    here = await one.ask(here)
    there = await one.ask(there)
    here = await one.ask(here)
    asked_here = {round_.question.key for round_ in (here.round, there.round)}
    await one.ask(elsewhere)
    assert chosen_from[-1] == []
    await one.ask(there)
    assert len(chosen_from[-1]) == 3
    assert asked_here < set(chosen_from[-1])


async def test_a_game_taken_over_brings_what_the_lost_process_asked(process, chosen_from):
    lost, heir = process("lost"), process("heir")
    mine, theirs = await heir.start(1), await lost.start(2)
    mine = await heir.ask(mine)
    theirs = await lost.ask(theirs)
    theirs = await heir.ask(theirs)
    await heir.ask(mine)
    assert len(chosen_from[-1]) == 3
    assert len(set(chosen_from[-1])) == 3


async def test_with_a_servers_last_game_goes_what_was_kept_of_it(process, chosen_from):
    one = process("one")
    here, there = await one.ask(await one.start(1)), await one.ask(await one.start(2))
    one.quizmaster.forget(here.id)
    assert one.quizmaster._seen._keys.keys() == {SERVER}
    one.quizmaster.forget(there.id)
    assert not one.quizmaster._seen._keys
    await one.ask(await one.start(3))
    assert len(chosen_from[-1]) == 2, "it is read again"
