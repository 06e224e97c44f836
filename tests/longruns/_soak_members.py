"""What members do all day, one interaction at a time: they type, look up, and press whatever there is to press."""

import asyncio
import random
import re
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from tests.labelled import read_queries

_SHOWN = 400  # messages that somebody may still press something under
_MODAL, _BUTTON, _MENU = 9, 2, 3
_LINKS = (5, 6)
# Games have players of their own, and nobody deletes their data all day.
_LEFT_ALONE = re.compile(r"o1:(trivia-(answer|again|stop|skip|hint|type)|forgetme)")
_MESSAGE_KEPT_S = 600.0
_INTERACTION_KEPT_S = 60.0
_CHECKED_EVERY = 20  # of so many requests one is held against Discord's own description of it


class Members:
    """Acts at random, and keeps what came of it."""

    def __init__(self, world: Any, guilds: Sequence[Any], rng: random.Random) -> None:
        self.world, self.guilds, self.rng = world, guilds, rng
        self.queries = [one.text for one in read_queries()]
        self.shown: deque[Any] = deque(maxlen=_SHOWN)
        self.latencies_ms: list[float] = []
        self.done: Counter[str] = Counter()
        self.unanswered: list[tuple[str, float]] = []  # and when
        self.findings: list[str] = []
        self._kinds: dict[Callable[[], Awaitable[None]], int] = {
            self._type: 35,
            self._look_up: 20,
            self._press: 30,
            self._ask: 14,
            self._export: 1,
        }

    async def act(self) -> None:
        """One thing that one member does."""
        (kind,) = self.rng.choices(list(self._kinds), list(self._kinds.values()))
        await kind()

    def took(self, name: str, result: Any) -> Any:
        """Count an interaction; what it brought can be pressed from now on."""
        self.done[name] += 1
        if result.acked:
            self.latencies_ms.append(result.latency_ms)
        else:
            self.unanswered.append((name, time.time()))
        if result.message and result.message.controls:
            self.shown.append(result)
        return result

    def somebody(self) -> tuple[Any, Any]:
        guild = self.rng.choice(self.guilds)
        people = [one.user for one in guild.members.values() if not one.user.is_bot]
        return self.rng.choice(people), guild.channel

    def typo(self, text: str) -> str:
        """As often as not, a letter is left out, doubled or changed for its neighbour."""
        if len(text) < 3 or self.rng.random() < 0.5:
            return text
        at = self.rng.randrange(1, len(text) - 1)
        middle = self.rng.choice(("", text[at] * 2, text[at + 1] + text[at]))
        return text[:at] + middle + text[at + 1 :]

    async def _type(self) -> None:
        user, channel = self.somebody()
        command, option = self.rng.choice([("ost", "query")] * 8 + [("ostawards", "award"), ("osttop", "period")])
        query = self.typo(self.rng.choice(self.queries))
        query = query[: self.rng.randint(1, len(query))]
        result = await self.world.autocomplete(user, channel, command, focused=option, **{option: query})
        self.took(f"/{command} typing", result)

    async def _look_up(self) -> None:
        query = self.typo(self.rng.choice(self.queries))
        await self._slash("ost", query=query)

    async def _ask(self) -> None:
        command = self.rng.choice(
            ("ostrandom", "ostsaved", "ostawards", "osttop", "osttoday", "osthelp", "trivia scores", "trivia profile")
        )
        await self._slash(command)

    async def _slash(self, command: str, **options: Any) -> Any:
        user, channel = self.somebody()
        return self.took(f"/{command}", await self.world.slash(user, channel, command, **options))

    async def _export(self) -> None:
        """The long way to one's own data, as anybody has to go it."""
        result = await self._slash("osthelp")
        for custom_id in ("o1:privacy", "o1:exportme"):
            if result.message and any(control.get("custom_id") == custom_id for control in result.message.controls):
                result = self.took(custom_id, await self.world.click(result, custom_id=custom_id))

    async def _press(self) -> None:
        """Something under something that was shown lately; whoever got it presses it."""
        if not self.shown:
            return
        source = self.rng.choice(self.shown)
        controls = [one for one in source.message.controls if _can_be_pressed(one)]
        if not controls or source.message.deleted:
            return
        control = self.rng.choice(controls)
        custom_id = control["custom_id"]
        if control["type"] == _BUTTON:
            result = await self.world.click(source, custom_id=custom_id, user=source.user)
        else:
            value = self.rng.choice(control["options"])["value"]
            result = await self.world.select(source, value, custom_id=custom_id, user=source.user)
        self.took(f"press {custom_id.split(':')[1]}", result)
        if result.response_type == _MODAL:
            sent = await self.world.submit_modal(result, text="The year is wrong", source="https://example.com")
            self.took("form", sent)

    def forget(self) -> None:
        """Let the world forget what is long past, so that it is the bot's memory that is measured and not ours."""
        world, now = self.world, time.time()
        self.findings += self._findings()
        world.requests.clear()
        world.rule_errors.clear()
        for one in [one for one in world.interactions.values() if one.created < now - _INTERACTION_KEPT_S]:
            del world.interactions[one.id]
            world.tokens.pop(one.token, None)
        oldest = world.snowflake(now - _MESSAGE_KEPT_S)
        for message_id in [one for one in world.messages if one < oldest]:
            message = world.messages.pop(message_id)
            if not message.ephemeral and message.interaction:
                message.channel.messages.remove(message)

    def _findings(self) -> list[str]:
        requests = self.world.requests
        requests[:] = self.rng.sample(requests, -(-len(requests) // _CHECKED_EVERY))
        found: list[str] = self.world.findings()
        return found


def _can_be_pressed(control: dict[str, Any]) -> bool:
    is_kind = control["type"] in (_BUTTON, _MENU) and control.get("style") not in _LINKS
    return is_kind and not control.get("disabled") and not _LEFT_ALONE.match(control["custom_id"])


class Metronome:
    """Starts something so many times a second, whatever the last one is still waiting for; may pause."""

    def __init__(self, per_second: float) -> None:
        self.per_second = per_second
        self.failures: list[BaseException] = []
        self.open = asyncio.Event()
        self.open.set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, act: Callable[[], Awaitable[None]], for_s: float) -> None:
        """Returns when the time is over and all that was started has come to an end; what failed is kept."""
        ends = time.monotonic() + for_s
        due = time.monotonic()
        while time.monotonic() < ends:
            if not self.open.is_set():
                await self.open.wait()
                due = time.monotonic()  # what was due meanwhile does not come all at once
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            due += 1 / self.per_second
            self._start(act)
        await self.idle()

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _start(self, act: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.ensure_future(act())
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if error := task.exception():
            self.failures.append(error)
