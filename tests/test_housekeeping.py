"""Done once a day by one process, whatever else goes wrong."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.members import GUILD_KEPT
from bot.housekeeping import Housekeeping
from bot.settings import Settings
from bot.storage import members, privacy
from bot.storage.database import Database

NOW = datetime(2026, 3, 29, 4, 0, tzinfo=UTC)
HOME, AWAY = 3, 4


class Clock:
    time = NOW

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def house(tmp_path, clock):
    """Makes the housekeeping of a process; all of them share a database."""
    url = f"sqlite+aiosqlite:///{tmp_path}/ostinato.db"
    database = await Database.open(url)

    def make(**changed):
        given = {"database_url": url, "backup_folder": tmp_path / "backups"} | changed
        return Housekeeping(Settings(**given), database, clock)

    make.database, make.folder = database, tmp_path / "backups"
    yield make
    await database.close()


def backups(house) -> list[str]:
    return sorted(path.name for path in house.folder.iterdir()) if house.folder.exists() else []


async def test_one_backup_a_day_by_one_of_many_processes(house, clock):
    processes = [house(), house(), house()]
    for hour in range(30):
        clock.time = NOW + timedelta(hours=hour)
        for process in processes:
            await process.tidy()
    assert backups(house) == ["ostinato-2026-03-29.db", "ostinato-2026-03-30.db"]


async def test_backups_can_be_switched_off(house):
    await house(backup_daily=0, backup_weekly=0).tidy()
    assert backups(house) == []


async def test_postgresql_is_left_to_its_own_tools(house, caplog):
    await house(database_url="postgresql+asyncpg://localhost/x").tidy()
    assert backups(house) == []
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_a_backup_that_fails_is_logged_tried_again_and_stops_nothing_else(house, clock, caplog):
    process = house()
    house.folder.touch()  # a file where the folder should be
    await privacy.mark_left(house.database, AWAY, NOW - GUILD_KEPT - timedelta(seconds=1))
    await members.set_guild_language(house.database, AWAY, "ko")
    await process.tidy()
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "The daily backup failed" in record.getMessage()
    assert (await members.all_languages(house.database)).guilds == {}, "the rest was done"
    house.folder.unlink()
    clock.time += timedelta(hours=1)
    await process.tidy()
    assert backups(house) == ["ostinato-2026-03-29.db"]


async def test_a_server_is_forgotten_thirty_days_after_the_bot_left_it(house, clock):
    for guild_id in (HOME, AWAY):
        await members.set_guild_language(house.database, guild_id, "ko")
    await privacy.mark_left(house.database, AWAY, NOW)
    process = house()
    for days, left in [(0, {HOME, AWAY}), (30, {HOME, AWAY}), (31, {HOME})]:
        clock.time = NOW + timedelta(days=days)
        await process.tidy()
        assert set((await members.all_languages(house.database)).guilds) == left


async def test_a_database_in_trouble_ends_no_housekeeping(house, tmp_path, caplog):
    process = house()
    with closing(sqlite3.connect(tmp_path / "ostinato.db")) as connection, connection:
        connection.execute("DROP TABLE lease")
    await process.tidy()
    assert "Housekeeping could not begin" in caplog.text
