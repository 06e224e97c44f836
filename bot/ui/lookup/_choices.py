"""A line of a menu that opens a card."""

from bot.domain.catalog import Catalog, Drama, Entity, Song, kind_of
from bot.domain.lookup import choice_value
from bot.ui import names
from bot.ui.components import Choice
from bot.ui.i18n import Language
from bot.ui.style import SIGN


def entity_choice(catalog: Catalog, entity: Entity, say: Language) -> Choice:
    """Enough to tell a song, a drama or an artist from its namesakes."""
    kind = kind_of(entity)
    first, second = names.titles(entity, say)
    if isinstance(entity, Song):
        about: str | None = f"{names.artists(catalog, entity, say)} · {names.title(catalog.drama_of(entity), say)}"
    elif isinstance(entity, Drama):
        about = " · ".join([str(entity.year), *([second] if second else [])])
    else:
        about = second
    return Choice(first, choice_value(kind, entity.key), description=about, emoji=SIGN[kind])
