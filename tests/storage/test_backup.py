"""Backups: made while the database is in use, verified, rotated; and the way back from each."""

import asyncio
import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.backups import Keep
from bot.storage import errors, revisions
from bot.storage.backup import back_up, file_of, made_on, restore, rotate
from bot.storage.database import Database
from bot.storage.integrity import verify
from bot.storage.members import store_value, stored_value

NOW = datetime(2026, 3, 29, 4, 0, tzinfo=UTC)
TODAY = NOW.date()


async def colour(address: str) -> str | None:
    database = await Database.open(address)
    try:
        return await stored_value(database, "colour")
    finally:
        await database.close()


async def paint(address: str, value: str) -> None:
    database = await Database.open(address)
    await store_value(database, "colour", value)
    await database.close()


@pytest.fixture
async def used(file: Path, address: str) -> Path:
    await paint(address, "violet")
    return file


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


async def test_a_backup_made_while_others_write_is_one_moment_of_the_database(counter, file, tmp_path):
    """The counter and its rows are changed together: a copy that caught half a change would show."""

    async def grow() -> None:
        while not done.is_set():
            async with counter.database.transaction() as connection:
                name = await counter.add_one(connection)
                await counter.insert(connection, name)

    done = asyncio.Event()
    writers = [asyncio.create_task(grow()) for _ in range(3)]
    for number in range(5):
        await asyncio.sleep(0.02)
        await asyncio.to_thread(back_up, file, tmp_path / f"{number}.db")
    done.set()
    await asyncio.gather(*writers)
    for number in range(5):
        with closing(sqlite3.connect(tmp_path / f"{number}.db")) as connection:
            (n,) = connection.execute("SELECT n FROM counter WHERE name = 0").fetchone()
            assert n > 0
            assert connection.execute("SELECT count(*), max(name) FROM counter").fetchone() == (n + 1, n)


async def test_every_backup_can_be_restored_and_used(used, address, tmp_path):
    copy = tmp_path / "copy.db"
    back_up(used, copy)
    await paint(address, "green")
    kept = restore(copy, used, NOW)
    assert await colour(address) == "violet"
    assert kept is not None
    assert await colour(f"sqlite+aiosqlite:///{kept}") == "green", "what was replaced is kept whole"
    await paint(address, "blue")
    assert await colour(address) == "blue", "and life goes on"
    assert await colour(f"sqlite+aiosqlite:///{kept}") == "green"


async def test_each_automatic_backup_can_be_restored_and_used(used, address, tmp_path):
    folder = tmp_path / "backups"
    days = [TODAY - timedelta(days=ago) for ago in reversed(range(40))]
    for day in days:
        await paint(address, day.isoformat())
        assert rotate(used, folder, day, Keep(7, 4)) is not None
    assert len(made_on(folder)) == 10, "seven days, three Sundays before them"
    for number, (day, backup) in enumerate(made_on(folder).items()):
        restore(backup, used, NOW + timedelta(seconds=number))
        assert await colour(address) == day.isoformat()
        await paint(address, "played on")


async def test_one_backup_a_day(used, tmp_path):
    assert rotate(used, tmp_path / "backups", TODAY, Keep(7, 4)) is not None
    assert rotate(used, tmp_path / "backups", TODAY, Keep(7, 4)) is None


async def test_what_a_killed_process_had_begun_is_cleared_away(used, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / ".ostinato-2026-03-01.db.part").write_bytes(b"half")
    rotate(used, folder, TODAY, Keep(7, 4))
    assert [path.name for path in folder.iterdir()] == ["ostinato-2026-03-29.db"]


async def test_rotation_leaves_other_files_alone(used, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("notes.txt", "ostinato-before-update.db"):
        (folder / name).touch()
    for ago in reversed(range(3)):
        rotate(used, folder, TODAY - timedelta(days=ago), Keep(1, 0))
    assert {path.name for path in folder.iterdir()} == {
        "notes.txt",
        "ostinato-before-update.db",
        f"ostinato-{TODAY.isoformat()}.db",
    }


async def test_a_backup_that_fails_leaves_the_older_ones_and_no_half_file(used, tmp_path):
    folder = tmp_path / "backups"
    rotate(used, folder, TODAY - timedelta(days=1), Keep(1, 0))
    used.write_bytes(used.read_bytes()[:8192] + b"\xff" * 8192)
    with pytest.raises(errors.DatabaseError):
        rotate(used, folder, TODAY, Keep(1, 0))
    assert set(made_on(folder)) == {TODAY - timedelta(days=1)}
    assert len(list(folder.iterdir())) == 1


async def test_only_the_owner_may_read_a_backup(used, tmp_path):
    back_up(used, tmp_path / "copy.db")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


async def test_what_was_deleted_is_not_in_a_backup(used, address, tmp_path):
    await paint(address, "a very particular colour")
    await paint(address, "grey")
    back_up(used, tmp_path / "copy.db")
    assert b"a very particular colour" not in (tmp_path / "copy.db").read_bytes()


async def test_nothing_is_restored_while_a_bot_runs_on_the_database(used, address, tmp_path):
    back_up(used, tmp_path / "copy.db")
    bot = await Database.open(address)
    with pytest.raises(errors.InUse):
        restore(tmp_path / "copy.db", used, NOW)
    await store_value(bot, "colour", "red")
    assert await stored_value(bot, "colour") == "red", "and the bot has not noticed"
    await bot.close()
    restore(tmp_path / "copy.db", used, NOW)
    assert await colour(address) == "violet"


def spoil(path: Path, how: str) -> None:
    if how == "text":
        path.write_text("no database", "utf-8")
        return
    if how == "cut":
        path.write_bytes(path.read_bytes()[:-20480])
        return
    if how == "empty":
        path.write_bytes(b"")
        return
    with closing(sqlite3.connect(path)) as connection, connection:
        match how:
            case "newer":
                connection.execute("UPDATE alembic_version SET version_num = '9999'")
            case "foreign":
                connection.execute("DROP TABLE alembic_version")
            case "contradicting":
                connection.execute("INSERT INTO saved_song VALUES (1, 'no-such-song', '2026-01-01')")


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ("text", errors.NotADatabase),
        ("cut", errors.Damaged),
        ("empty", errors.ForeignDatabase),
        ("newer", errors.TooNew),
        ("foreign", errors.ForeignDatabase),
        ("contradicting", errors.Damaged),
        ("missing", errors.NotADatabase),
    ],
)
async def test_what_is_no_good_backup_is_refused_and_nothing_changes(used, tmp_path, how, kind):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    copy = elsewhere / "copy.db"
    if how != "missing":
        back_up(used, copy)
        spoil(copy, how)
    before = contents(used.parent)
    with pytest.raises(kind) as caught:
        restore(copy, used, NOW)
    assert type(caught.value) is kind
    assert contents(used.parent) == before


async def test_the_database_itself_is_no_backup_of_it(used):
    with pytest.raises(errors.BadAddress):
        restore(used, used, NOW)


async def test_a_damaged_database_can_be_replaced(used, address, tmp_path):
    back_up(used, tmp_path / "copy.db")
    used.write_bytes(b"no longer a database")
    kept = restore(tmp_path / "copy.db", used, NOW)
    assert await colour(address) == "violet"
    assert kept is not None
    assert kept.read_bytes() == b"no longer a database"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
async def test_what_root_restores_still_belongs_to_the_bot(used, tmp_path):
    back_up(used, tmp_path / "copy.db")
    os.chown(used, 65534, 65534)
    restore(tmp_path / "copy.db", used, NOW)
    assert used.stat().st_uid == 65534


async def test_what_is_replaced_is_kept_where_the_file_system_has_no_hard_links(used, address, tmp_path, monkeypatch):
    back_up(used, tmp_path / "copy.db")
    await paint(address, "green")

    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")  # as FAT says it

    monkeypatch.setattr(os, "link", no_links)
    kept = restore(tmp_path / "copy.db", used, NOW)
    assert await colour(address) == "violet"
    assert await colour(f"sqlite+aiosqlite:///{kept}") == "green"


async def test_a_missing_database_is_restored_too(used, address, tmp_path):
    back_up(used, tmp_path / "copy.db")
    used.unlink()
    assert restore(tmp_path / "copy.db", used, NOW) is None
    assert await colour(address) == "violet"


async def test_what_a_killed_bot_left_in_the_write_ahead_log_is_kept(used, address, tmp_path):
    back_up(used, tmp_path / "copy.db")
    with closing(sqlite3.connect(used)) as connection:
        connection.execute("UPDATE state SET value = 'unsaved' WHERE name = 'colour'")
        connection.commit()
        left = {beside: (used.parent / (used.name + beside)).read_bytes() for beside in ("-wal", "-shm")}
        main = used.read_bytes()
    used.write_bytes(main)
    for beside, content in left.items():
        (used.parent / (used.name + beside)).write_bytes(content)
    kept = restore(tmp_path / "copy.db", used, NOW)
    assert await colour(address) == "violet"
    assert await colour(f"sqlite+aiosqlite:///{kept}") == "unsaved"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_folder_that_cannot_be_written_to_is_named(used, tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(errors.DatabaseError):
        back_up(used, folder / "copy.db")


async def test_a_folder_that_does_not_exist_is_named(used, tmp_path):
    with pytest.raises(errors.FolderMissing):
        back_up(used, tmp_path / "nowhere" / "copy.db")


async def test_a_whole_database_is_told_by_its_revision_and_looking_changes_nothing(used):
    before = contents(used.parent)
    assert verify(used) == revisions.newest()
    assert contents(used.parent) == before


@pytest.mark.parametrize("url", ["postgresql+asyncpg://ann:secret@db/ostinato", "sqlite://", "sqlite:///:memory:"])
def test_only_files_are_backed_up_here(url):
    with pytest.raises(errors.BadAddress) as caught:
        file_of(url)
    assert "secret" not in str(caught.value)


def test_the_day_is_in_the_name(tmp_path):
    (tmp_path / "ostinato-2026-03-29.db").touch()
    assert list(made_on(tmp_path)) == [date(2026, 3, 29)]
