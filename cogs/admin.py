"""``/ostadmin``: what a server's admins decide. Who may use it is set in the server's Integrations."""

from dataclasses import replace

import discord
from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.client import Interaction, OstBot
from bot.domain.errors import Gone, NotAllowed, OnlyInServer
from bot.domain.trivia.settings import ROUNDS_MOST, SECONDS_LEAST, SECONDS_MOST
from bot.storage import members
from bot.storage.trivia import boards
from bot.storage.trivia.rules import rules_of, save_rules
from bot.ui import choices
from bot.ui import trivia as trivia_ui
from bot.ui.components import number_of, on_press
from bot.ui.help import AUTOMATIC, server_language_set
from bot.ui.i18n import LANGUAGE_NAMES
from bot.ui.replies import give, turn


@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
class Admin(commands.GroupCog, group_name=_("ostadmin"), group_description=_("How I behave in this server")):
    def __init__(self, bot: OstBot) -> None:
        self.bot = bot

    @app_commands.command(name=_("language"), description=_("The language of what I post in this server"))
    @app_commands.rename(choice=_("language"))
    @app_commands.describe(choice=_("Replies to a member always follow that member's own language"))
    @app_commands.choices(
        choice=[
            app_commands.Choice(name=_("As the server is set"), value=AUTOMATIC),
            *(app_commands.Choice(name=name, value=code) for code, name in LANGUAGE_NAMES.items()),
        ]
    )
    async def language(self, interaction: Interaction, choice: str) -> None:
        if interaction.guild_id is None:
            raise OnlyInServer
        if choice not in {AUTOMATIC, *LANGUAGE_NAMES}:
            raise Gone(choice)
        code = None if choice == AUTOMATIC else choice
        await members.set_guild_language(self.bot.database, interaction.guild_id, code)
        self.bot.languages.choose_for_guild(interaction.guild_id, code)
        await give(interaction, server_language_set(code, self.bot.language_of(interaction)), private=True)

    @app_commands.command(name=_("trivia"), description=_("Where and how trivia is played in this server"))
    @app_commands.rename(
        channel=_("channel"),
        role=_("role"),
        mode=_("mode"),
        rounds=_("rounds"),
        seconds=_("seconds"),
        pool=_("pool"),
        change=_("change"),
        thread=_("thread"),
    )
    @app_commands.describe(
        channel=_("Adds a channel to those where games may be played, or takes it out; none means everywhere"),
        role=_("Who may start games; @everyone for all"),
        mode=_("How games go if nobody says otherwise"),
        rounds=_("How many questions if nobody says otherwise"),
        seconds=_("Time for each question if nobody says otherwise"),
        pool=_("What games are about if nobody says otherwise"),
        change=_("Whether an answer may be changed until time is up"),
        thread=_("Whether each game has a thread of its own if nobody says otherwise"),
    )
    @app_commands.choices(mode=choices.TRIVIA_MODES, pool=choices.POOLS)
    async def trivia(  # noqa: PLR0913, PLR0917 (an option of the command each)
        self,
        interaction: Interaction,
        channel: discord.TextChannel | None = None,
        role: discord.Role | None = None,
        mode: str | None = None,
        rounds: app_commands.Range[int, 1, ROUNDS_MOST] | None = None,
        seconds: app_commands.Range[int, SECONDS_LEAST, SECONDS_MOST] | None = None,
        pool: str | None = None,
        change: bool | None = None,  # noqa: FBT001 (the library hands options over by name)
        thread: bool | None = None,  # noqa: FBT001 (likewise)
    ) -> None:
        if interaction.guild_id is None:
            raise OnlyInServer
        before = await rules_of(self.bot.database, interaction.guild_id)
        rules = before.with_channel_toggled(channel.id) if channel else before
        if role:
            rules = replace(rules, starter_role_id=None if role.is_default() else role.id)
        usual = rules.settings
        settings = replace(
            usual.with_choices(mode, rounds, seconds, pool),
            may_change=usual.may_change if change is None else change,
            own_thread=usual.own_thread if thread is None else thread,
        )
        rules = replace(rules, settings=settings)
        if rules != before:
            await save_rules(self.bot.database, interaction.guild_id, rules)
        await give(interaction, trivia_ui.rules_card(rules, self.bot.language_of(interaction)), private=True)

    @app_commands.command(name=_("reset"), description=_("Take points off this server's trivia scoreboard"))
    @app_commands.rename(member=_("member"))
    @app_commands.describe(member=_("Whose points; everybody's if you say nothing"))
    async def reset(self, interaction: Interaction, member: discord.User | None = None) -> None:
        question = trivia_ui.reset_question(member.id if member else None, self.bot.language_of(interaction))
        await give(interaction, question, private=True)

    @on_press("trivia-reset")
    async def confirm_reset(self, interaction: Interaction, user_id: str) -> None:
        say = self.bot.language_of(interaction)
        if interaction.guild_id is None:
            raise OnlyInServer
        if not interaction.permissions.manage_guild:
            raise NotAllowed(say("Manage Server"))
        await boards.reset(self.bot.database, interaction.guild_id, number_of(user_id) or None)
        await turn(interaction, trivia_ui.reset_done(say))


async def setup(bot: OstBot) -> None:
    cog = Admin(bot)
    await bot.add_cog(cog)
    bot.answer_presses(cog)
