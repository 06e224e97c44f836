"""``/ostadmin``: what a server's admins decide. Who may use it is set in the server's Integrations."""

from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.client import Interaction, OstBot
from bot.domain.errors import Gone, OnlyInServer
from bot.storage import members
from bot.ui.help import AUTOMATIC, server_language_set
from bot.ui.i18n import LANGUAGE_NAMES
from bot.ui.replies import give


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


async def setup(bot: OstBot) -> None:
    await bot.add_cog(Admin(bot))
