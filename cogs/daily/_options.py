"""What admins choose from while they type, and what it means once they have chosen."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import discord
from discord import app_commands

from bot.client import Interaction, OstBot
from bot.domain.catalog import Kind, Song
from bot.domain.daily.places import likely_zones
from bot.domain.daily.pools import Pool, offered_pools
from bot.domain.daily.schedule import NotADate, NotAPool, NotATag
from bot.domain.daily.zones import ZoneIndex
from bot.domain.errors import NotFound
from bot.domain.lookup import QUERY_USED_MAX, choice_value, look_up
from bot.ui import daily as ui
from bot.ui.i18n import Language
from bot.ui.lookup import choice_name
from bot.ui.text import CHOICE_NAME_MAX, CHOICES_MAX, clip
from bot.ui.zone_names import zone_places

Choices = list[app_commands.Choice[str]]


class PostableChannel(app_commands.Transformer):
    """A channel as Discord names it; whether the bot sees it is asked later."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.forum, kinds.public_thread, kinds.news_thread, kinds.private_thread]

    async def transform(
        self,
        interaction: discord.Interaction,  # noqa: ARG002 - part of the library's signature
        value: app_commands.AppCommandChannel | app_commands.AppCommandThread,
        /,
    ) -> int:
        return value.id


class Options:
    def __init__(self, bot: OstBot) -> None:
        self.bot = bot

    @cached_property
    def zones(self) -> ZoneIndex:
        return ZoneIndex(zone_places())

    @cached_property
    def pools(self) -> list[tuple[Pool, int]]:
        return offered_pools(self.bot.catalog)

    def zone_choices(self, interaction: Interaction, typed: str) -> Choices:
        now = self.bot.now()
        keys = self.zones.search(typed, likely_zones(interaction.locale.value), CHOICES_MAX)
        return [app_commands.Choice(name=f"{key.replace('_', ' ')} · {_clock(now, key)}", value=key) for key in keys]

    def zone(self, typed: str) -> ZoneInfo:
        """Raises UnknownZone."""
        return ZoneInfo(self.zones.named(typed))

    def pool_choices(self, typed: str, say: Language) -> Choices:
        wanted = typed.casefold().strip()
        named = ((ui.pool_name(self.bot.catalog, pool, say), pool, size) for pool, size in self.pools)
        fitting = [one for one in named if wanted in one[0].casefold() or wanted in str(one[1]).casefold()]
        return [
            app_commands.Choice(name=clip(f"{name} ({size})", CHOICE_NAME_MAX), value=str(pool))
            for name, pool, size in fitting[:CHOICES_MAX]
        ]

    def pool(self, typed: str) -> Pool:
        """Raises NotAPool for what is none, and for one without a song."""
        try:
            pool = Pool.parse(typed)
        except ValueError:
            raise NotAPool(typed) from None
        if not any(pool == offered for offered, _ in self.pools):
            raise NotAPool(typed)
        return pool

    async def song_choices(self, typed: str, say: Language) -> Choices:
        catalog, index = self.bot.catalog, await self.bot.index.get()
        hits = index.complete(typed[:QUERY_USED_MAX])
        found = (catalog.find(hit.kind, hit.key) for hit in hits)
        songs: dict[str, Song] = {}
        for entity in found:
            if isinstance(entity, Song):
                songs.setdefault(entity.key, entity)
            elif entity:
                theirs = catalog.songs_of_drama(entity.key) or catalog.songs_by_artist(entity.key)
                songs |= {song.key: song for song in theirs if song.key not in songs}
        return [
            app_commands.Choice(name=choice_name(catalog, song, typed, say), value=choice_value(Kind.SONG, song.key))
            for song in list(songs.values())[:CHOICES_MAX]
        ]

    async def song(self, typed: str) -> Song:
        """A picked or a typed song; raises NotFound."""
        entity = look_up(self.bot.catalog, await self.bot.index.get(), typed).entity
        if not isinstance(entity, Song):
            raise NotFound(typed, tuple((Kind.SONG, song.key) for song in self._songs_of(entity.key)[:3]))
        return entity

    def _songs_of(self, key: str) -> list[Song]:
        return [*self.bot.catalog.songs_of_drama(key), *self.bot.catalog.songs_by_artist(key)]


def date_choices(first: date, typed: str) -> Choices:
    """The coming days that begin like what is typed."""
    days = (first + timedelta(days=n) for n in range(366))
    texts = [day.isoformat() for day in days if day.isoformat().startswith(typed.strip())]
    return [app_commands.Choice(name=text, value=text) for text in texts[:CHOICES_MAX]]


def date_to_come(typed: str, first: date) -> date:
    """Raises NotADate for what is none, or before ``first``."""
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise NotADate(typed) from None
    if day < first:
        raise NotADate(typed)
    return day


def tag_choices(tags: Sequence[discord.ForumTag], typed: str) -> Choices:
    """Those in whose names there is what is typed."""
    wanted = typed.casefold().strip()
    fitting = [tag for tag in tags if wanted in tag.name.casefold()]
    return [app_commands.Choice(name=_tag_name(tag), value=str(tag.id)) for tag in fitting[:CHOICES_MAX]]


def tag_named(tags: Sequence[discord.ForumTag], typed: str, channel_id: int) -> discord.ForumTag:
    """A picked tag of the channel's, or one whose name is typed; raises NotATag."""
    wanted = typed.casefold().strip()
    for tag in tags:
        if wanted in {str(tag.id), tag.name.casefold(), _tag_name(tag).casefold()}:
            return tag
    raise NotATag(channel_id, typed)


def _tag_name(tag: discord.ForumTag) -> str:
    own = tag.emoji is None or tag.emoji.is_custom_emoji()  # a choice shows no picture of a server's own
    return tag.name if own else f"{tag.emoji} {tag.name}"


def _clock(now: datetime, key: str) -> str:
    return f"{now.astimezone(UTC).astimezone(ZoneInfo(key)):%H:%M}"
