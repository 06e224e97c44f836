"""A round's one message: asked, and then changed once into its reveal."""

from collections.abc import Iterator, Sequence
from typing import Any

import discord

from bot.domain.catalog import Catalog
from bot.domain.trivia.game import HINTS_MOST, PAUSE, Game, Phase
from bot.domain.trivia.hints import Hint, YearHint, hints_out
from bot.domain.trivia.questions.question import QuestionKind, Ref
from bot.domain.trivia.round import Round
from bot.domain.trivia.scoring import Scored
from bot.domain.trivia.settings import Mode
from bot.ui import names
from bot.ui.components import Components, button, custom_id
from bot.ui.i18n import Language
from bot.ui.replies import Reply
from bot.ui.style import BLUE, GOLD, HEART, SILVER
from bot.ui.text import EMBED_DESCRIPTION_MAX, clip, escape, relative_time

from ._called import called, lettered, option_called, player
from ._facts import fact_lines
from ._questions import sentence

SIGNS = {Mode.QUIZ: "🎬", Mode.TYPE: "⌨️", Mode.CHOSEONG: "🔤"}
_MEDALS = ("🥇", "🥈", "🥉")
_NAMED_MOST = 15
_ALSO_RIGHT_MOST = 5
_SAVES_MOST = 2
_PER_ROW = 2
_COMPARED = (QuestionKind.ODD_SINGER, QuestionKind.ODD_DRAMA, QuestionKind.ODD_NETWORK)


def question_message(game: Game, current: Round, catalog: Catalog, say: Language) -> Reply:
    """The round as it is asked; a round asked again after an interruption says so."""
    lines = [sentence(current.question, catalog, say)]
    lines += [_hint_line(hint) for hint in hints_out(current, catalog)] if current.is_typed else []
    lines.append("⏳ " + say("Time is up {when}", when=relative_time(current.deadline)))
    if len(current.askings) > 1:
        lines.insert(0, "🔁 " + say("I was restarted, so here it is again. Points and answers are all kept."))
    embed = discord.Embed(description="\n\n".join(lines), colour=BLUE)
    embed.set_author(name=_heading(game, current, say))
    embed.set_footer(text=_manual(current, say))
    return Reply(embed=embed, components=Components([*_inputs(game, current, catalog, say), *_controls(game, say)]))


def interrupted_message(game: Game, current: Round, say: Language) -> Reply:
    """What becomes of a round's first message when it is asked again below."""
    embed = discord.Embed(description=say("I was restarted. This question is asked again below."), colour=SILVER)
    embed.set_author(name=_heading(game, current, say))
    return Reply(embed=embed)


def reveal_message(game: Game, current: Round, catalog: Catalog, say: Language) -> Reply:
    """The round once it is closed: the answer, who was right, and where one can read it up."""
    question = current.question
    body = [sentence(question, catalog, say), _answer_line(current, catalog, say)]
    body.append("\n".join([*_right_lines(game.result, say), *_wrong_lines(game.result, say)]))
    body.append("\n".join(fact_lines(question, catalog, say)))
    if game.phase is not Phase.OVER:
        body.append(say("Next question: {when}", when=relative_time(game.changed_at + PAUSE)))
    some_right = any(line.right for line in game.result)
    text = "\n\n".join(part for part in body if part)
    embed = discord.Embed(description=clip(text, EMBED_DESCRIPTION_MAX), colour=GOLD if some_right else SILVER)
    embed.set_author(name=_heading(game, current, say))
    saves = [_save(key, catalog, say) for key in question.song_keys if key in catalog.songs][:_SAVES_MOST]
    stop = [] if game.phase is Phase.OVER else [_stop(game, say)]
    return Reply(embed=embed, components=Components([*saves, *stop]))


def accepted(current: Round, option: int, catalog: Catalog, say: Language) -> Reply:
    """Tells a player, privately, that the answer counts."""
    shown = escape(lettered(current.question, option, catalog, say))
    text = say("Your answer: **{answer}**", answer=shown)
    if current.may_change:
        text += " – " + say("change it any time until time is up.")
    return Reply(content=text)


def _heading(game: Game, current: Round, say: Language) -> str:
    place = say("Question {number} of {total}", number=current.number, total=game.settings.round_count)
    return f"{SIGNS[game.settings.mode]} {place}"


def _manual(current: Round, say: Language) -> str:
    if current.is_typed:
        return say("Press Answer or use /trivia answer. Any number of tries; the first right one takes it.")
    return say("Nobody sees your answer before time is up. The faster, the more points.")


def _inputs(game: Game, current: Round, catalog: Catalog, say: Language) -> Iterator[discord.ui.Item[Any]]:
    if current.is_typed:
        target = custom_id("trivia-type", game.id, current.number)
        yield button(say("Answer"), target, emoji="✏️", style=discord.ButtonStyle.primary, row=0)
        hints = custom_id("trivia-hint", game.id, current.number)
        yield button(say("Hint"), hints, emoji="💡", disabled=current.hint_count >= HINTS_MOST, row=0)
        return
    for index in range(len(current.question.options)):
        label = lettered(current.question, index, catalog, say)
        target = custom_id("trivia-answer", game.id, current.number, index)
        yield button(label, target, style=discord.ButtonStyle.primary, row=index // _PER_ROW)


def _controls(game: Game, say: Language) -> list[discord.ui.Item[Any]]:
    number = game.round.number if game.round else 0
    return [button(say("Skip"), custom_id("trivia-skip", game.id, number), emoji="⏭️", row=2), _stop(game, say)]


def _stop(game: Game, say: Language) -> discord.ui.Item[Any]:
    return button(say("Stop"), custom_id("trivia-stop", game.id), emoji="⏹️", row=2)


def _save(song_key: str, catalog: Catalog, say: Language) -> discord.ui.Item[Any]:
    title = names.title(catalog.songs[song_key], say)
    return button(f"{HEART} {say('Save {title}', title=title)}", custom_id("save", song_key), row=0)


def _hint_line(hint: Hint) -> str:
    if isinstance(hint, YearHint):
        return "💡 " + " · ".join([str(hint.year), *map(escape, hint.networks)])
    return "💡 " + escape(hint.text)


def _answer_line(current: Round, catalog: Catalog, say: Language) -> str:
    question, index = current.question, current.question.right_option
    right = min(question.right) if index is None else question.options[index]
    if index is None or current.is_typed:  # there were no letters to choose from
        line = f"✅ **{escape(_both(right, catalog, say))}**"
    else:
        line = f"✅ **{escape(lettered(question, index, catalog, say))}**"
    others = [] if question.kind in _COMPARED else sorted(question.right - {right})[:_ALSO_RIGHT_MOST]
    if not others:
        return line
    named = [option_called(question, ref, catalog, say) for ref in others]
    return line + "\n" + say("Right as well: {others}", others=escape(", ".join(named)))


def _both(ref: Ref, catalog: Catalog, say: Language) -> str:
    """A typed answer in both scripts: its clue was in one of them."""
    entity = catalog.dramas.get(ref.key) or catalog.songs.get(ref.key) or catalog.artists.get(ref.key)
    return names.both_titles(entity, say) if entity else called(ref, catalog, say)


def _right_lines(result: Sequence[Scored], say: Language) -> Iterator[str]:
    rights = [line for line in result if line.elapsed is not None]
    if not rights:
        yield say("Nobody got it this time.")
    for place, line in enumerate(rights[:_NAMED_MOST]):
        medal = _MEDALS[place] if place < len(_MEDALS) else "▫️"
        streak = f" 🔥{line.streak}" if line.streak > 1 else ""
        seconds = line.elapsed.total_seconds() if line.elapsed else 0.0
        points = say("+{points} in {seconds} s", points=line.points, seconds=f"{seconds:.1f}")
        yield f"{medal} {player(line.user_id, say)} {points}{streak}"
    if len(rights) > _NAMED_MOST:
        yield say("… and {count} more", count=len(rights) - _NAMED_MOST)


def _wrong_lines(result: Sequence[Scored], say: Language) -> Iterator[str]:
    wrong = [line for line in result if line.answered and not line.right]
    if wrong:
        mentions = ", ".join(player(line.user_id, say) for line in wrong[:_NAMED_MOST])
        rest = "" if len(wrong) <= _NAMED_MOST else " " + say("… and {count} more", count=len(wrong) - _NAMED_MOST)
        yield say("Good try: {players}", players=mentions) + rest
