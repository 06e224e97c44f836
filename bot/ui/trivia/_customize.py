"""The private panel on which a game is put together before it starts."""

from collections.abc import Sequence

import discord

from bot.domain.trivia.questions.difficulty import Level
from bot.domain.trivia.questions.knowledge import Circle
from bot.domain.trivia.settings import DECADES, Settings
from bot.ui.components import Choice, Components, button, custom_id, menu
from bot.ui.i18n import Language
from bot.ui.replies import Reply
from bot.ui.style import ROSE

from ._end import circle_called, level_called, settings_line, title_of, topic_called

ANY_DECADE = "any"


def customize_panel(settings: Settings, replaced_id: int, found: int | None, say: Language, *, threads: bool) -> Reply:
    """``replaced_id`` is the running game that this one would take the place of, or 0; ``found`` about how many
    questions fit, where that is known; ``threads``: whether the channel can have a thread for the game.
    """
    embed = discord.Embed(title="🎛️ " + say("Customize"), colour=ROSE)
    lines = [f"**{title_of(settings.mode, say)}**", settings_line(settings, say)]
    if found is not None:
        lines.append(say.plural("About {count} question fits.", "About {count} questions fit.", found))
    if replaced_id:
        lines.append(say("*Start* ends the game that is on; its points are kept."))
    embed.description = "\n".join(lines)
    embed.set_footer(text=say("Mode, rounds and seconds: say them with /trivia play."))
    code = settings.code()
    items: list[discord.ui.Item[discord.ui.View]] = [
        _menu(part, placeholder, choices, replaced_id, code) for part, placeholder, choices in _menus(settings, say)
    ]
    items.append(
        button(
            say("Start"),
            custom_id("trivia-begin", replaced_id, code),
            emoji="▶️",
            style=discord.ButtonStyle.success,
            row=4,
        )
    )
    if threads:
        label = say("Own thread: on") if settings.own_thread else say("Own thread: off")
        items.append(button(label, custom_id("trivia-set", "thread", replaced_id, code), emoji="🧵", row=4))
    return Reply(embed=embed, components=Components(items))


def on_its_way(settings: Settings, say: Language) -> Reply:
    """What is left of the panel once its game has started."""
    return Reply(content="🎛️ " + settings_line(settings, say))


def _menus(settings: Settings, say: Language) -> list[tuple[str, str, Sequence[Choice]]]:
    pool, topics = settings.pool, settings.mode.topics
    rows: list[tuple[str, str, Sequence[Choice]]] = []
    if len(topics) > 1:
        chosen = [Choice(topic_called(topic, say), topic.value, chosen=topic in pool.topics) for topic in topics]
        rows.append(("topics", say("All topics"), chosen))
    decades = [Choice(say("All years"), ANY_DECADE, chosen=pool.decade is None)]
    decades += [Choice(say("{decade}s", decade=d), str(d), chosen=pool.decade == d) for d in DECADES]
    rows.append(("decade", say("All years"), decades))
    levels = [Choice(_difficulty(level, say), level.value, chosen=pool.level is level) for level in Level]
    rows.append(("level", say("Difficulty"), levels))
    circles = [Choice(circle_called(one, say), one.name.lower(), chosen=pool.circle is one) for one in Circle]
    rows.append(("pool", say("Pool"), circles))
    return rows


def _difficulty(level: Level, say: Language) -> str:
    """A menu that shows ``Normal`` alone would not say what is normal."""
    return say("Difficulty: {level}", level=level_called(level, say))


def _menu(
    part: str, placeholder: str, choices: Sequence[Choice], replaced_id: int, code: str
) -> discord.ui.Select[discord.ui.View]:
    target = custom_id("trivia-set", part, replaced_id, code)
    return menu(placeholder, target, choices, any_number=part == "topics")
