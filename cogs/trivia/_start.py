"""How a game starts: whether it may here, in which channel it goes on, and for which running one it takes the place."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import discord

from bot.client import Interaction
from bot.domain.cooldowns import Limit
from bot.domain.permissions import needed_to_post
from bot.domain.trivia.errors import CannotWriteHere, GameOver, NotAMember
from bot.domain.trivia.rules import Rules
from bot.domain.trivia.settings import Settings
from bot.storage.trivia.rules import rules_of
from bot.ui import trivia as ui
from bot.ui.i18n import language
from bot.ui.replies import give, turn

from ._channel import open_thread, takes_threads
from ._host import Place
from ._play import Play
from ._show import Starter

OPENING_THREADS = Limit(times=1, per=timedelta(seconds=5))  # a double click opens one


class Start(Play):
    async def start(self, interaction: Interaction, settings: Settings, replaced_id: int = 0) -> None:
        """Start a game where the interaction came from, or in a thread of its own there, and say so there.

        The running game ``replaced_id`` makes room, if there is one. Raises GameRunning, NotYourGame,
        CannotWriteHere, NotAMember, and what the server's rules raise.
        """
        await self._check_start(interaction)
        opens_thread = settings.own_thread and takes_threads(interaction.channel)
        place = self._place(interaction, opens_thread=opens_thread)
        if replaced_id:
            await self._make_room(interaction, settings, replaced_id)
        if opens_thread:
            self.bot.cooldowns.use("trivia thread", OPENING_THREADS, interaction.user.id, self.bot.now())
            name = ui.title_of(settings.mode, language(place.language))
            place = replace(place, channel_id=await open_thread(self.bot, place.channel_id, name))
        hosted = await self.host.start(place, interaction.user.id, settings)
        self.host.show.starters[hosted.game.id] = Starter(interaction, self.bot.language_of(interaction))
        try:
            await self._close_panel(interaction, settings)
            await give(interaction, ui.started(hosted.game, language(place.language), elsewhere=opens_thread))
        finally:
            self.host.follow(hosted)

    async def rules(self, interaction: Interaction) -> Rules:
        return await rules_of(self.bot.database, interaction.guild_id) if interaction.guild_id else Rules()

    async def _check_start(self, interaction: Interaction) -> None:
        """Raises NotInThisChannel or NotYourRole, as the server's admins decided."""
        channel, user = interaction.channel, interaction.user
        ids = {interaction.channel_id or 0, getattr(channel, "parent_id", None) or 0}
        roles = {role.id for role in user.roles} if isinstance(user, discord.Member) else set()
        rules = await self.rules(interaction)
        rules.check_start(ids, roles, is_moderator=interaction.permissions.manage_messages)

    def _place(self, interaction: Interaction, *, opens_thread: bool) -> Place:
        if _only_brought_along(interaction):
            raise NotAMember
        if missing := _missing(interaction, opens_thread=opens_thread):
            raise CannotWriteHere(missing)
        say = self.bot.language_of_guild(interaction.guild) if interaction.guild else self.bot.language_of(interaction)
        return Place(interaction.channel_id or 0, interaction.guild_id, say.code)

    async def _make_room(self, interaction: Interaction, settings: Settings, game_id: int) -> None:
        """The running game ends and shows its end before the new one shows anything."""
        with suppress(GameOver):
            ended = await self.change(str(game_id), self.stopping(interaction))
            await self._close_panel(interaction, settings)
            await self.host.finish(ended)

    async def _close_panel(self, interaction: Interaction, settings: Settings) -> None:
        """Where *Start* was pressed on a private panel, that has done its work."""
        if interaction.message and interaction.message.flags.ephemeral and not interaction.response.is_done():
            await turn(interaction, ui.on_its_way(settings, self.bot.language_of(interaction)))


def _only_brought_along(interaction: Interaction) -> bool:
    """Whether a member has the bot on their account where it is not a member itself: it can answer, but not post."""
    if interaction.guild_id is None:
        return bool(interaction.context.private_channel)
    return interaction.is_user_integration() and not interaction.is_guild_integration()


def _missing(interaction: Interaction, *, opens_thread: bool) -> tuple[str, ...]:
    """Discord's names of the permissions that a game needs and the bot lacks."""
    if interaction.guild_id is None:
        return ()
    needed = needed_to_post(in_thread=opens_thread or isinstance(interaction.channel, discord.Thread))
    if opens_thread:
        needed += ("create_public_threads",)
    return tuple(name for name in needed if not getattr(interaction.app_permissions, name))
