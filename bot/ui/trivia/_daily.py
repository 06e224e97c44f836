"""The daily quiz: one question after the other in one private message, and a row of squares to share."""

import discord

from bot.domain.catalog import Catalog, PartialDate
from bot.domain.trivia.daily_quiz import DailyStreak, DailyTry
from bot.ui import names
from bot.ui.components import Components, button, custom_id
from bot.ui.i18n import Language
from bot.ui.replies import Reply
from bot.ui.style import GOLD, ROSE
from bot.ui.text import EMBED_DESCRIPTION_MAX, clip, escape

from ._called import lettered
from ._facts import fact_lines
from ._questions import sentence

_PER_ROW = 2


def daily_message(attempt: DailyTry, streak: DailyStreak, catalog: Catalog, say: Language) -> Reply:
    """How the last question went, and the next one or the result."""
    body = [attempt.squares, *_last(attempt, catalog, say)]
    if attempt.is_finished:
        return _finished(attempt, streak, body, say)
    number = len(attempt.answers)
    question = attempt.questions[number]
    place = say("Question {number} of {total}", number=number + 1, total=len(attempt.questions))
    body.append(f"**{place}**\n{sentence(question, catalog, say)}")
    embed = discord.Embed(title=_title(attempt, say), description=_text(body), colour=ROSE)
    embed.set_footer(text=say("One try a day; the same questions for everybody. An answer stands."))
    buttons = [
        button(
            lettered(question, index, catalog, say),
            custom_id("trivia-daily", attempt.day, number, index),
            style=discord.ButtonStyle.primary,
            row=index // _PER_ROW,
        )
        for index in range(len(question.options))
    ]
    return Reply(embed=embed, components=Components(buttons))


def shared(attempt: DailyTry, streak: DailyStreak, say: Language) -> Reply:
    """What a player shows the others: it spoils nothing."""
    return Reply(
        content=f"<@{attempt.user_id}> · {_title(attempt, say)}\n{attempt.squares} {_score(attempt, streak, say)}"
    )


def _finished(attempt: DailyTry, streak: DailyStreak, body: list[str], say: Language) -> Reply:
    body.append(f"**{_score(attempt, streak, say)}**")
    if streak.frozen:
        body.append("🧊 " + say("A missed day was bridged: each month has one freeze."))
    body.append(say("The next quiz comes at midnight UTC."))
    embed = discord.Embed(title=_title(attempt, say), description=_text(body), colour=GOLD)
    share = button(say("Share"), custom_id("trivia-share", attempt.day), emoji="📣", style=discord.ButtonStyle.success)
    return Reply(embed=embed, components=Components([share]))


def _title(attempt: DailyTry, say: Language) -> str:
    day = names.day(PartialDate(attempt.day.year, attempt.day.month, attempt.day.day), say)
    return "📅 " + say("Daily quiz, {day}", day=day)


def _score(attempt: DailyTry, streak: DailyStreak, say: Language) -> str:
    right = say("{right} of {total} right", right=attempt.right_count, total=len(attempt.questions))
    return f"{right} · 🔥 {say.plural('{count} day', '{count} days', streak.length)}"


def _last(attempt: DailyTry, catalog: Catalog, say: Language) -> list[str]:
    if not attempt.answers:
        return []
    question, given = attempt.questions[len(attempt.answers) - 1], attempt.answers[-1]
    right = "" if question.right_option is None else escape(lettered(question, question.right_option, catalog, say))
    verdict = "✅ " + say("Right!") if given.is_right else "❌ " + say("It was **{answer}**.", answer=right)
    return ["\n".join([verdict, *fact_lines(question, catalog, say)])]


def _text(parts: list[str]) -> str:
    return clip("\n\n".join(parts), EMBED_DESCRIPTION_MAX)
