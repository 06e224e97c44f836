"""Games in the database: nothing lost, nothing counted twice, whoever writes."""

import asyncio
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.catalog import Catalog
from bot.domain.trivia.errors import GameOver, GameRunning, NotAsked, RoundOver
from bot.domain.trivia.game import Phase
from bot.domain.trivia.settings import Mode, Settings
from bot.storage import schema
from bot.storage.database import Database
from bot.storage.trivia import records, runners
from bot.storage.trivia._saving import Saving
from bot.storage.trivia.games import Games
from tests.domain.trivia.builders import ANN, BEN, CHA, NOON, RIGHT, WRONG, click, question, seconds

CHANNEL, GUILD = 9, 77
NO_CATALOG = Catalog(dramas=[], songs=[], artists=[], awards=[], editions=[], outcomes=[])


@pytest.fixture
def games(database) -> Games:
    return Games(database, NO_CATALOG, "one")


@pytest.fixture
async def other(address):
    """Another process on the same database."""
    other_database = await Database.open(address)
    yield Games(other_database, NO_CATALOG, "two")
    await other_database.close()


async def started(games: Games, channel_id: int = CHANNEL, mode: Mode = Mode.QUIZ, guild_id: int | None = GUILD) -> int:
    hosted = await games.start(
        channel_id=channel_id, guild_id=guild_id, started_by=ANN, settings=Settings(mode), language="en", now=NOON
    )
    return hosted.game.id


async def asked(games: Games, **where: int) -> int:
    game_id = await started(games, **where)
    await games.change(game_id, lambda game: game.ask(question(), NOON))
    return game_id


async def press(games: Games, game_id: int, user_id: int, option: int, interaction_id: int):
    return await games.change(game_id, lambda game: game.answer(user_id, 1, option, interaction_id))


async def test_what_is_read_back_is_what_was_saved_after_every_verb(games):
    game_id = await asked(games)
    verbs = [
        lambda game: game.posted(click(0.1)),
        lambda game: game.answer(ANN, 1, RIGHT, click(2)),
        lambda game: game.answer(BEN, 1, WRONG, click(3)),
        lambda game: game.answer(BEN, 1, RIGHT, click(4)),
        lambda game: game.vote_skip(ANN, NOON),
        lambda game: game.close_round(game.due_at),
        lambda game: game.ask(question(2), game.due_at),
        lambda game: game.answer(CHA, 2, WRONG, click(40)),
        lambda game: game.resume(NOON + seconds(60)),
        lambda game: game.stop(ANN, NOON + seconds(70), is_moderator=False),
    ]
    for verb in verbs:
        told = await games.change(game_id, verb)
        assert await games.find(game_id) == told
    assert told.game.phase is Phase.OVER


async def test_a_channel_has_one_game_and_the_second_start_says_where(games):
    game_id = await started(games)
    await games.change(game_id, lambda game: game.ask(question(), NOON).posted(4711))
    with pytest.raises(GameRunning) as refused:
        await started(games)
    assert refused.value == GameRunning(game_id, CHANNEL, GUILD, 4711)
    await started(games, channel_id=CHANNEL + 1)
    await games.change(game_id, lambda game: game.stop(ANN, NOON, is_moderator=False))
    await started(games)


async def test_of_many_starts_at_once_one_begins(games):
    results = await asyncio.gather(*(started(games) for _ in range(20)), return_exceptions=True)
    assert sum(isinstance(result, int) for result in results) == 1
    assert sum(isinstance(result, GameRunning) for result in results) == 19


async def test_two_hundred_players_in_one_instant_are_each_counted_once(games, database):
    game_id = await asked(games)
    presses = [press(games, game_id, user, user % 4, click(5, user)) for user in range(1, 201) for _ in range(2)]
    await asyncio.gather(*presses)
    hosted = await games.change(game_id, lambda game: game.close_round(game.due_at))
    assert len(hosted.game.standings) == 200
    assert sum(one.right_count for one in hosted.game.standings.values()) == 50
    async with database.reading() as connection:
        assert await connection.scalar(select(func.count()).select_from(schema.trivia_answer)) == 200
        assert await connection.scalar(select(func.count()).select_from(schema.trivia_score)) == 200


async def test_both_processes_of_a_deploy_may_hear_the_same_presses(games, other):
    game_id = await asked(games)
    rng = random.Random(6)
    presses = [(user, rng.randrange(4), click(rng.random() * 10, user)) for user in range(1, 41)]
    heard = [press(process, game_id, *one) for one in presses for process in (games, other)]
    rng.shuffle(heard)
    await asyncio.gather(*heard)
    closings = [
        process.change(game_id, lambda game: game.close_round(game.due_at + seconds(1))) for process in (games, other)
    ]
    results = await asyncio.gather(*closings, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Hosted", "NotAsked"]
    stored = (await games.find(game_id)).game
    assert {user: len(answer.tries) for user, answer in stored.round.answers.items()} == dict.fromkeys(range(1, 41), 1)
    expected = {user: option == RIGHT for user, option, _ in presses}
    assert {user: one.right_count == 1 for user, one in stored.standings.items()} == expected


async def test_a_refusal_comes_from_what_is_stored_not_from_what_was_kept(games, other):
    game_id = await asked(games)
    await other.change(game_id, lambda game: game.close_round(game.due_at))
    with pytest.raises(RoundOver):
        await press(games, game_id, ANN, RIGHT, click(5))
    with pytest.raises(NotAsked):
        await games.change(game_id, lambda game: game.close_round(game.due_at))


async def test_a_change_that_cannot_be_committed_leaves_nothing_behind(games, monkeypatch):
    game_id = await asked(games)

    async def full(*_):
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Saving, "write", full)
        with pytest.raises(OSError, match="full"):
            await press(games, game_id, ANN, RIGHT, click(1))
    assert not (await games.find(game_id)).game.round.answers
    hosted = await press(games, game_id, ANN, RIGHT, click(1))
    assert await games.find(game_id) == hosted


async def test_changes_at_the_same_time_share_commits_and_a_broken_one_hurts_no_other(games, database, monkeypatch):
    game_ids = [await asked(games, channel_id=channel) for channel in range(1, 51)]
    commits = []
    write = database.write
    monkeypatch.setattr(database, "write", lambda change: commits.append(change) or write(change))
    presses = [press(games, game_id, user, RIGHT, click(5, user)) for game_id in game_ids for user in (ANN, BEN)]
    broken = games.change(game_ids[0], lambda _: 1 / 0)
    results = await asyncio.gather(broken, *presses, return_exceptions=True)
    assert isinstance(results[0], ZeroDivisionError)
    assert [set(hosted.game.round.answers) for hosted in results[2::2]] == [{ANN, BEN}] * len(game_ids)
    assert len(commits) <= 2


async def test_what_the_database_refuses_of_one_game_is_saved_of_the_others(games, monkeypatch):
    ids = [await asked(games, channel_id=channel) for channel in (1, 2)]
    write = Saving.write

    async def refuse_ann(saving, connection):
        if any(row["user_id"] == ANN for row in saving._answers):
            raise OSError("no such luck")
        await write(saving, connection)

    monkeypatch.setattr(Saving, "write", refuse_ann)
    results = await asyncio.gather(
        press(games, ids[0], ANN, RIGHT, click(5)),
        press(games, ids[1], BEN, RIGHT, click(5)),
        return_exceptions=True,
    )
    assert isinstance(results[0], OSError)
    assert [set((await games.find(game_id)).game.round.answers) for game_id in ids] == [set(), {BEN}]


async def test_an_unknown_game_is_over(games):
    with pytest.raises(GameOver):
        await press(games, 4711, ANN, RIGHT, click(1))


class TestRunners:
    async def test_a_game_is_taken_over_once_its_process_has_been_silent(self, database, games):
        game_id = await asked(games)
        await runners.give_sign_of_life(database, "one", NOON)
        soon, later = NOON + seconds(2), NOON + runners.ALIVE_FOR
        found = await runners.take_over(database, "two", soon, lambda _guild_id: True)
        assert found == runners.Found((), others_run=True)
        found = await runners.take_over(database, "two", later, lambda _guild_id: True)
        assert found == runners.Found((game_id,), others_run=False)
        assert (await games.find(game_id)).runner == "two"

    async def test_of_two_that_would_take_it_one_gets_it(self, database, games, address):
        await asked(games)
        other = await Database.open(address)
        await runners.give_sign_of_life(database, "two", NOON)
        await runners.give_sign_of_life(database, "three", NOON)
        takes = [
            runners.take_over(one, name, NOON, lambda _: True) for one, name in ((database, "two"), (other, "three"))
        ]
        found = await asyncio.gather(*takes)
        assert sorted(len(one.taken) for one in found) == [0, 1]
        assert (await games.find(1)).runner in {"two", "three"}
        await other.close()

    async def test_one_that_was_let_go_is_free_at_once(self, database, games):
        game_id = await asked(games)
        await runners.give_sign_of_life(database, "one", NOON)
        await runners.let_go(database, "one")
        found = await runners.take_over(database, "two", NOON, lambda _guild_id: True)
        assert found.taken == (game_id,)

    async def test_games_of_other_shards_are_left_alone(self, database, games):
        await asked(games)
        found = await runners.take_over(database, "two", NOON, lambda guild_id: guild_id is None)
        assert found == runners.Found((), others_run=False)

    async def test_a_game_whose_end_was_told_needs_nobody(self, database, games):
        game_id = await asked(games)
        await games.change(game_id, lambda game: game.stop(ANN, NOON, is_moderator=False))
        await games.told(game_id)
        assert (await runners.take_over(database, "two", NOON, lambda _: True)).taken == ()


class TestRecords:
    async def test_what_was_asked_lately_comes_oldest_first_and_by_server(self, database, games):
        game_id = await asked(games)
        await games.change(game_id, lambda game: game.close_round(game.due_at))
        await games.change(game_id, lambda game: game.ask(question(2), game.due_at))
        elsewhere = await started(games, channel_id=5, guild_id=None)
        await games.change(elsewhere, lambda game: game.ask(question(3), NOON))
        assert await records.seen_lately(database, GUILD) == [question(1).key, question(2).key]
        assert await records.seen_lately(database, 5) == [question(3).key]
        assert await records.questions_of(database, game_id) == [question(1), question(2)]

    async def test_rounds_played_come_with_what_they_brought(self, database, games):
        game_id = await asked(games)
        await press(games, game_id, ANN, RIGHT, click(10))
        hosted = await games.change(game_id, lambda game: game.close_round(game.due_at))
        (played,) = await records.played_rounds(database, game_id)
        assert (played.number, played.question, played.lines) == (1, question(), hosted.game.result)
        assert played.lines[0].elapsed == timedelta(seconds=10)

    async def test_difficulty_comes_from_answers_once_there_are_enough(self, database, games):
        game_id = await asked(games)
        for user_id in range(1, 20):
            await press(games, game_id, user_id, RIGHT if user_id < 6 else WRONG, click(1, user_id))
        hosted = await games.change(game_id, lambda game: game.close_round(game.due_at))
        assert await records.answer_counts(database) == {}
        again = await asked(games, channel_id=5)
        await press(games, again, 20, WRONG, click(1, 20))
        await games.change(again, lambda game: game.close_round(game.due_at))
        assert await records.answer_counts(database) == {question().key: (5, 20)}
        assert replace(hosted.game, version=0) != hosted.game
