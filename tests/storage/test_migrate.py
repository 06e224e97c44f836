"""Bringing a database up to date: wholly, or not at all."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.domain.daily.schedule import Setup
from bot.domain.daily.trouble import Trouble
from bot.storage import errors, revisions
from bot.storage.daily import change_plan, plan_of
from bot.storage.database import Database
from bot.storage.members import store_value, stored_value
from bot.storage.schema import metadata

NEXT = int(revisions.newest()) + 1


@pytest.fixture
def step(tmp_path: Path) -> Callable[[str, str], Path]:
    """A copy of the migrations with another step at its end, given as the body of its upgrade()."""
    folder = tmp_path / "migrations"
    shutil.copytree(revisions.MIGRATIONS, folder)

    def add(name: str, body: str) -> Path:
        number = int(revisions.newest(folder)) + 1
        lines = "\n".join("    " + line for line in body.strip().splitlines())
        (folder / "versions" / f"{number:04}_{name}.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n\n"
            f'revision = "{number:04}"\ndown_revision = "{number - 1:04}"\n\ndef upgrade():\n{lines}\n'
        )
        return folder

    return add


def dump(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def definitions(connection: sqlite3.Connection) -> set[str]:
    found = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'")
    return {" ".join(sql.split()) for (sql,) in found}


@pytest.fixture
async def used(file: Path, address: str) -> Path:
    """A database at today's revision with a row in it."""
    database = await Database.open(address)
    await store_value(database, "colour", "violet")
    await database.close()
    return file


async def test_the_migrations_lead_to_the_schema_exactly(used, tmp_path):
    fresh = create_engine(f"sqlite:///{tmp_path}/fresh.db")
    metadata.create_all(fresh)
    fresh.dispose()
    with closing(sqlite3.connect(used)) as migrated, closing(sqlite3.connect(tmp_path / "fresh.db")) as created:
        assert definitions(migrated) == definitions(created)


async def test_alembic_finds_nothing_to_change_either(used):
    engine = create_engine(f"sqlite:///{used}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_revisions_count_up_by_one_and_the_newest_is_alembics_head():
    script = ScriptDirectory(str(revisions.MIGRATIONS))
    numbers = sorted(revision.revision for revision in script.walk_revisions())
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert script.get_current_head() == revisions.newest()


async def test_an_older_database_is_brought_up_to_date_with_its_rows(used, address, step):
    folder = step("moods", "op.create_table('mood', sa.Column('name', sa.Text))")
    database = await Database.open(address, migrations=folder)
    assert await stored_value(database, "colour") == "violet"
    await database.close()
    assert any("CREATE TABLE mood" in line for line in dump(used))
    assert any(f"'{NEXT:04}'" in line for line in dump(used))


BROKEN = {
    "raises": "op.create_table('mood', sa.Column('name', sa.Text))\nop.execute('DELETE FROM state')\n1 / 0",
    "bad_sql": "op.execute('DELETE FROM state')\nop.execute('ALTER TABLE nowhere ADD COLUMN x')",
    "rebuild_then_raise": (
        "with op.batch_alter_table('state') as batch:\n    batch.add_column(sa.Column('note', sa.Text))\n1 / 0"
    ),
    "orphans": "op.execute(\"INSERT INTO saved_song VALUES (1, 'no-such-song', '2026-01-01 00:00:00')\")",
}


@pytest.mark.parametrize("name", BROKEN)
async def test_a_step_that_fails_is_named_and_leaves_everything_as_it_was(used, address, step, name):
    folder = step(name, BROKEN[name])
    before = dump(used)
    with pytest.raises(errors.MigrationFailed) as caught:
        await Database.open(address, migrations=folder)
    assert caught.value.migration == f"{NEXT:04}_{name}"
    assert caught.value.place == str(used)
    assert caught.value.reason
    assert dump(used) == before
    database = await Database.open(address)  # the older program still runs
    assert await stored_value(database, "colour") == "violet"
    await database.close()


async def test_a_later_step_that_fails_undoes_the_earlier_ones(used, address, step):
    step("moods", "op.create_table('mood', sa.Column('name', sa.Text))")
    folder = step("fails", "op.execute('INSERT INTO mood VALUES (1)')\n1 / 0")
    before = dump(used)
    with pytest.raises(errors.MigrationFailed) as caught:
        await Database.open(address, migrations=folder)
    assert caught.value.migration == f"{NEXT + 1:04}_fails"
    assert dump(used) == before


async def test_a_failing_first_step_leaves_a_database_without_tables(file, address, tmp_path):
    versions = tmp_path / "migrations" / "versions"
    versions.mkdir(parents=True)
    body = (
        "from alembic import op\nrevision = '0001'\ndown_revision = None\ndef upgrade():\n    op.execute('nonsense')\n"
    )
    (versions / "0001_first.py").write_text(body)
    with pytest.raises(errors.MigrationFailed):
        await Database.open(address, migrations=tmp_path / "migrations")
    assert dump(file) == ["BEGIN TRANSACTION;", "COMMIT;"]
    await (await Database.open(address)).close()


async def test_rebuilding_a_table_does_not_empty_the_tables_that_refer_to_it(used, address, step):
    with closing(sqlite3.connect(used)) as connection, connection:
        connection.execute("CREATE TABLE child (name REFERENCES state (name) ON DELETE CASCADE)")
        connection.execute("INSERT INTO child VALUES ('colour')")
    change = "batch.alter_column('value', existing_type=sa.Text, nullable=True)"
    folder = step("rebuild", f"with op.batch_alter_table('state') as batch:\n    {change}")
    database = await Database.open(address, migrations=folder)
    await database.close()
    assert "INSERT INTO \"child\" VALUES('colour');" in dump(used)


async def test_schedules_of_before_tags_could_be_chosen_come_through_with_all_that_they_had(file, address, tmp_path):
    old = tmp_path / "migrations"
    shutil.copytree(revisions.MIGRATIONS, old)
    (old / "versions" / "0005_forum_tag.py").unlink()
    await (await Database.open(address, migrations=old)).close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "INSERT INTO daily_schedule VALUES (3, 10, 20, 30, '21:00:00.000000', 'Asia/Seoul', 'weekdays',"
            " '2026-05-01', '2026-04-30 12:00:00.000000', 'awarded', 40, 1, 0, 360, 'on', 'tag_required',"
            " '2026-05-01 12:00:00.000000', 1, 7)"
        )
        connection.execute(
            "INSERT INTO daily_post (schedule_id, local_date, due_at, state, attempts)"
            " VALUES (3, '2026-05-01', '2026-05-01 12:00:00.000000', 'due', 2)"
        )
        [before] = connection.execute("SELECT * FROM daily_schedule").fetchall()
    database = await Database.open(address)
    plan = await plan_of(database, 10)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT * FROM daily_schedule").fetchall() == [(*before, None)]
    assert plan.schedule.setup == Setup(20, 30, role_id=40, opens_thread=True, tag_id=None)
    assert plan.schedule.health.trouble is Trouble.TAG_REQUIRED
    assert plan.open.attempts == 2
    with_tag = replace(plan.schedule.setup, tag_id=50)
    timing, now = plan.schedule.agenda.timing, plan.open.due_at
    await change_plan(database, 10, lambda plan: plan.set_up(with_tag, timing, now))
    assert (await plan_of(database, 10)).schedule.setup == with_tag
    await database.close()
    with pytest.raises(errors.TooNew):
        await Database.open(address, migrations=old)  # the older program leaves it alone


async def test_foreign_keys_are_on_again_after_a_migration(address):
    database = await Database.open(address)
    async with database.reading() as connection:
        assert (await connection.exec_driver_sql("PRAGMA foreign_keys")).scalar() == 1
    await database.close()
