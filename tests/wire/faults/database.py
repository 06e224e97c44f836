"""The database: locked, full, deleted, and a process killed in the middle of writing."""

import asyncio
import random
import resource
import sqlite3
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

from .answers import ANSWER, APOLOGY, NOTICE, SNOW, told
from .stage import Row, Stage, quiet, ready, stage

LOCKED_S = 10.0
KILLS, CROWD = 6, 16
SAVES = "SELECT count(*) FROM saved_song WHERE member_id = ?"


async def run(wire: ModuleType, filled: Path, folder: Path) -> list[Row]:
    """Each case has a process and a database of its own."""
    await asyncio.to_thread(folder.mkdir)
    return [
        *await _locked(wire, filled, folder / "locked"),
        *await _full(wire, filled, folder / "full"),
        *await _deleted(wire, filled, folder / "deleted"),
        *await _killed(wire, filled, folder / "killed"),
    ]


async def _card(on: Stage, guild: Any) -> Any:
    return await on.world.slash(guild.user, guild.channel, "ost", query=SNOW)


async def _save(on: Stage, guild: Any) -> Any:
    return await on.world.click(await _card(on, guild), label="♥ Save")


async def _locked(wire: ModuleType, filled: Path, folder: Path) -> list[Row]:
    """Another process holds the write lock: looking up goes on, what is saved is saved once the lock is gone."""
    async with stage(wire, filled, folder) as on:
        guild = await on.world.add_guild(channels=("ost",), members=2)
        await ready(on)
        card = await _card(on, guild)
        with closing(sqlite3.connect(folder / "ostinato.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            saving = asyncio.create_task(on.world.click(card, label="♥ Save"))
            read = told(await on.world.slash(guild.user, guild.channel, "ostsaved"), "♥")
            looked_up = told(await _card(on, guild), "First Snow")
            await asyncio.sleep(LOCKED_S)
            other.execute("ROLLBACK")
        pressed = told(await saving, "First Snow")
        await quiet(on)
        kept = on.rows(SAVES, guild.user.id)[0][0]
        after = told(await _save(on, guild), "already")
        return [
            Row("database locked for 10 s", "a look-up", ANSWER, looked_up),
            Row("database locked for 10 s", "a list read", ANSWER, read),
            Row("database locked for 10 s", "a song saved", f"{NOTICE}; kept once", f"{pressed}; {_times(kept)}"),
            Row("database locked for 10 s", "saved again after it", ANSWER, after),
            Row("database locked for 10 s", "anything else in the log", "nothing", on.unexplained()),
        ]


def _times(count: int) -> str:
    return "kept once" if count == 1 else f"kept {count} times"


def _limit_files(pid: int, size: int) -> None:
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


async def _full(wire: ModuleType, filled: Path, folder: Path) -> list[Row]:
    """No file may grow any more: what cannot be saved is said to be so, and is saved once there is room again."""
    async with stage(wire, filled, folder) as on:
        guild = await on.world.add_guild(channels=("ost",), members=2)
        await ready(on)
        before = told(await _save(on, guild), "First Snow")
        await asyncio.to_thread(_limit_files, on.bot.pid, 4096)
        looked_up = told(await _card(on, guild), "First Snow")
        pressed = told(await on.world.click(await _other_card(on, guild), label="♥ Save"), "Goblin")
        await asyncio.to_thread(_limit_files, on.bot.pid, resource.RLIM_INFINITY)
        after = told(await on.world.click(await _other_card(on, guild), label="♥ Save"), "is saved")
        kept = on.rows(SAVES, guild.user.id)[0][0]
        log = on.logged(guild.user.id)
        return [
            Row("disk full", "before", ANSWER, before),
            Row("disk full", "a look-up", ANSWER, looked_up),
            Row("disk full", "a song saved", f"{APOLOGY}; error with reference and traceback", f"{pressed}; {log}"),
            Row("disk full", "room again", f"{ANSWER}; 2 kept", f"{after}; {kept} kept"),
            Row("disk full", "anything else in the log", "nothing", on.unexplained(["reference"])),
        ]


async def _other_card(on: Stage, guild: Any) -> Any:
    return await on.world.slash(guild.user, guild.channel, "ost", query="song:stay-with-me")


async def _deleted(wire: ModuleType, filled: Path, folder: Path) -> list[Row]:
    """Somebody removes the file under the running bot."""
    async with stage(wire, filled, folder) as on:
        guild = await on.world.add_guild(channels=("ost",), members=2)
        await ready(on)
        for beside in ("", "-wal", "-shm"):
            (folder / f"ostinato.db{beside}").unlink(missing_ok=True)
        looked_up = told(await _card(on, guild), "First Snow")
        pressed = told(await _save(on, guild), "First Snow")
        await quiet(on)
        code = await on.bot.terminate(8)
        loud = f"{APOLOGY}; error with reference and traceback"  # better than to save into a file that nobody finds
        return [
            Row("file deleted while running", "a look-up", ANSWER, looked_up),
            Row("file deleted while running", "a song saved", loud, f"{pressed}; {on.logged(guild.user.id)}"),
            Row("file deleted while running", "stopped", "exit code 0", f"exit code {code}"),
        ]


async def _killed(wire: ModuleType, filled: Path, folder: Path) -> list[Row]:
    """Killed again and again while many members save at once: whoever was told that it is saved finds it."""
    rng, promised = random.Random(7), set[int]()
    async with stage(wire, filled, folder) as on:
        guild = await on.world.add_guild(channels=("ost",), members=KILLS * CROWD)
        await ready(on)
        members = [one.user for one in guild.members.values() if not one.user.is_bot]
        for number in range(KILLS):
            crowd = members[number * CROWD : (number + 1) * CROWD]
            cards = await asyncio.gather(*(on.world.slash(user, guild.channel, "ost", query=SNOW) for user in crowd))
            presses = [asyncio.create_task(on.world.click(card, label="♥ Save")) for card in cards]
            await asyncio.sleep(rng.uniform(0, 0.03))
            await on.bot.kill9()
            done = await asyncio.gather(*presses)
            promised |= {one.user.id for one in done if one.acked}
            await on.bot.restart()
        kept = {member_id for (member_id,) in on.rows("SELECT member_id FROM saved_song")}
        twice = on.rows("SELECT member_id FROM saved_song GROUP BY member_id, song_key HAVING count(*) > 1")
        sound = on.rows("PRAGMA integrity_check")[0][0]
        what, outcome = "killed while saving", f"{len(promised - kept)} lost, {len(twice)} doubled"
        return [
            Row(what, "what was promised", "0 lost, 0 doubled", outcome),
            Row(what, "the file", "ok", sound),
            Row(what, "anything else in the log", "nothing", on.unexplained()),
        ]
