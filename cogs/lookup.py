"""``/ost`` and ``/ostrandom``, and every button that leads from card to card."""

from functools import lru_cache
from random import SystemRandom

from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.client import Interaction, OstBot
from bot.domain.catalog import Artist, Drama, Entity, Song
from bot.domain.lookup import (
    ANY_DECADE,
    DECADES,
    POOLS,
    QUERY_USED_MAX,
    choice_value,
    draw,
    entity_of,
    look_up,
)
from bot.domain.search import SearchIndex
from bot.ui import choices
from bot.ui import lookup as ui
from bot.ui.components import chosen_value, custom_id, number_of, on_press
from bot.ui.i18n import Language
from bot.ui.replies import Reply, give, turn

_KEPT = 512


class Lookup(commands.Cog):
    """Cards and suggestions are the same for everybody, so each is made once a language."""

    def __init__(self, bot: OstBot) -> None:
        self.bot = bot
        self.rng = SystemRandom()
        self.card = lru_cache(_KEPT)(self._card)
        self.answer = lru_cache(_KEPT)(self._answer)
        self.suggestions = lru_cache(_KEPT)(self._suggestions)
        bot.cache_clears += [cached.cache_clear for cached in (self.card, self.answer, self.suggestions)]

    @app_commands.command(name=_("ost"), description=_("Look up a drama, a song or an artist"))
    @app_commands.rename(query=_("query"))
    @app_commands.describe(query=_("In English or Korean: Goblin, 도깨비, Ailee"))
    async def ost(self, interaction: Interaction, query: str) -> None:
        index = await self.bot.index.get()
        await give(interaction, self.answer(index, query, self.bot.language_of(interaction)))

    @ost.autocomplete("query")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        index = await self.bot.index.get()
        return self.suggestions(index, typed[:QUERY_USED_MAX], self.bot.language_of(interaction))

    @app_commands.command(name=_("ostrandom"), description=_("A song drawn at random"))
    @app_commands.rename(pool=_("pool"), decade=_("decade"))
    @app_commands.describe(pool=_("Which songs to draw from: award winners if you say nothing"), decade=_("Years"))
    @app_commands.choices(
        pool=choices.POOLS,
        decade=[app_commands.Choice(name=decade, value=decade) for decade in DECADES],
    )
    async def ostrandom(self, interaction: Interaction, pool: str = POOLS[0], decade: str = ANY_DECADE) -> None:
        await give(interaction, self._drawn(pool, decade, self.bot.language_of(interaction)))

    @on_press("random")
    async def draw_another(self, interaction: Interaction, pool: str, decade: str) -> None:
        await turn(interaction, self._drawn(pool, decade, self.bot.language_of(interaction)))

    @on_press("open")
    async def open_card(self, interaction: Interaction, kind: str, key: str) -> None:
        entity = entity_of(self.bot.catalog, kind, key)
        await turn(interaction, self.card(entity, self.bot.language_of(interaction)))

    @on_press("pick")
    async def open_picked(self, interaction: Interaction, *_where: str) -> None:
        kind, _, key = chosen_value(interaction).partition(":")
        entity = entity_of(self.bot.catalog, kind, key)
        await turn(interaction, self.card(entity, self.bot.language_of(interaction)))

    @on_press("page")
    async def turn_page(self, interaction: Interaction, kind: str, key: str, page: str) -> None:
        entity = entity_of(self.bot.catalog, kind, key)
        await turn(interaction, self._card(entity, self.bot.language_of(interaction), number_of(page)))

    def _answer(self, index: SearchIndex, query: str, say: Language) -> Reply:
        found = look_up(self.bot.catalog, index, query)
        return ui.with_others(self.card(found.entity, say), self.bot.catalog, found.others, say)

    def _drawn(self, pool: str, decade: str, say: Language) -> Reply:
        song = draw(self.bot.catalog, pool, decade, self.rng)
        return ui.random_card(self.bot.catalog, song, say, again=custom_id("random", pool, decade))

    def _card(self, entity: Entity, say: Language, page: int = 0) -> Reply:
        match entity:
            case Song():
                return ui.song_card(self.bot.catalog, entity, say)
            case Drama():
                return ui.drama_card(self.bot.catalog, entity, say, page)
            case Artist():
                return ui.artist_card(self.bot.catalog, entity, say, page)

    def _suggestions(self, index: SearchIndex, typed: str, say: Language) -> list[app_commands.Choice[str]]:
        catalog = self.bot.catalog
        return [
            app_commands.Choice(name=ui.choice_name(catalog, entity, typed, say), value=choice_value(hit.kind, hit.key))
            for hit in index.complete(typed)
            if (entity := catalog.find(hit.kind, hit.key))
        ]


async def setup(bot: OstBot) -> None:
    cog = Lookup(bot)
    await bot.add_cog(cog)
    bot.answer_presses(cog)
