"""The connection to the gateway: broken off, told to come again, begun anew; and what happened meanwhile."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from .answers import ANSWER, SNOW, told
from .stage import Row, Stage, quiet, ready, stage, until

BACK_S = 45.0
PUT = "/applications/{application_id}/commands"


async def _dropped(on: Stage) -> None:
    await on.world.faults.drop()
    await _resumed(on)


async def _told_to_reconnect(on: Stage) -> None:
    await on.world.faults.reconnect()
    await _resumed(on)


async def _session_gone(on: Stage) -> None:
    await on.world.faults.invalidate()
    await _identified(on)


async def _session_kept(on: Stage) -> None:
    await on.world.faults.invalidate(resumable=True)
    await _resumed(on)


async def _closed_as_too_fast(on: Stage) -> None:
    await on.world.faults.drop(4008)
    await _resumed(on)


async def _closed_as_unknown(on: Stage) -> None:
    await on.world.faults.drop(4000)
    await _resumed(on)


async def _refused_for_a_while(on: Stage) -> None:
    on.world.faults.refuse(1)
    await on.world.faults.drop()
    await on.world.until(lambda: on.world.refused, BACK_S, "a try")
    await on.world.until(lambda: on.world.gateway.live, BACK_S, "a live session")


async def _second_ready(on: Stage) -> None:
    """The same process is told READY again, with all its servers."""
    await on.world.faults.invalidate()
    await _identified(on)
    await on.world.faults.invalidate()
    await _identified(on)


async def _resumed(on: Stage) -> None:
    count = len(on.world.resumes)
    await on.world.until(lambda: len(on.world.resumes) > count, BACK_S, "a resume")


async def _identified(on: Stage) -> None:
    count = len(on.world.identifies)
    await on.world.until(lambda: len(on.world.identifies) > count, BACK_S, "a new session")
    await on.world.until(lambda: on.world.gateway.live, BACK_S, "a live session")


CASES = {
    "dropped": _dropped,
    "told to reconnect": _told_to_reconnect,
    "session invalid": _session_gone,
    "session invalid, resumable": _session_kept,
    "closed with 4000": _closed_as_unknown,
    "closed with 4008": _closed_as_too_fast,
    "refused for a while": _refused_for_a_while,
    "a second READY": _second_ready,
}


async def run(wire: ModuleType, filled: Path, folder: Path, names: Iterable[str] = tuple(CASES)) -> list[Row]:
    """One process lives through all of it; after each, people are answered and their old messages work."""
    async with stage(wire, filled, folder) as on:
        guild = await on.world.add_guild(channels=("ost",), members=2)
        await ready(on)
        rows = [await _case(on, guild, name) for name in names]
        rows += [await _missed_presses(on, guild), await _server_left_meanwhile(on)]
        await quiet(on)
        sent = f"sent {len(on.world.calls('PUT', PUT))} times"
        rows.append(Row("gateway", "commands", "sent 1 times", sent))
        findings = "; ".join(on.world.findings()) or "nothing"
        rows.append(Row("gateway", "against Discord's rules", "nothing", findings))
        return [*rows, Row("gateway", "anything else in the log", "nothing", on.unexplained())]


async def _case(on: Stage, guild: Any, name: str) -> Row:
    card = await on.world.slash(guild.user, guild.channel, "ost", query="drama:goblin")
    await CASES[name](on)
    await on.world.gateway.barrier()
    pressed = await on.world.click(card, label="→")
    asked = await on.world.slash(guild.user, guild.channel, "ost", query=SNOW)
    seen = f"{told(pressed, 'Page 2 of 2')}, {told(asked, 'First Snow')}"
    return Row("gateway", name, f"{ANSWER}, {ANSWER}", seen)


async def _missed_presses(on: Stage, guild: Any) -> Row:
    """What members did in the moments without a connection comes after the resume: each is done once."""
    cards = [await on.world.slash(guild.user, guild.channel, "ost", query=SNOW) for _ in range(3)]
    count = len(on.world.resumes)
    await on.world.faults.drop()
    presses = await asyncio.gather(*(on.world.click(card, label="♥ Save") for card in cards))
    await on.world.until(lambda: len(on.world.resumes) > count, BACK_S, "a resume")
    await on.world.gateway.barrier()
    [(kept,)] = on.rows("SELECT count(*) FROM saved_song WHERE member_id = ?", guild.user.id)
    late = sum(press.failed for press in presses)
    seen = f"{len(presses) - late} answered, {late} unanswered, kept {kept} times"
    return Row("gateway", "resumed with missed presses", "3 answered, 0 unanswered, kept 1 times", seen)


async def _server_left_meanwhile(on: Stage) -> Row:
    """It throws the bot out while there is no session, so nobody tells: it is noticed when the next one begins."""
    other = await on.world.add_guild(channels=("ost",))
    await on.world.gateway.barrier()
    await on.world.slash(other.owner, other.channel, "ostadmin language", language="ko")  # something to remember
    on.world.faults.refuse(2)
    on.world.gateway.sessions.clear()
    await on.world.faults.drop()
    await on.world.leave(other)
    await _identified(on)
    await on.world.gateway.barrier()
    marked, farewell = "SELECT guild_id FROM left_guild", rf"Left server {other.id}"
    await until(lambda: on.rows(marked) and on.logged(farewell) != "nothing", BACK_S)  # the log is written last
    seen = "marked" if on.rows(marked) == [(other.id,)] else f"marked: {on.rows(marked)}"
    return Row("gateway", "left during an outage", "marked; info", f"{seen}; {on.logged(farewell)}")
