"""What games know of a member besides the rows that are theirs: lists in rounds, and what processes hold in memory."""

from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Text, bindparam, cast, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import schema
from bot.storage.database import Database

_LISTS = ("expected", "skip_votes", "hint_votes")  # of user ids, in a round's snapshot

_game, _round, _answer, _score = schema.trivia_game, schema.trivia_round, schema.trivia_answer, schema.trivia_score
_is_on = _game.c.busy_channel_id.is_not(None)
_SAVE = (
    update(_round)
    .where(_round.c.game_id == bindparam("game"), _round.c.number == bindparam("round_number"))
    .values(snapshot=bindparam("shortened"))
)
_KNOWING = union(
    select(_answer.c.game_id).where(_answer.c.user_id == bindparam("member")),
    select(_score.c.game_id).where(_score.c.user_id == bindparam("member")),
    select(_game.c.id).where(_game.c.started_by == bindparam("member")),
)

Rows = list[dict[str, Any]]


async def rounds_of_ended_games(database: Database, member_id: int) -> Rows:
    """For :func:`forget_in_games`. All rounds are looked through, so it is done before writing begins."""
    async with database.reading() as connection:
        return await _naming(connection, member_id, ~_is_on)


async def forget_in_games(connection: AsyncConnection, member_id: int, ended: Rows) -> None:
    """Take the member off every list, before their rows are changed. Whoever keeps one of their running games in
    memory will find its version gone, and read it anew before the next change.
    """
    on_lists = await _naming(connection, member_id, _is_on)
    if ended or on_lists:
        await connection.execute(_SAVE, [*ended, *on_lists])
    knowing = {*await connection.scalars(_KNOWING, {"member": member_id}), *(row["game"] for row in on_lists)}
    reread = update(_game).where(_is_on, _game.c.id.in_(knowing)).values(version=_game.c.version + 1)
    await connection.execute(reread)


async def _naming(connection: AsyncConnection, member_id: int, which: ColumnElement[bool]) -> Rows:
    query = (
        select(_round.c.game_id, _round.c.number, _round.c.snapshot)
        .join(_game)
        .where(which, cast(_round.c.snapshot, Text).contains(str(member_id)))
    )
    return [_without(row, member_id) for row in (await connection.execute(query)).mappings()]


def _without(row: RowMapping, member_id: int) -> dict[str, Any]:
    snapshot = row["snapshot"]
    lists = {name: [one for one in snapshot[name] if one != member_id] for name in _LISTS}
    return {"game": row["game_id"], "round_number": row["number"], "shortened": {**snapshot, **lists}}
