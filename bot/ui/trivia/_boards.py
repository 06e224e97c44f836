"""Scoreboards of a server, and what a player's answers tell about them."""

from collections.abc import Mapping, Sequence

import discord

from bot.domain.catalog import Catalog
from bot.domain.trivia.boards import Period, Profile
from bot.domain.trivia.questions.question import Question
from bot.domain.trivia.scoring import Place
from bot.ui.components import Choice, Components, custom_id, menu
from bot.ui.i18n import Language
from bot.ui.replies import Reply
from bot.ui.style import GOLD, ROSE
from bot.ui.text import EMBED_FIELD_VALUE_MAX, clip, escape

from ._end import medal_of, topic_called
from ._questions import sentence

_NAME_MOST = 40
_BAR_LENGTH = 10


def score_board(places: Sequence[Place], names: Mapping[int, str], period: Period, say: Language) -> Reply:
    """``names`` by user id, as they are written; whoever has none is somebody."""
    embed = discord.Embed(title="🏆 " + say("Scoreboard: {period}", period=_period(period, say)), colour=GOLD)
    lines = [_line(place, names, say) for place in places]
    embed.description = "\n".join(lines) or say("Nobody has played yet. `/trivia play` starts a game.")
    choices = [Choice(_period(one, say), one.value, chosen=one is period) for one in Period]
    return Reply(embed=embed, components=Components([menu(say("Another period"), custom_id("trivia-scores"), choices)]))


def profile_card(
    name: str, told: Profile, hardest: Question | None, total: Place | None, catalog: Catalog, say: Language
) -> Reply:
    """A player's accuracy by topic, best streak, favourite decade, and the hardest question they ever got right."""
    embed = discord.Embed(title="🎮 " + escape(clip(name, _NAME_MOST)), colour=ROSE)
    if not told.by_topic:
        embed.description = say("Nothing answered yet.")
        return Reply(embed=embed)
    if total:
        points = say.plural("{count} point", "{count} points", total.standing.points)
        embed.description = points
        if total.standing.points:
            embed.description = say("Place {rank} with {points}", rank=total.rank, points=points)
    lines = []
    for topic, accuracy in told.by_topic.items():
        filled = round(_BAR_LENGTH * accuracy.right_count / accuracy.answer_count)
        bar = "▰" * filled + "▱" * (_BAR_LENGTH - filled)
        lines.append(f"`{bar}` {topic_called(topic, say)} {accuracy.right_count}/{accuracy.answer_count}")
    embed.add_field(name=say("Right answers"), value="\n".join(lines), inline=False)
    embed.add_field(name=say("Best streak"), value=f"🔥 {told.best_streak}")
    if told.favourite_decade:
        embed.add_field(name=say("Favourite decade"), value=say("{decade}s", decade=told.favourite_decade))
    if hardest:
        asked = sentence(hardest, catalog, say).replace("\n# ", " ").replace("\n", " ")
        embed.add_field(name=say("Hardest question right"), value=clip(asked, EMBED_FIELD_VALUE_MAX), inline=False)
    return Reply(embed=embed)


def _line(place: Place, names: Mapping[int, str], say: Language) -> str:
    one = place.standing
    name = escape(clip(names.get(one.user_id) or say("somebody"), _NAME_MOST))
    points = say.plural("{count} point", "{count} points", one.points)
    right = say("{right} of {total} right", right=one.right_count, total=one.answer_count)
    return f"{medal_of(place)} {name} **{points}** · {right}"


def _period(period: Period, say: Language) -> str:
    match period:
        case Period.TODAY:
            return say("today")
        case Period.WEEK:
            return say("this week")
        case Period.MONTH:
            return say("this month")
        case Period.ALL:
            return say("all time")
