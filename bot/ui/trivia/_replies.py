"""What is said to one player alone."""

from collections.abc import Collection, Sequence

import discord

from bot.domain.catalog import Catalog
from bot.domain.trivia.game import Game
from bot.domain.trivia.judge import Verdict
from bot.domain.trivia.recap import PlayedRound, missed
from bot.ui.components import Components, StatelessModal, custom_id, menu
from bot.ui.i18n import Language
from bot.ui.lookup import entity_choice
from bot.ui.replies import Reply
from bot.ui.style import ROSE
from bot.ui.text import (
    EMBED_DESCRIPTION_MAX,
    MODAL_TITLE_MAX,
    SELECT_OPTIONS_MAX,
    TEXT_INPUT_LABEL_MAX,
    clip,
    escape,
    fit_lines,
    quoted,
)

from ._called import called, option_called
from ._questions import sentence

_GUESS_MOST = 200


def guess_modal(game_id: int, number: int, say: Language) -> discord.ui.Modal:
    """The form in which an answer is typed."""
    target = custom_id("trivia-guess", game_id, number)
    modal = StatelessModal(title=clip(say("Your answer"), MODAL_TITLE_MAX), custom_id=target)
    text = discord.ui.TextInput[discord.ui.Modal](custom_id="guess", max_length=_GUESS_MOST)
    modal.add_item(discord.ui.Label(text=clip(say("In English or Korean"), TEXT_INPUT_LABEL_MAX), component=text))
    return modal


def judged(verdict: Verdict, text: str, say: Language) -> Reply:
    """What became of a typed answer."""
    shown = quoted(text)
    match verdict:
        case Verdict.RIGHT:
            return Reply(content="✅ " + say("“{text}” is right!", text=shown))
        case Verdict.CLOSE:
            return Reply(content="🤏 " + say("So close! “{text}” is nearly it.", text=shown))
        case Verdict.WRONG:
            return Reply(content="❌ " + say("“{text}” is not it. Try again!", text=shown))


def voted(votes: Collection[int], game: Game, say: Language) -> Reply:
    """How many more votes it takes; a majority of those who are playing decides."""
    needed = len(game.active_user_ids) // 2 + 1
    return Reply(content="🗳️ " + say("Your vote counts: {votes} of {needed}.", votes=len(votes), needed=needed))


def skipped(say: Language) -> Reply:
    return Reply(content="⏭️ " + say("Skipped."))


def hint_came_out(say: Language) -> Reply:
    return Reply(content="💡 " + say("The hint is out. Right answers are worth a quarter less now."))


def stopped(say: Language) -> Reply:
    return Reply(content="⏹️ " + say("The game is stopped. Points so far are kept."))


def missed_list(rounds: Sequence[PlayedRound], user_id: int, catalog: Catalog, say: Language) -> Reply:
    """What a player got wrong or did not answer in a game, with the songs behind it to open."""
    mine = missed(rounds, user_id)
    if not mine:
        return Reply(content="🎉 " + say("You missed nothing in that game."))
    lines = [_missed_line(one, catalog, say) for one in mine]
    embed = discord.Embed(title="📖 " + say("What you missed"), colour=ROSE)
    embed.description = fit_lines(lines, EMBED_DESCRIPTION_MAX, say("… and {count} more"))
    keys = dict.fromkeys(key for one in mine for key in one.question.song_keys if key in catalog.songs)
    choices = [entity_choice(catalog, catalog.songs[key], say) for key in keys][:SELECT_OPTIONS_MAX]
    items = [menu(say("Open a song"), custom_id("pick", "missed"), choices)] if choices else []
    return Reply(embed=embed, components=Components(items))


def _missed_line(played: PlayedRound, catalog: Catalog, say: Language) -> str:
    question = played.question
    index = question.right_option
    if index is None:
        answer = called(min(question.right), catalog, say)
    else:
        answer = option_called(question, question.options[index], catalog, say)
    asked = sentence(question, catalog, say).replace("\n# ", " ").replace("\n", " ")
    return f"`{played.number}.` {asked}\n→ **{escape(answer)}**"
