"""Answers to people: every kind of interaction, every way in which Discord fails to take the answer."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from .kinds import Kind, Target, arm
from .stage import Row, Stage, quiet, ready, stage

SNOW = "song:i-will-go-to-you-like-the-first-snow"
UNKNOWN_INTERACTION = 10062
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"

ANSWER, APOLOGY, NOTICE = "the answer", "an apology with a reference", "Discord's own notice"
# What people see of it, and what the log says. Discord shows its notice by itself where no answer came in time.
EXPECTED = {
    Kind.BAD_REQUEST: (APOLOGY, "error with reference and traceback"),  # the bot's own mistake
    Kind.UNAUTHORIZED: (APOLOGY, "warning with reference"),
    Kind.FORBIDDEN: (APOLOGY, "warning with reference"),
    Kind.NOT_FOUND: (NOTICE, "info"),
    Kind.LIMITED: (ANSWER, "nothing"),
    Kind.BLOCKED: (APOLOGY, "warning with reference"),
    Kind.SERVER_ERROR: (ANSWER, "nothing"),
    Kind.BAD_GATEWAY: (ANSWER, "nothing"),
    Kind.TIMEOUT: (NOTICE, "info"),
    Kind.CUT_BEFORE: (APOLOGY, "warning with reference"),
    Kind.CUT_AFTER: (ANSWER, "warning with reference"),
}

Act = Callable[[Any, Any, Any], Awaitable[Any]]


async def look_up(world: Any, user: Any, channel: Any) -> Any:
    return await world.slash(user, channel, "ost", query=SNOW)


async def card(world: Any, user: Any, channel: Any) -> Any:
    return await world.slash(user, channel, "ost", query="drama:goblin")


async def form(world: Any, user: Any, channel: Any) -> Any:
    return await world.click(
        await world.click(await look_up(world, user, channel), label="⋯"), label="Report a mistake"
    )


async def dots(world: Any, user: Any, channel: Any) -> Any:
    return await world.click(await look_up(world, user, channel), label="⋯")


# What is done beforehand, what then fails, a word of its answer, and what must be in the database exactly once.
SCENES: dict[str, tuple[Act | None, Callable[[Any, Any, Any, Any], Awaitable[Any]], str, str | None]] = {
    "a command": (None, lambda world, _, user, channel: look_up(world, user, channel), "First Snow", None),
    "suggestions": (
        None,
        lambda world, _, user, channel: world.autocomplete(user, channel, "ost", focused="query", query="goblin"),
        "",
        None,
    ),
    "a page turned": (card, lambda world, before, *_: world.click(before, label="→"), "Page 2 of 2", None),
    "a song saved": (
        look_up,
        lambda world, before, *_: world.click(before, label="♥ Save"),
        "First Snow",
        "SELECT count(*) FROM saved_song WHERE member_id = ?",
    ),
    "a form opened": (dots, lambda world, before, *_: world.click(before, label="Report a mistake"), "", None),
    "a form sent": (
        form,
        lambda world, before, *_: world.submit_modal(before, text="It was 2018"),
        "Thank you",
        "SELECT count(*) FROM correction WHERE member_id = ?",
    ),
}


def told(result: Any, word: str) -> str:
    """What the person sees."""
    if result.failed:
        return NOTICE
    text = result.message.text if result.message else ""
    seen = APOLOGY if re.search(r"`[0-9a-f]{6}`", text) else ANSWER if word in text else f"something else: {text[:80]}"
    return seen + f" and {len(result.followups)} more" * bool(result.followups)


async def run(wire: ModuleType, filled: Path, folder: Path) -> list[Row]:
    """The rows of every scene and kind, all at once in servers of their own."""
    async with stage(wire, filled, folder) as on:
        await ready(on)
        judges = await asyncio.gather(*(_case(on, name, kind) for name in SCENES for kind in Kind))
        await quiet(on)
        rows = [judge() for judge in judges]
        left = on.unexplained([r"reference [0-9a-f]{6}"])
        return [*rows, Row("answers", "anything else in the log", "nothing", left)]


async def _case(on: Stage, name: str, kind: Kind) -> Callable[[], Row]:
    before, act, word, kept = SCENES[name]
    guild = await on.world.add_guild(channels=("ost",), members=1)
    await on.world.gateway.barrier()
    user, channel = guild.user, guild.channel
    shown = await before(on.world, user, channel) if before else None
    target = Target("POST", f"/interactions/{channel.id}/callback", UNKNOWN_INTERACTION, too_late=UNKNOWN_INTERACTION)
    fault = arm(on.world, kind, target)
    result = await act(on.world, shown, user, channel)

    def judge() -> Row:
        count = on.rows(kept, user.id)[0][0] if kept else 1
        seen = [told(result, word), on.logged(user.id), "kept once" if count == 1 else f"kept {count} times"]
        seen += [] if fault.hits == 1 else [f"the fault was hit {fault.hits} times"]
        return Row(f"{CALLBACK}: {name}", kind, "; ".join([*_expected(name, kind), "kept once"]), "; ".join(seen))

    return judge


def _expected(name: str, kind: Kind) -> tuple[str, str]:
    """Suggestions have no room for an apology: the list says that it could not be loaded."""
    people, log = EXPECTED[kind]
    return (NOTICE, log) if name == "suggestions" and people == APOLOGY else (people, log)
