"""The bot: which cogs it has, in what order it starts, and where presses and errors go."""

import asyncio
import gc
import inspect
import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.cooldowns import Cooldowns
from bot.domain.errors import Outdated
from bot.domain.pacer import Pacer
from bot.metrics import Metrics
from bot.pacing import Turns, watch
from bot.registration import Registration
from bot.settings import Settings
from bot.store import Store
from bot.ui import errors
from bot.ui.components import Handler, handlers_of, read_custom_id
from bot.ui.i18n import CommandTranslator, Language, language

log = logging.getLogger(__name__)

COGS = (
    "cogs.lookup",
    "cogs.saved",
    "cogs.awards",
    "cogs.help",
    "cogs.privacy",
    "cogs.admin",
    "cogs.daily",
    "cogs.trivia",
)

STARTED = "started_s"  # in an interaction's extras: when it arrived, by the stop watch

LAST_ANSWERS_S = 1.0  # at the end; a service manager is told five, and games and picks need some of them
_ANSWERING = ("CommandTree-invoker", "discord.py: on_interaction")  # the library's names for tasks that answer people

Interaction = discord.Interaction["OstBot"]
AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu


def utc_now() -> datetime:
    return datetime.now(UTC)


def _paced(requests_per_s: int) -> dict[str, Any]:
    """The client's option that keeps all its requests to the limit; none where there is no limit."""
    return {"http_trace": watch(Turns(Pacer(requests_per_s)))} if requests_per_s else {}


class OstTree(app_commands.CommandTree["OstBot"]):
    """Commands for servers, direct messages and user installs, unless they say otherwise."""

    def __init__(self, client: "OstBot") -> None:
        super().__init__(
            client,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        errors.answer_for_suggestions()

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Refuses nobody; the library comes by here first, so the stop watch starts here."""
        interaction.extras[STARTED] = time.perf_counter()
        return True

    async def _call(self, interaction: Interaction) -> None:
        # The library tells nobody that suggestions were given, so they are counted around its own method.
        await super()._call(interaction)
        if interaction.type is discord.InteractionType.autocomplete:
            interaction.client.count_suggestions(interaction)

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        await interaction.client.tell(interaction, error)


class OstBot(commands.AutoShardedBot):
    """Ostinato on Discord. ``now`` is the clock; ``metrics`` counts what goes on, by default nothing."""

    tree: OstTree
    prepares_ahead = False
    """Whether it will stay for long, so that what may be needed later is made ready when nobody waits for it."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        now: Callable[[], datetime] = utc_now,
        metrics: Metrics | None = None,
    ) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # this bot never speaks in voice channels
        intents = discord.Intents(guilds=True, guild_messages=settings.message_content)
        intents.message_content = settings.message_content
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=OstTree,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            shard_count=settings.shard_count,
            **_paced(settings.requests_per_s),
        )
        self.shard_ids = list(settings.shard_ids) if settings.shard_ids else None
        self.settings = settings
        self.database = store.database
        self.catalog = store.catalog
        self.languages = store.languages
        self.now = now
        self.metrics = metrics or Metrics()
        self.index = store.index
        self.cooldowns = Cooldowns()
        self.cache_clears: list[Callable[[], None]] = []  # of whatever is made once and kept for the next who ask
        self._registration = Registration(self.tree, self.database, self._set_mentions)
        self.command_mentions: Mapping[str, str] = {}  # what can be clicked, by "ost" or "trivia play"
        self.was_ready = False
        self._actions: dict[str, Handler] = {}
        self._signatures: dict[str, inspect.Signature] = {}

    async def setup_hook(self) -> None:
        await self.tree.set_translator(CommandTranslator())
        for name in COGS:
            await self.load_extension(name)
        await self._registration.start()
        self.index.begin()  # not sooner: until here it would only share the processor with what READY waits for

    async def close(self) -> None:
        """Let the answers that are on their way arrive first."""
        answering = [task for task in asyncio.all_tasks() if task.get_name() in _ANSWERING]
        if answering and not self.is_closed():
            _, late = await asyncio.wait(answering, timeout=LAST_ANSWERS_S)
            for task in late:
                task.cancel()  # without a connection their answers could only fail
        await self._registration.stop()
        await super().close()

    async def on_ready(self) -> None:
        """Comes again after each reconnect that starts a new session."""
        if self.was_ready:
            self.metrics.reconnected("anew")
            self._let_go_of_old_session()
        self.was_ready = True
        log.info("Ready: %d servers, %d songs", len(self.guilds), len(self.catalog.songs))

    def _let_go_of_old_session(self) -> None:
        """Collect what is garbage though it was frozen: with a new session the library makes every server anew.

        Caches are emptied first. What they hold now would else be frozen too, and stay when they have let it go.
        """
        for clear in self.cache_clears:
            clear()
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    async def on_shard_resumed(self, _shard_id: int) -> None:
        self.metrics.reconnected("resumed")

    async def on_app_command_completion(self, interaction: Interaction, command: AnyCommand) -> None:
        self._count(interaction, command.qualified_name, "done")

    def count_suggestions(self, interaction: Interaction) -> None:
        """They failed if Discord was given none; why is in the log."""
        outcome = "done" if interaction.response.is_done() else errors.Outcome.FAILED.value
        self._count(interaction, self._name_of(interaction), outcome)

    def _count(self, interaction: Interaction, name: str, outcome: str) -> None:
        if started := interaction.extras.get(STARTED):
            self.metrics.answered(name, outcome, time.perf_counter() - started)

    def answer_presses(self, cog: commands.Cog) -> None:
        """Take the cog's methods marked with ``on_press`` as answers to components and modals."""
        handlers = handlers_of(cog)
        self._actions |= handlers
        # Working out a signature costs as much as sending the answer: once is enough.
        self._signatures |= {action: inspect.signature(handler) for action, handler in handlers.items()}

    def _set_mentions(self, ids: Mapping[str, int]) -> None:
        paths = [
            command.qualified_name for command in self.tree.walk_commands() if isinstance(command, app_commands.Command)
        ]
        roots = {path: ids.get(path.split()[0]) for path in paths}
        self.command_mentions = {path: f"</{path}:{root}>" for path, root in roots.items() if root}

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer presses, menus and submitted modals by their custom_id alone."""
        if interaction.type not in (discord.InteractionType.component, discord.InteractionType.modal_submit):
            return
        data: dict[str, Any] = dict(interaction.data or {})
        interaction.extras[STARTED] = time.perf_counter()
        try:
            await self._act(interaction, str(data.get("custom_id", "")))
            self._count(interaction, self._name_of(interaction), "done")
        except Exception as error:  # noqa: BLE001 - the door for errors takes them all
            await self.tell(interaction, error)

    async def _act(self, interaction: Interaction, custom_id: str) -> None:
        """Raises Outdated for what no version of this bot, or only an older one, can have put there."""
        action, arguments = read_custom_id(custom_id) or ("", [])
        handler = self._actions.get(action)
        if handler is None:
            raise Outdated(custom_id)
        try:
            self._signatures[action].bind(interaction, *arguments)
        except TypeError:
            raise Outdated(custom_id) from None
        await handler(interaction, *arguments)

    async def tell(self, interaction: Interaction, error: BaseException) -> None:
        """Take an error to the door: the log gets what is unexpected, whoever caused it a sentence."""
        outcome = await errors.answer(interaction, error, self.catalog, self.language_of(interaction))
        self._count(interaction, self._name_of(interaction), outcome.value)
        if outcome is errors.Outcome.NOT_FOUND:
            self.metrics.search_missed()

    def _name_of(self, interaction: Interaction) -> str:
        """A command's or a press's name, one of a few: anybody may forge an id."""
        if interaction.command:
            is_typing = interaction.type is discord.InteractionType.autocomplete
            return (
                f"{interaction.command.qualified_name} suggestions" if is_typing else interaction.command.qualified_name
            )
        data: dict[str, Any] = dict(interaction.data or {})
        action, _ = read_custom_id(str(data.get("custom_id", ""))) or ("", [])
        return f"press {action}" if action in self._actions else "press unknown"

    def language_of(self, interaction: Interaction) -> Language:
        """How to speak to whoever caused this: their own choice, else as their Discord is set."""
        return language(self.languages.members.get(interaction.user.id) or interaction.locale.value)

    def language_of_guild(self, guild: discord.Guild) -> Language:
        """How to speak to everybody in a server: as its admins chose, else as the server is set."""
        return language(self.languages.guilds.get(guild.id) or guild.preferred_locale.value)
