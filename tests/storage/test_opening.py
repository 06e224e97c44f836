"""Opening a database: what is wrong is named before anything is touched."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import errors
from bot.storage.database import Database
from bot.storage.members import store_value, stored_value

NOBODY = 65534


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
async def used(file: Path, address: str) -> Path:
    """A database that was written to and closed."""
    database = await Database.open(address)
    await store_value(database, "colour", "violet")
    await database.close()
    return file


def execute(file: Path, sql: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(sql)


async def refused(address: str, kind: type[errors.DatabaseError]) -> errors.DatabaseError:
    with pytest.raises(kind) as caught:
        await Database.open(address)
    assert type(caught.value) is kind
    return caught.value


@pytest.mark.usefixtures("used")
async def test_a_new_file_gets_its_tables_and_keeps_what_is_written(address):
    database = await Database.open(address)
    assert await stored_value(database, "colour") == "violet"
    await database.close()


async def test_a_start_with_nothing_to_do_changes_nothing(used, address):
    before = contents(used.parent)
    await (await Database.open(address)).close()
    assert contents(used.parent) == before


async def test_an_empty_file_is_a_new_database(file, address):
    file.touch()
    database = await Database.open(address)
    assert await stored_value(database, "colour") is None
    await database.close()


async def test_a_path_in_the_working_directory_will_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    await (await Database.open("sqlite+aiosqlite:///here.db")).close()
    assert (tmp_path / "here.db").exists()


@pytest.mark.parametrize("text", [b"hi", b"not a database at all\n" * 400, b"SQLite format 3\0" + b"?" * 4080])
async def test_a_file_that_is_something_else_is_left_alone(file, address, text):
    file.write_bytes(text)
    error = await refused(address, errors.NotADatabase)
    assert error.place == str(file)
    assert contents(file.parent) == {file.name: text}


async def test_a_database_with_garbage_inside_is_damaged(used, address):
    pages = used.read_bytes()
    garbage = pages[:4096] + b"\xff" * (len(pages) - 4096)
    used.write_bytes(garbage)
    with pytest.raises(errors.Damaged):
        await stored_value(await Database.open(address), "colour")
    assert contents(used.parent) == {used.name: garbage}


async def test_a_folder_is_not_a_database(file, address):
    file.mkdir()
    await refused(address, errors.NotADatabase)


async def test_the_folder_must_exist_and_is_named(file):
    error = await refused(f"sqlite:///{file.parent}/nowhere/ostinato.db", errors.FolderMissing)
    assert error.place == str(file.parent / "nowhere")


async def test_a_database_of_a_newer_program_is_left_alone(used, address):
    execute(used, "UPDATE alembic_version SET version_num = '9999'")
    before = contents(used.parent)
    error = await refused(address, errors.TooNew)
    assert isinstance(error, errors.TooNew)
    assert (error.found, error.place) == ("9999", str(used))
    assert error.known < "9999"
    assert contents(used.parent) == before


async def test_a_newer_database_that_was_not_closed_is_left_alone_with_its_log(file, address, tmp_path):
    await (await Database.open(address)).close()
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        crashed = tmp_path / "crashed"
        crashed.mkdir()
        for path in (file, file.with_name(file.name + "-wal")):
            (crashed / path.name).write_bytes(path.read_bytes())
    before = contents(crashed)
    assert len(before) == 2
    await refused(f"sqlite:///{crashed}/{file.name}", errors.TooNew)
    after = contents(crashed)
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize(
    "sql",
    ["CREATE TABLE albums (id)", "CREATE TABLE alembic_version (version_num)", "CREATE TABLE alembic_version (x)"],
)
async def test_a_database_of_another_program_is_left_alone(file, address, sql):
    execute(file, sql)
    if "version_num" in sql:
        execute(file, "INSERT INTO alembic_version VALUES ('3f2a91bc77d0')")
    before = contents(file.parent)
    await refused(address, errors.ForeignDatabase)
    assert contents(file.parent) == before


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ostinato.db",
        "sqlite://",
        "sqlite+aiosqlite:///:memory:",
        "sqlite:///file:x.db?uri=true",
        "nosuch://host/name",
        "postgresql+nosuch://me:secret@host/name",
        "postgresql+psycopg2://me:secret@host/name",
    ],
)
async def test_an_address_that_cannot_work_is_refused_without_telling_its_password(address):
    error = await refused(address, errors.BadAddress)
    assert "secret" not in str(error)
    assert error.reason


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that everybody on the machine can reach (pytest's own is for its owner alone)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


@pytest.fixture
def unprivileged(shared_folder: Path) -> Iterator[Path]:
    """The same folder, but for root, whom no permission stops, as an ordinary user."""
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(NOBODY)
    yield shared_folder
    os.seteuid(mine)


@pytest.mark.parametrize("locked", ["file", "folder"])
async def test_a_file_that_cannot_be_written_to_is_left_alone(unprivileged, locked):
    file = unprivileged / "ostinato.db"
    await (await Database.open(f"sqlite:///{file}")).close()
    before = contents(unprivileged)
    place = file if locked == "file" else unprivileged
    mode = place.stat().st_mode
    _chmod(place, 0o444 if locked == "file" else 0o555)
    try:
        error = await refused(f"sqlite:///{file}", errors.ReadOnly)
    finally:
        _chmod(place, mode)
    assert error.place == str(place)
    assert contents(unprivileged) == before


async def test_a_new_file_in_a_folder_that_cannot_be_written_to_is_refused(unprivileged):
    _chmod(unprivileged, 0o555)
    error = await refused(f"sqlite:///{unprivileged}/ostinato.db", errors.ReadOnly)
    assert error.place == str(unprivileged)


def _chmod(place: Path, mode: int) -> None:
    """As the owner, whoever the test plays just now."""
    mine = os.geteuid()
    os.seteuid(os.getuid())
    place.chmod(mode)
    os.seteuid(mine)


@pytest.fixture
def small_disk(shared_folder: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    mount = [shutil.which("mount") or "mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(shared_folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount a file system")
    yield shared_folder
    umount = [
        mount[0].replace("mount", "umount"),
        "--lazy",
        str(shared_folder),
    ]  # lazy: also when a test failed half-way
    subprocess.run(umount, check=True)


def fill(disk: Path) -> None:
    def write_for_ever() -> None:
        with (disk / "filler").open("wb", buffering=0) as filler:
            while filler.write(b"x" * 4096):
                pass

    with pytest.raises(OSError, match="No space"):
        write_for_ever()


@pytest.mark.parametrize("room_bytes", [0, 4096, 45_000, 100_000])
async def test_no_room_for_a_new_database_says_so(small_disk, room_bytes):
    fill(small_disk)
    os.truncate(small_disk / "filler", (small_disk / "filler").stat().st_size - room_bytes)
    error = await refused(f"sqlite:///{small_disk}/ostinato.db", errors.DiskFull)
    assert error.place == f"{small_disk}/ostinato.db"


async def test_a_disk_that_is_full_at_the_start_leaves_the_database_alone(small_disk):
    file = small_disk / "ostinato.db"
    database = await Database.open(f"sqlite:///{file}")
    await store_value(database, "colour", "violet")
    await database.close()
    before = file.read_bytes()
    fill(small_disk)
    try:
        database = await Database.open(f"sqlite:///{file}")
        with pytest.raises(errors.DiskFull):
            await store_value(database, "colour", "x" * 100_000)
        await database.close()
    except errors.DiskFull:
        pass  # no room even for the journal
    assert file.read_bytes() == before


async def test_a_disk_that_fills_up_loses_no_committed_write_and_heals(small_disk):
    database = await Database.open(f"sqlite:///{small_disk}/ostinato.db")
    await store_value(database, "colour", "violet")
    fill(small_disk)
    with pytest.raises(errors.DiskFull):
        await store_value(database, "colour", "x" * 400_000)
    assert await stored_value(database, "colour") == "violet"
    (small_disk / "filler").unlink()
    await store_value(database, "colour", "green")
    assert await stored_value(database, "colour") == "green"
    await database.close()
