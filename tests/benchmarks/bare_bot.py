"""The barest discord.py bot that answers with the very payload it is given: the floor for ``tests.benchmarks.lookup``.

``BARE_CARD`` names a JSON file with the message to answer /ost with and the choices to answer autocomplete with.
"""

import json
import os
from pathlib import Path
from typing import Any

import discord
from discord import app_commands


def view_of(message: dict[str, Any]) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(message["components"]):
        for one in row["components"]:
            view.add_item(
                discord.ui.Button(
                    label=one.get("label"),
                    custom_id=one["custom_id"],
                    style=discord.ButtonStyle(one["style"]),
                    emoji=(one.get("emoji") or {}).get("name"),
                    row=number,
                )
            )
    return view


def main() -> None:
    given = json.loads(Path(os.environ["BARE_CARD"]).read_text("utf-8"))
    embed = discord.Embed.from_dict(given["message"]["embeds"][0])
    choices = [app_commands.Choice(**choice) for choice in given["choices"]]
    client = discord.AutoShardedClient(
        intents=discord.Intents(guilds=True),
        member_cache_flags=discord.MemberCacheFlags.none(),
        max_messages=None,
        allowed_mentions=discord.AllowedMentions.none(),
    )
    tree = app_commands.CommandTree(client)

    @tree.command(description="Look up a drama, a song or an artist")
    async def ost(interaction: discord.Interaction, query: str) -> None:  # noqa: ARG001 - the answer is always the same
        await interaction.response.send_message(embed=embed, view=view)

    @ost.autocomplete("query")
    async def suggest(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:  # noqa: ARG001 - likewise
        return choices

    @client.event
    async def setup_hook() -> None:
        nonlocal view
        view = view_of(given["message"])
        if os.environ.get("BARE_SYNC"):
            await tree.sync()

    view = discord.utils.MISSING
    client.run(os.environ["DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main()
