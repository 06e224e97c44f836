"""Telling a server that its picks cannot be posted: each request failing in every way, one after the other, for nothing
in the first of them says whom it is about. The clock runs twenty times as fast."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.domain.daily.schedule import Plan, Setup
from bot.storage import daily
from bot.storage.database import Database
from tests.wire.daily import NINE, START, posts

from .kinds import Kind, Target, arm
from .stage import Row, Stage, quiet, ready, stage, until

HANGS_S = 6.0  # two minutes of the bot's clock
PATIENCE_S = 45.0
UNKNOWN_USER = 10013
SETTLED = "SELECT id FROM daily_schedule WHERE guild_id = ? AND trouble = 'no_permission' AND told"
_TOLD, _NOBODY = "1 notice; info; settled", "0 notices; info; settled"  # who cannot be told is not asked for ever


@dataclass(frozen=True)
class Scene:
    """A route, what it is for, and its request about the direct messages with an admin."""

    route: str
    what: str
    target: Callable[[Any], Target]
    expected: Mapping[Kind, str]


EXPECTED = dict.fromkeys(Kind, _TOLD) | {
    **dict.fromkeys((Kind.BAD_REQUEST, Kind.FORBIDDEN, Kind.NOT_FOUND), _NOBODY),
    **dict.fromkeys((Kind.SERVER_ERROR, Kind.BAD_GATEWAY, Kind.TIMEOUT), "1 notice; nothing; settled"),
    Kind.LIMITED: "1 notice; warning; settled",
}
SCENES = (
    Scene(
        "POST /users/@me/channels",
        "direct messages opened to tell of trouble",
        lambda _direct: Target("POST", "/users/@me/channels", UNKNOWN_USER, HANGS_S),
        EXPECTED | {Kind.LIMITED: "1 notice; nothing; settled"},  # the library's warning names nobody
    ),
    Scene(
        "POST /channels/{channel_id}/messages",
        "the notice of trouble",
        lambda direct: Target("POST", f"/channels/{direct.id}/messages", hangs_s=HANGS_S),
        EXPECTED,
    ),
)


async def run(wire: ModuleType, filled: Path, folder: Path) -> list[Row]:
    """The rows of every scene and kind, each in a server of its own."""
    async with stage(wire, filled, folder, wire.FakeTime(START.timestamp(), 20)) as on:
        cases = [(scene, kind, await on.world.add_guild(channels=("ost",))) for scene in SCENES for kind in Kind]
        for _, _, guild in cases:
            await on.world.set_overwrite(guild.channel, guild.bot_role, deny=wire.Perm.SEND)
        await ready(on)
        database = await Database.open(f"sqlite:///{folder}/ostinato.db")
        judges = [await _case(on, database, *case) for case in cases]
        await database.close()
        await quiet(on, 2)
        return [
            *(judge() for judge in judges),
            Row("notices", "anything else in the log", "nothing", on.unexplained()),
        ]


async def _case(on: Stage, database: Database, scene: Scene, kind: Kind, guild: Any) -> Callable[[], Row]:
    direct = on.world.dm_channel(guild.owner)
    fault = arm(on.world, kind, scene.target(direct))
    setup = Setup(channel_id=guild.channel.id, set_up_by=guild.owner.id)
    plan = Plan.starting(guild.id, setup, NINE, START - timedelta(hours=1))
    await daily.change_plan(database, guild.id, lambda _: plan)
    is_settled = await until(lambda: on.rows(SETTLED, guild.id), PATIENCE_S)

    def judge() -> Row:
        count = len(direct.bot_messages)
        seen = [f"{count} notice" + "s" * (count != 1), on.logged(guild.id, direct.id)]
        seen += ["settled" if is_settled else "owed"]
        seen += ["a pick all the same"] * bool(posts(guild.channel))
        seen += [] if fault.hits == 1 else [f"the fault was hit {fault.hits} times"]
        return Row(f"{scene.route}: {scene.what}", kind, scene.expected[kind], "; ".join(seen))

    return judge
