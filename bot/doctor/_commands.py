"""Whether Discord has the commands that this version of the bot offers."""

from importlib import import_module

import discord
from discord.ext import commands

from bot.client import COGS, OstTree
from bot.registration import commands_digest, commands_name
from bot.settings import Settings
from bot.storage.errors import DatabaseError
from bot.storage.inspection import stored_text

from ._findings import Finding, ok, warning

_REMEDY = "The next start of the bot registers them. If it was started since, its log says what kept it from that."


async def look_at_commands(settings: Settings, client: discord.Client) -> list[Finding]:
    """Compare with what Discord lists, and with the hash of what it was last sent."""
    tree = tree_without_cogs(client)
    offered = {command.name for command in tree.get_commands()}
    registered = {command.name for command in await tree.fetch_commands()}
    if missing := sorted(offered - registered):
        return [warning("commands", f"Discord lacks /{', /'.join(missing)}.", _REMEDY)]
    if spare := sorted(registered - offered):
        return [warning("commands", f"Discord still lists /{', /'.join(spare)}.", _REMEDY)]
    if await _last_sent(settings, commands_name(client.application_id)) != await commands_digest(tree):
        return [warning("commands", "They changed since they were last registered from this database.", _REMEDY)]
    return [ok("commands", f"Discord has all {len(offered)}.")]


async def _last_sent(settings: Settings, name: str) -> str | None:
    try:
        return await stored_text(settings.database_url, name)
    except DatabaseError:  # told of elsewhere
        return None


def tree_without_cogs(client: discord.Client) -> OstTree:
    """Every command of the bot, though no cog is set up: a cog may begin to work when it is loaded."""
    tree = OstTree(client)  # type: ignore[arg-type] # a tree that answers nobody needs no bot of ours
    for name in COGS:
        for kind in _cogs_in(name):
            # Made but not initialised: the library collects a cog's commands before that.
            cog = kind.__new__(kind)
            group = cog.app_command
            for command in [group] if isinstance(group, discord.app_commands.Group) else cog.get_app_commands():
                tree.add_command(command)
    return tree


def _cogs_in(name: str) -> list[type[commands.Cog]]:
    """The cogs of an extension, without those that are only a part of another."""
    kinds = [
        kind
        for kind in vars(import_module(name)).values()
        if isinstance(kind, type) and issubclass(kind, commands.Cog) and kind.__module__.startswith(name)
    ]
    return [kind for kind in kinds if not any(kind in other.__mro__[1:] for other in kinds)]
