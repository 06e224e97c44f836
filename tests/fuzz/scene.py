"""Two servers and a direct message: who is in them, and which words of each are the others' business by no means."""

from dataclasses import dataclass
from typing import Any

import discord
import simcord

from tests.fuzz.events import CHANNEL, USER, Who

TOKEN = "MARK-the-bots-own-token"  # noqa: S105 - of no bot
SECRET = "MARK-told-in-confidence"  # noqa: S105 - a text to be looked for
_HOSTILE_NAME = "**evil** [evil](https://evil.example)"[:32]
_MANAGER = discord.Permissions(manage_guild=True)


@dataclass(frozen=True)
class Seat:
    """Who sits where; no guild in direct messages."""

    actor: Any
    channel: simcord.ChannelHandle
    guild: simcord.GuildHandle | None


class Scene:
    """Ann, Bea and Cha share a server, Dee and Eve another; Cha and Eve manage theirs. Bea only ever plays."""

    def __init__(self, env: simcord.Env) -> None:
        self.guild, self.other_guild = (
            env.create_guild("K-drama <@&1> @everyone"),
            env.create_guild("MARK-other-server"),
        )
        self.here, self.typed, self.spare = (self.guild.create_text_channel(name) for name in ("ost", "typed", "spare"))
        self.news, self.forum = self.guild.create_news_channel("news"), self.guild.create_forum_channel("forum")
        self.elsewhere = self.other_guild.create_text_channel("mark-elsewhere")
        self.roles = [self.guild.create_role("@here [evil](https://evil.example)"), self.guild.default_role]
        self.ann = self.guild.add_member(env.create_user("ann", global_name=_HOSTILE_NAME))
        self.bea = self.guild.add_member(env.create_user("bea", global_name="`evil` ||evil|| @everyone"))
        cha, dee, eve = env.create_user("cha"), *(env.create_user(f"MARK-{name}") for name in ("dee", "eve"))
        self.cha = self.guild.add_member(cha, roles=[self.guild.create_role("m", permissions=_MANAGER)])
        self.dee = self.other_guild.add_member(dee)
        self.eve = self.other_guild.add_member(eve, roles=[self.other_guild.create_role("m", permissions=_MANAGER)])
        self.seats = {
            Who.MEMBER: Seat(self.ann, self.here, self.guild),
            Who.ADMIN: Seat(self.cha, self.spare, self.guild),
            Who.DIRECT: Seat(self.ann.user, self.ann.user.dm_channel, None),
            Who.OTHER_MEMBER: Seat(self.dee, self.elsewhere, self.other_guild),
            Who.OTHER_ADMIN: Seat(self.eve, self.elsewhere, self.other_guild),
        }
        ours = [self.guild, self.here, self.typed, self.spare, self.ann, self.bea, self.cha]
        theirs = [self.other_guild, self.elsewhere, self.dee, self.eve]
        names = ("MARK-other-server", "mark-elsewhere", "MARK-dee", "MARK-eve")
        self._marks_of_ours = (TOKEN, SECRET, *(str(one.id) for one in ours))
        self._marks_of_theirs = (TOKEN, SECRET, *names, *(str(one.id) for one in theirs))

    def marks(self, who: Who) -> tuple[str, ...]:
        """Words that no answer to them may hold, unless they said them first."""
        return self._marks_of_ours if who in (Who.OTHER_MEMBER, Who.OTHER_ADMIN) else self._marks_of_theirs

    def entities(self, who: Who, kind: int, channel_types: tuple[int, ...]) -> list[Any]:
        """What they could choose for an option of that kind."""
        at_home = who not in (Who.OTHER_MEMBER, Who.OTHER_ADMIN)
        if kind == USER:
            members = {Who.MEMBER: [self.ann, self.bea, self.cha], Who.ADMIN: [self.ann, self.bea, self.cha]}
            return [*members.get(who, []), self.ann.user, self.bea.user, self.dee.user]
        if kind == CHANNEL:
            channels = [self.spare, self.news, self.forum, self.here] if at_home else [self.elsewhere]
            return [one for one in channels if not channel_types or one._channel.type in channel_types]
        return self.roles if at_home else [self.other_guild.default_role]
