"""The way in: what autocomplete offers, and what is said when nothing is found."""

from collections.abc import Sequence
from dataclasses import replace

import discord

from bot.domain.catalog import Catalog, Drama, Entity, Kind, Song
from bot.domain.hangul import has_hangul
from bot.ui import names
from bot.ui.components import Components, button, custom_id, menu
from bot.ui.i18n import Language, language
from bot.ui.replies import Reply
from bot.ui.style import ROSE, SIGN
from bot.ui.text import CHOICE_NAME_MAX, clip, quoted

from ._choices import entity_choice


def choice_name(catalog: Catalog, entity: Entity, typed: str, say: Language) -> str:
    """A line of autocomplete, in the script of what is typed so far."""
    shown = language("ko") if has_hangul(typed) else say
    if isinstance(entity, Song):
        about = f"{names.artists(catalog, entity, shown)} · {names.title(catalog.drama_of(entity), shown)}"
        return clip(f"{SIGN[Kind.SONG]} {names.title(entity, shown)} · {about}", CHOICE_NAME_MAX)
    if isinstance(entity, Drama):
        return clip(f"{SIGN[Kind.DRAMA]} {names.both_titles(entity, shown)} ({entity.year})", CHOICE_NAME_MAX)
    return clip(f"{SIGN[Kind.ARTIST]} {names.both_titles(entity, shown)}", CHOICE_NAME_MAX)


def nearest_label(catalog: Catalog, entity: Entity, say: Language) -> str:
    """A button that opens a suggestion: what it is and enough to tell it from its namesakes."""
    if isinstance(entity, Song):
        return f"{names.title(entity, say)} · {names.artists(catalog, entity, say)}"
    if isinstance(entity, Drama):
        return f"{names.title(entity, say)} ({entity.year})"
    return names.title(entity, say)


def with_others(reply: Reply, catalog: Catalog, others: Sequence[Entity], say: Language) -> Reply:
    """The reply with a menu of what else may have been meant, if there is anything."""
    if not others:
        return reply
    choices = [entity_choice(catalog, entity, say) for entity in others]
    others_menu = menu(say("Not this one?"), custom_id("pick", "others"), choices, row=4)
    return replace(reply, components=Components([*reply.components.children, others_menu]))


def not_found(catalog: Catalog, text: str, nearest: Sequence[tuple[Kind, str]], say: Language) -> Reply:
    """Nothing matches; the nearest stand as buttons, and without any there is a hint what to type."""
    shown = quoted(text)
    entities = [(kind, entity) for kind, key in nearest if (entity := catalog.find(kind, key))]
    if not entities:
        hint = say("Type a drama, a song or an artist, in English or Korean: **Goblin**, **도깨비** or **Ailee**.")
        found = say("I found nothing for “{text}”.", text=shown) if shown else say("There is nothing to look for yet.")
        return Reply(embed=discord.Embed(description=f"{found}\n{hint}", colour=ROSE))
    question = say("I found nothing for “{text}”. Did you mean one of these?", text=shown)
    buttons = [
        button(nearest_label(catalog, entity, say), custom_id("open", kind, entity.key), emoji=SIGN[kind])
        for kind, entity in entities
    ]
    return Reply(embed=discord.Embed(description=question, colour=ROSE), components=Components(buttons))
