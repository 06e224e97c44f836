"""*Delete my data* in the middle of a game: it reaches what is held in memory, and the game goes on for the others."""

from sqlalchemy import text as sql

from bot.storage import privacy
from bot.storage.database import Database
from tests.e2e.reading import text
from tests.e2e.table import PAUSE_S, ROUND_S, bank, table

__all__ = ["bank", "table"]
TABLES = ("trivia_game", "trivia_round", "trivia_answer", "trivia_score")


async def traces(database: Database, member_id: int) -> list[str]:
    """Every row of a game that has the member's id in it anywhere, lists in JSON included."""
    async with database.reading() as connection:
        rows = [row for name in TABLES for row in (await connection.execute(sql(f"SELECT * FROM {name}"))).all()]  # noqa: S608 - our own names
    return [str(row) for row in rows if str(member_id) in str(row)]


async def test_no_row_names_a_member_who_had_everything_deleted_in_the_middle_of_a_game(table):
    database = table.stage.store.database
    await table.play(rounds=3)
    for actor in (table.ann, table.bea):
        await table.press(actor, await table.right())
    await table.wait(ROUND_S + PAUSE_S)
    await table.press(table.ann, 0)
    await table.ann.click(table.last, label="Skip")
    assert await traces(database, table.ann.id)
    await privacy.forget(database, table.ann.id)
    assert await traces(database, table.ann.id) == []
    await table.press(table.bea, await table.right())
    await table.wait(3)  # nobody waits for a name that is gone
    assert await traces(database, table.ann.id) == [], "nothing comes back from memory"
    assert f"🥇 <@{table.bea.id}>" in text(table.last)
    await table.wait(PAUSE_S)
    await table.press(table.bea, await table.right())
    await table.wait(ROUND_S)
    board = text(table.last)
    assert f"🥇 <@{table.bea.id}>" in board
    assert "🥈 somebody" in board
    assert "<@-" not in board


async def test_who_plays_on_after_that_starts_from_nothing(table):
    await table.play(rounds=2)
    await table.press(table.ann, await table.right())
    await privacy.forget(table.stage.store.database, table.ann.id)
    await table.press(table.ann, await table.right())
    await table.wait(ROUND_S)
    standing = (await table.game()).standings[table.ann.id]
    assert (standing.right_count, standing.answer_count) == (1, 1)


async def test_a_game_in_direct_messages_goes_with_its_player(table):
    await table.ann.user.slash("trivia play", rounds=2)
    await table.wait(0.1)
    await privacy.forget(table.stage.store.database, table.ann.id)
    await table.wait(ROUND_S + PAUSE_S)
    assert not table.host._mine
    assert await traces(table.stage.store.database, table.ann.id) == []
