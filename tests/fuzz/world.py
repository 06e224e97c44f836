"""The whole bot before two servers, and everything that it does about what is thrown at it.

Interactions come as Discord's gateway sends them and go through discord.py, the command tree and the bot's own doors.
What is left out is only the simulation's waiting for games and timers that no answer depends on.
"""

import asyncio
import json
import logging
import shutil
import tempfile
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import simcord
from simcord import interactions
from simcord.backend import serializers

from bot.client import OstBot
from bot.domain.catalog import Catalog
from bot.domain.cooldowns import Cooldowns
from bot.domain.members import Correction, Languages
from bot.domain.search import SearchIndex
from bot.domain.trivia.game import Phase
from bot.domain.trivia.rules import Rules
from bot.settings import Secret, Settings
from bot.storage import members
from bot.storage.database import Database
from bot.storage.trivia.rules import save_rules
from bot.store import BackgroundIndex, Store
from tests.fuzz.events import CHANNEL, INTEGER, STRING, Event, Kind, Known, Option, Who
from tests.fuzz.scene import SECRET, TOKEN, Scene, Seat
from tests.fuzz.watch import Watch

T = TypeVar("T")
SNOW = "i-will-go-to-you-like-the-first-snow"
REFRESH_EVERY = 200
ANSWER_MAX_S = 30
_ADMINS = (Who.ADMIN, Who.OTHER_ADMIN)


@dataclass(frozen=True)
class Done:
    """What came of an event: the requests that answered it, and what went wrong on the way."""

    event: Event
    sent: str
    requests: list[Any]
    answered: bool
    complaints: list[str]


class _Errors(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


class World:
    """Made by :func:`world`; ``throw`` is all that a test needs."""

    env: simcord.Env
    bot: OstBot
    scene: Scene
    watch: Watch
    commands: dict[str, Any]
    cards: dict[tuple[Who, bool], int]

    def __init__(self, runner: asyncio.Runner, store: Store, file: Path, errors: _Errors) -> None:
        self._runner, self._store, self._errors = runner, store, errors
        self._thrown, self._file, self.folder = 0, file, file.parent
        self.refreshes = True
        self.known: dict[Known, str] = {}

    @property
    def _host(self) -> Any:
        return self.bot.get_cog("Trivia").host  # type: ignore[union-attr] # it is one of the bot's

    def throw(self, event: Event) -> Done:
        """Let it happen and wait for the answer."""
        self._thrown += 1
        if self.refreshes and self._thrown % REFRESH_EVERY == 0:
            self._runner.run(self.refresh())
        return self._runner.run(self._throw(event))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something in the simulation."""
        return self._runner.run(work)

    def game(self, name: Known) -> Any:
        """A game as it is stored."""
        return self.run(self._host.games.find(int(self.known[name]))).game

    # Setting up

    async def open(self) -> None:
        self.bot = OstBot(Settings(discord_token=Secret(TOKEN)), self._store)
        self.env = simcord.Env(self.bot, shard_count=1)
        await self.env.start()
        self.bot.now = self.env.now
        self._host.sign_of_life_s = 3600
        self.scene = Scene(self.env)
        await self.env.settle()
        seen = self.env.backend.visible_commands(user_id=self.scene.cha.id, channel_id=self.scene.spare.id)
        self.commands = {str(command["name"]): dict(command) for command in seen}
        guild_ids = (self.scene.guild.id, self.scene.other_guild.id)
        self.watch = Watch(self._file, guild_ids, self.scene.bea.id)
        self.cards = {}
        for who in Who:
            await self._deal(who)
        await self._plant()

    async def close(self) -> None:
        self.watch.close()
        await self.env.shutdown()

    async def _deal(self, who: Who) -> None:
        """Messages to press: the answer to the presser's own command, and to somebody else's."""
        seat = self.scene.seats[who]
        for own in (True, False):
            record = await self._deliver(
                seat, Kind.COMMAND, Event(Kind.COMMAND, who, ("ost",), (_option("query", "goblin"),)).data(self)
            )
            message = self.env.backend.get_message(seat.channel.id, record.message_id)
            if not own:
                message.interaction_metadata = None
            self.cards[who, own] = message.id

    async def _plant(self) -> None:
        """What nobody who asks may see or change."""
        database, now = self._store.database, self.env.now()
        await members.save_song(database, self.scene.bea.id, SNOW, now)
        for who in (self.scene.bea, self.scene.dee):
            await members.add_correction(database, Correction(SNOW, who.id, SECRET, now, None))
        await self.refresh()
        ended = int(self.known[Known.GAME])
        self.known[Known.ENDED_GAME] = str(ended)
        await self._host.games.change(ended, lambda game: game.stop(0, now, is_moderator=True))
        await self._host.show.go_on(ended)
        await self.refresh()

    async def refresh(self) -> None:
        """Daily picks and games again where they have ended, and which those are."""
        scene, known = self.scene, self.known
        for who in _ADMINS:
            seat = scene.seats[who]
            await save_rules(self._store.database, seat.guild.id, Rules())  # type: ignore[union-attr] # not a DM
            await self._prepare_daily(who)
        for seat, who, mode, name in (
            (Seat(scene.bea, scene.here, scene.guild), Who.MEMBER, "quiz", Known.GAME),
            (Seat(scene.bea, scene.typed, scene.guild), Who.MEMBER, "type", Known.TYPED_GAME),
            (scene.seats[Who.OTHER_MEMBER], Who.OTHER_MEMBER, "quiz", Known.OTHER_GAME),
        ):
            game = await self._running(seat, who, mode)
            known[name], known[Known.ROUND] = str(game.id), str(game.round.number)
        known[Known.BEA], known[Known.DEE] = str(scene.bea.id), str(scene.dee.id)
        known[Known.OTHER_CHANNEL], known[Known.OTHER_GUILD] = str(scene.elsewhere.id), str(scene.other_guild.id)
        known[Known.TODAY] = f"{self.env.now():%Y-%m-%d}"
        self.watch.look()

    async def _prepare_daily(self, who: Who) -> None:
        """A pick that will not be due before the run is over, a queue and an exclusion."""
        time = f"{self.env.now() + timedelta(hours=12):%H:%M}"
        setup = (Option("channel", CHANNEL, 0), _option("time", time), _option("timezone", "Etc/UTC"))
        for words, options in (
            ("setup", setup),
            ("queue", (_option("song", f"song:{SNOW}"),)),
            ("exclude", (_option("song", "song:stay-with-me"),)),
        ):
            data = Event(Kind.COMMAND, who, ("dailypick", words), options).data(self)
            await self._deliver(self.scene.seats[who], Kind.COMMAND, data)

    async def _running(self, seat: Seat, who: Who, mode: str) -> Any:
        """The channel's game with a new question. Whoever sits there has answered the one before."""
        host, channel_id = self._host, seat.channel.id
        found = await host.games.running_in(channel_id)
        if found is None:
            options = (_option("mode", mode), Option("rounds", INTEGER, 30), Option("seconds", INTEGER, 60))
            data = Event(Kind.COMMAND, who, ("trivia", "play"), options).data(self)
            await self._deliver(seat, Kind.COMMAND, data)
            found = await host.games.running_in(channel_id)
        while found.game.phase is not Phase.ASKED:  # its own timer waits for the simulation's clock
            found = await host.show.go_on(found.game.id)
        if mode == "quiz":
            press = {"custom_id": f"o1:trivia-answer:{found.game.id}:{found.game.round.number}:0", "component_type": 2}
            await self._deliver(seat, Kind.PRESS, press, card=self.cards[who, False])
            found = await host.show.go_on(found.game.id)
            found = await host.show.go_on(found.game.id) if found else await self._running(seat, who, mode)
        return getattr(found, "game", found)

    # Throwing

    async def _throw(self, event: Event) -> Done:
        data = event.data(self)
        self.bot.cooldowns = Cooldowns()  # that somebody is quick is not the question here
        self._errors.texts.clear()
        self.env.backend.http_requests.clear()
        self.env.backend.transcript.clear()
        card = self.cards[event.who, event.own_message] if event.kind in (Kind.PRESS, Kind.FORM) else None
        record = await self._deliver(self.scene.seats[event.who], event.kind, data, event.locale, card)
        requests = [one for one in self.env.backend.http_requests if record.token in one.path]
        answered = record.autocomplete_choices is not None if event.kind is Kind.TYPING else record.responded
        complaints = [*self._errors.texts, *self.watch.damage(by_admin=event.who in _ADMINS)]
        return Done(event, json.dumps(data, ensure_ascii=False), requests, answered, complaints)

    async def _deliver(self, seat: Seat, kind: Kind, data: Any, locale: str = "en-US", card: int | None = None) -> Any:
        backend, guild_id = self.env.backend, seat.guild.id if seat.guild else None
        place = {"channel_id": seat.channel.id, "guild_id": guild_id, "user_id": seat.actor.id}
        record, payload = interactions.base_payload(backend, type=kind, data=data, **place)
        payload["locale"] = locale
        if card:
            message = backend.get_message(seat.channel.id, card)
            payload["message"] = dict(serializers.message_payload(backend, message))
            record.source_message_id = card
        before = asyncio.all_tasks()
        backend.emit("INTERACTION_CREATE", payload)
        async with asyncio.timeout(ANSWER_MAX_S):
            await asyncio.gather(*asyncio.all_tasks() - before)
        return record


def _option(name: str, value: str) -> Option:
    return Option(name, STRING, value)


@contextmanager
def world(filled_database: Path, catalog: Catalog, index: SearchIndex) -> Iterator[World]:
    """A bot on a copy of the database, and its two servers."""
    errors = _Errors()
    logging.getLogger().addHandler(errors)
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        file = Path(shutil.copy(filled_database, folder))
        database = runner.run(Database.open(f"sqlite+aiosqlite:///{file}"))
        made = World(runner, Store(database, catalog, BackgroundIndex(catalog, index), Languages()), file, errors)
        try:
            runner.run(made.open())
            yield made
        finally:
            runner.run(made.close())
            runner.run(database.close())
            logging.getLogger().removeHandler(errors)
