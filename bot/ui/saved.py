"""What is said when a song is saved or let go."""

from bot.domain.catalog import Song

from . import names
from .components import Components, button, custom_id
from .i18n import Language
from .replies import Reply
from .text import escape


def saved(song: Song, say: Language, *, anew: bool) -> Reply:
    """Confirms ♥ Save; ``anew`` is False where it was saved before. A button lets it go again."""
    title = escape(names.title(song, say))
    if anew:
        text = say("**{title}** is saved. `/ostsaved` has your list.", title=title)
    else:
        text = say("**{title}** is in your list already. `/ostsaved` shows it.", title=title)
    return Reply(content=text, components=Components([button(say("Remove"), custom_id("unsave", song.key))]))


def removed(song: Song, say: Language) -> Reply:
    """Confirms that a song is out of the list; a button puts it back."""
    text = say("**{title}** is no longer in your list.", title=escape(names.title(song, say)))
    return Reply(content=text, components=Components([button(say("Save again"), custom_id("resave", song.key))]))
