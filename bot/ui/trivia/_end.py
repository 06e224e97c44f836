"""How a game begins and ends: what it is about, the podium, what there is to tell, and what comes next."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.domain.catalog import Catalog
from bot.domain.trivia.game import EndReason, Game
from bot.domain.trivia.questions.difficulty import Level
from bot.domain.trivia.questions.knowledge import Circle
from bot.domain.trivia.questions.question import Topic
from bot.domain.trivia.recap import PlayedRound, Recap, recap
from bot.domain.trivia.scoring import Place, ranked
from bot.domain.trivia.settings import Mode, Settings
from bot.ui.components import Components, button, custom_id
from bot.ui.i18n import Language
from bot.ui.replies import Reply
from bot.ui.style import GOLD, ROSE
from bot.ui.text import EMBED_DESCRIPTION_MAX, EMBED_FIELD_VALUE_MAX, clip, fit_lines

from ._called import player
from ._questions import sentence
from ._round import SIGNS

_MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}


def started(game: Game, say: Language, *, elsewhere: bool) -> Reply:
    """Says that a game begins and how it is played; ``elsewhere``: in its own channel, not where this is read."""
    embed = discord.Embed(title=f"{SIGNS[game.settings.mode]} {title_of(game.settings.mode, say)}", colour=ROSE)
    lines = [settings_line(game.settings, say), say("Everybody can play: just answer.")]
    if elsewhere:
        lines.append(say("It is played in {thread}.", thread=f"<#{game.channel_id}>"))
    embed.description = "\n".join(lines)
    return Reply(embed=embed, components=Components([_customize(game, say)]))


def settings_line(settings: Settings, say: Language) -> str:
    """What a game is about, as one line."""
    parts = [
        say.plural("{count} question", "{count} questions", settings.round_count),
        say.plural("{count} second each", "{count} seconds each", settings.seconds),
        circle_called(settings.pool.circle, say),
    ]
    parts += [topic_called(topic, say) for topic in Topic if topic in settings.pool.topics]
    if settings.pool.decade:
        parts.append(say("{decade}s", decade=settings.pool.decade))
    if settings.pool.level is not Level.NORMAL:
        parts.append(level_called(settings.pool.level, say))
    return " · ".join(parts)


def scoreboard(game: Game, rounds: Sequence[PlayedRound], catalog: Catalog, say: Language) -> Reply:
    """The end of a game."""
    told = recap(rounds, game.standings.values())
    embed = discord.Embed(title=say("🏁 Final score"), colour=GOLD)
    embed.description = "\n".join(part for part in (_why(game.ended, say), _board(game, say)) if part)
    if lines := _stories(told, catalog, say):
        embed.add_field(name=say("Worth telling"), value=clip("\n".join(lines), EMBED_FIELD_VALUE_MAX), inline=False)
    buttons = [
        button(say("Play again"), custom_id("trivia-again", game.id), emoji="🔁", style=discord.ButtonStyle.success),
        _customize(game, say),
    ]
    if game.standings:
        buttons.append(button(say("Review what I missed"), custom_id("trivia-missed", game.id), emoji="📖"))
    return Reply(embed=embed, components=Components(buttons))


def _customize(game: Game, say: Language) -> discord.ui.Button[Any]:
    return button(say("Customize"), custom_id("trivia-custom", game.id), emoji="🎛️")


def pausing(say: Language) -> Reply:
    """A planned stop, told to a running game."""
    return Reply(content="🔧 " + say("I am being restarted. The game goes on in a moment, with every point."))


def place_line(place: Place, say: Language) -> str:
    """One line of a board."""
    one = place.standing
    points = say.plural("{count} point", "{count} points", one.points)
    right = say("{right} of {total} right", right=one.right_count, total=one.answer_count)
    return f"{medal_of(place)} {player(one.user_id, say)} **{points}** · {right}"


def medal_of(place: Place) -> str:
    """What stands before a line of a board: a medal, the place, or a mere dot for whoever has no point."""
    return _MEDALS.get(place.rank, f"`{place.rank}.`") if place.standing.points else "▫️"


def title_of(mode: Mode, say: Language) -> str:
    match mode:
        case Mode.QUIZ:
            return say("OST quiz")
        case Mode.TYPE:
            return say("OST quiz: type the answer")
        case Mode.CHOSEONG:
            return say("Choseong quiz")


def circle_called(circle: Circle, say: Language) -> str:
    match circle:
        case Circle.AWARDED:
            return say("Award winners")
        case Circle.NOMINATED:
            return say("Winners and nominees")
        case Circle.CHARTED:
            return say("Everything that charted, too")


def topic_called(topic: Topic, say: Language) -> str:
    match topic:
        case Topic.DRAMAS:
            return say("Dramas")
        case Topic.SONGS:
            return say("Songs")
        case Topic.ARTISTS:
            return say("Singers")
        case Topic.AWARDS:
            return say("Awards")
        case Topic.INITIALS:
            return say("Initials")


def level_called(level: Level, say: Language) -> str:
    match level:
        case Level.EASY:
            return say("Easy")
        case Level.NORMAL:
            return say("Normal")
        case Level.HARD:
            return say("Hard")


def _why(reason: EndReason | None, say: Language) -> str | None:
    sentences = {
        EndReason.UNANSWERED: say("Three questions in a row went unanswered, so that is it for today."),
        EndReason.STOPPED: say("The game was stopped."),
        EndReason.EXHAUSTED: say("There is no question left that fits these settings."),
        EndReason.CHANNEL_GONE: say("The channel it was played in is closed or gone, so the game ends."),
        EndReason.NOT_ALLOWED: say("I am no longer allowed to write here, so the game ends."),
        EndReason.INTERRUPTED: say("I was away for too long, so the game ends with the points as they were."),
    }
    return sentences.get(reason) if reason else None


def _board(game: Game, say: Language) -> str:
    places = ranked(game.standings.values())
    if not places:
        return say("Nobody played.")
    lines = [place_line(place, say) for place in places]
    return fit_lines(lines, EMBED_DESCRIPTION_MAX // 2, say("… and {count} more"))


def _stories(told: Recap, catalog: Catalog, say: Language) -> list[str]:
    lines = []
    if fastest := told.fastest:
        seconds = f"{fastest.elapsed.total_seconds():.1f}"
        lines.append(
            "⚡ " + say("Fastest: {player} in {seconds} s", player=player(fastest.user_id, say), seconds=seconds)
        )
    if streak := told.longest_streak:
        players = ", ".join(player(user_id, say) for user_id in streak.user_ids[:3])
        lines.append("🔥 " + say("Longest streak: {players}, {count} in a row", players=players, count=streak.length))
    if hardest := told.hardest:
        asked = sentence(hardest.question, catalog, say).replace("\n", " ").replace("#", "").replace("**", "")
        right = say("{right} of {total} right", right=hardest.right_count, total=hardest.answer_count)
        lines.append("🧠 " + say("Hardest: {question} ({right})", question=asked, right=right))
    return lines
