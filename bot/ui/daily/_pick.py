"""The post itself: the song's card, why today, the video, and buttons that work for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import discord

from bot.domain.catalog import Catalog, Kind, Song
from bot.domain.daily.facts import Fact
from bot.ui import names
from bot.ui.components import Components, button, custom_id
from bot.ui.i18n import Language
from bot.ui.lookup import song_card
from bot.ui.replies import Reply
from bot.ui.style import HEART
from bot.ui.text import THREAD_NAME_MAX, clip

from ._why import why

HEADING = "🎧"


@dataclass(frozen=True, slots=True)
class PickMessage:
    """A pick as Discord takes it, made once and sent to many servers; only what differs is filled in.

    ``lines`` are its text, ``embed`` and ``rows`` its card and buttons, ``title`` what its thread is called.
    """

    lines: tuple[str, ...]
    embed: dict[str, Any]
    rows: list[Any]
    title: str
    late: str

    def payload(
        self, mark: str, role_id: int | None, late_since: datetime | None, *, everyone: bool = False
    ) -> dict[str, Any]:
        """The message for one server. ``mark`` is what it is known by afterwards; the role is all it mentions.

        ``everyone`` says that the role is the one that all members have, which is mentioned in a way of its own.
        """
        text = [role_mention(role_id, everyone=everyone)] if role_id else []
        text += self.lines
        if late_since:
            text.append(self.late.format(when=discord.utils.format_dt(late_since, "f")))
        save, *others = self.rows[0]["components"]
        marked = {**save, "custom_id": f"{save['custom_id']}:{mark}"}
        return {
            "content": "\n".join(text),
            "embeds": [self.embed],
            "components": [{**self.rows[0], "components": [marked, *others]}, *self.rows[1:]],
            "allowed_mentions": _allowed(role_id, everyone=everyone),
        }


def role_mention(role_id: int, *, everyone: bool) -> str:
    return "@everyone" if everyone else f"<@&{role_id}>"


def _allowed(role_id: int | None, *, everyone: bool) -> dict[str, Any]:
    if everyone:
        return {"parse": ["everyone"]}
    return {"parse": [], "roles": [str(role_id)] if role_id else []}


def pick_message(catalog: Catalog, song: Song, facts: Sequence[Fact], saves: int, say: Language) -> PickMessage:
    """Today's pick for servers of that language; ``facts`` say why today, best first."""
    embed = song_card(catalog, song, say).embed or discord.Embed()
    return PickMessage(
        lines=tuple(_lines(catalog, song, facts, say)),
        embed=dict(embed.to_dict()),
        rows=Components(pick_buttons(catalog, song, saves, say)).to_components(),
        title=thread_title(catalog, song, say),
        late="-# " + say("Late: this was due {when}, when I could not post.", when="{when}"),
    )


def pick_card(catalog: Catalog, song: Song, facts: Sequence[Fact], saves: int, say: Language) -> Reply:
    """The pick as a reply to somebody who asked for it."""
    buttons = Components(pick_buttons(catalog, song, saves, say))
    return Reply("\n".join(_lines(catalog, song, facts, say)), song_card(catalog, song, say).embed, buttons)


def _lines(catalog: Catalog, song: Song, facts: Sequence[Fact], say: Language) -> list[str]:
    heading = f"{HEADING} **{say('OST of the day')}**"
    reason = [why(catalog, song, facts[0], say)] if facts else []
    video = [f"https://www.youtube.com/watch?v={song.video.id}"] if song.video else []
    return [" · ".join([heading, *reason]), *video]


def pick_buttons(
    catalog: Catalog, song: Song, saves: int, say: Language, mark: str | None = None
) -> list[discord.ui.Button[Any]]:
    """♥ with the count, more from this drama, ⋯; ``mark`` is the post's, if it has been given one."""
    drama = catalog.drama_of(song)
    heart = f"{HEART} {say('Save')}" + (f" · {saves}" if saves else "")
    target = custom_id("heart", song.key, *([mark] if mark else []))
    return [
        button(heart, target, row=0),
        button(
            say("More from {drama}", drama=names.title(drama, say)), custom_id("open", Kind.DRAMA, drama.key), row=0
        ),
        button("⋯", custom_id("more", song.key), row=0),
    ]


def bears_mark(message: dict[str, Any], mark: str) -> bool:
    """Whether a message, as Discord's API gives it, is the post of that mark."""
    buttons = [item for row in message.get("components", ()) for item in row.get("components", ())]
    return any(str(item.get("custom_id", "")).endswith(f":{mark}") for item in buttons)


def thread_title(catalog: Catalog, song: Song, say: Language) -> str:
    return clip(f"{names.title(song, say)} · {names.title(catalog.drama_of(song), say)}", THREAD_NAME_MAX)
