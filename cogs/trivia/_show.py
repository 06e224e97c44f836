"""One step of one game: what is saved, then what its channel sees of it. Every step may be cut short and done again."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime

from bot.client import Interaction, OstBot
from bot.domain.trivia.errors import GameOver, TriviaError
from bot.domain.trivia.game import RESUMABLE_FOR, EndReason, Game, Phase
from bot.domain.trivia.round import Round
from bot.domain.trivia.snowflake import stamped_at
from bot.storage.trivia import records
from bot.storage.trivia.games import Games, Hosted
from bot.ui import trivia as ui
from bot.ui.i18n import Language, language
from bot.ui.replies import give

from ._channel import ChannelLost, MessageGone, edit, send
from ._questions import Quizmaster

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Starter:
    """Who started a game, and their language: a word to them alone is possible for 15 minutes."""

    interaction: Interaction
    say: Language


class Show:
    """Each method returns the game as it stands then, or None when there is nothing more to do for it."""

    def __init__(self, bot: OstBot, games: Games, quizmaster: Quizmaster) -> None:
        self._bot = bot
        self._games = games
        self._quizmaster = quizmaster
        # The last round of each game whose reveal is known to stand in its channel, and whether the game was over.
        self._revealed: dict[int, tuple[int, bool]] = {}
        self._latest: dict[int, int] = {}  # each game's latest message
        self.starters: dict[int, Starter] = {}

    async def go_on(self, game_id: int) -> Hosted | None:
        """Do what is due in a game."""
        hosted = await self._games.current(game_id)
        return await self._or_give_up(hosted, self._step(hosted))

    async def resume(self, game_id: int) -> Hosted | None:
        """Go on with a game of a process that is gone."""
        before = await self._games.find(game_id)
        return await self._or_give_up(before, self._resume(before))

    async def pause(self, game_id: int) -> None:
        """Tell a running game of a planned stop."""
        hosted = await self._games.current(game_id)
        if hosted.game.phase is not Phase.OVER:
            reply = ui.pausing(language(hosted.language))
            await send(self._bot, hosted.game, reply, f"t{game_id}.p{hosted.game.version}")

    async def refresh(self, hosted: Hosted) -> None:
        """Change an open question where it stands: a hint came out."""
        current = hosted.game.round
        if current and current.message_id and hosted.game.phase is Phase.ASKED:
            reply = ui.question_message(hosted.game, current, self._bot.catalog, language(hosted.language))
            try:
                await edit(self._bot, hosted.game, current.message_id, reply)
            except (MessageGone, ChannelLost):
                log.info("Game %d: its question could not be changed", hosted.game.id)

    async def _or_give_up(self, hosted: Hosted, step: Awaitable[Hosted | None]) -> Hosted | None:
        before = hosted.game
        try:
            return await step
        except ChannelLost as lost:
            log.info("Game %d: its channel does not take its messages any more (%s)", before.id, lost.reason)
            return await self._give_up(before.id, lost.reason)
        except TriviaError:
            return await self._found(before)  # somebody was quicker: go on from there

    async def _found(self, before: Game) -> Hosted | None:
        """The game as it stands; None where its only player had it deleted."""
        try:
            return await self._games.find(before.id)
        except GameOver:
            self._let_go(before)
            return None

    async def _step(self, hosted: Hosted) -> Hosted | None:
        game, now = hosted.game, self._bot.now()
        if game.phase is Phase.OVER:
            return await self._finish(hosted)
        if now - game.changed_at > RESUMABLE_FOR:
            return await self._give_up(game.id, EndReason.INTERRUPTED)
        if game.phase is not Phase.ASKED or game.round is None:
            await self._reveal(hosted)
            return await self._ask(hosted)
        if game.round.message_id is None:
            return await self._post(hosted, game.round)
        hosted = await self._games.change(game.id, lambda game: game.close_round(now))
        await self._reveal(hosted)
        return await self._finish(hosted) if hosted.game.phase is Phase.OVER else hosted

    async def _ask(self, hosted: Hosted) -> Hosted | None:
        question = await self._quizmaster.next_question(hosted.game)
        now, game_id = self._bot.now(), hosted.game.id
        if question is None:
            hosted = await self._games.change(game_id, lambda game: game.abandon(EndReason.EXHAUSTED, now))
            return await self._finish(hosted)
        hosted = await self._games.change(game_id, lambda game: game.ask(question, now))
        return await self._post(hosted, hosted.game.round) if hosted.game.round else hosted

    async def _post(self, hosted: Hosted, current: Round) -> Hosted:
        message_id = await self._send_question(hosted, current, len(current.askings))
        try:
            return await self._games.change(hosted.game.id, lambda game: game.posted(message_id))
        except TriviaError:  # it was stopped meanwhile
            ended = await self._games.find(hosted.game.id)
            reply = ui.reveal_message(ended.game, current, self._bot.catalog, language(hosted.language))
            await edit(self._bot, hosted.game, message_id, reply)
            return ended

    async def _send_question(self, hosted: Hosted, current: Round, asking: int) -> int:
        reply = ui.question_message(hosted.game, current, self._bot.catalog, language(hosted.language))
        return await send(self._bot, hosted.game, reply, f"t{hosted.game.id}.{current.number}.{asking}")

    async def _resume(self, before: Hosted) -> Hosted | None:
        now = self._bot.now()
        if before.game.phase is Phase.OVER:
            return await self._finish(before)
        hosted = await self._games.change(before.game.id, lambda game: game.resume(now))
        game = hosted.game
        if game.phase is Phase.OVER:
            return await self._finish(hosted)
        if game.phase is Phase.REVEALED:
            await self._reveal(hosted)
        elif game.round and before.game.round and game.round.askings != before.game.round.askings:
            return await self._ask_again(hosted, before.game.round, game.round, now)
        return hosted

    async def _ask_again(self, hosted: Hosted, old: Round, new: Round, now: datetime) -> Hosted:
        """The lost process may have asked without living to note it: its nonce tells, and finds the message."""
        message_id = old.message_id or await self._send_question(hosted, new, len(old.askings))
        if not old.message_id and stamped_at(message_id) >= now:
            return await self._games.change(hosted.game.id, lambda game: game.posted(message_id))
        try:
            reply = ui.interrupted_message(hosted.game, new, language(hosted.language))
            await edit(self._bot, hosted.game, message_id, reply)
        except MessageGone:
            log.info("Game %d: its question was deleted meanwhile", hosted.game.id)
        return await self._post(hosted, new)

    async def _reveal(self, hosted: Hosted) -> None:
        """Once for each round, and once more when the game ends after it."""
        game, current = hosted.game, hosted.game.round
        if current is None or current.message_id is None:
            return
        shown = (current.number, game.phase is Phase.OVER)
        if self._revealed.get(game.id) == shown:
            return
        reply = ui.reveal_message(game, current, self._bot.catalog, language(hosted.language))
        try:
            await edit(self._bot, game, current.message_id, reply)
        except MessageGone:
            await send(self._bot, game, reply, f"t{game.id}.{current.number}.r")
        self._revealed[game.id] = shown
        self._latest[game.id] = current.message_id

    async def _finish(self, hosted: Hosted) -> Hosted | None:
        await self._reveal(hosted)
        game = hosted.game
        rounds = await records.played_rounds(self._bot.database, game.id)
        reply = ui.scoreboard(game, rounds, self._bot.catalog, language(hosted.language))
        await send(self._bot, game, reply, f"t{game.id}.end")
        return await self._forget(game)

    async def _give_up(self, game_id: int, reason: EndReason) -> Hosted | None:
        """End a game whose channel cannot be written to any more, saying so where the question stood if that works."""
        now = self._bot.now()
        try:
            hosted = await self._games.change(game_id, lambda game: game.abandon(reason, now))
        except TriviaError:
            hosted = await self._games.find(game_id)
        try:
            await self._tell_of_end(hosted)
        except Exception as error:  # noqa: BLE001 - it was a last try; the game is over either way
            log.info("Game %d: nobody could be told of its end (%s)", game_id, type(error).__name__)
        return await self._forget(hosted.game)

    async def _tell_of_end(self, hosted: Hosted) -> None:
        """Where its latest message stands; where that cannot be changed, its starter alone."""
        game, current = hosted.game, hosted.game.round
        rounds = await records.played_rounds(self._bot.database, game.id)
        try:
            message_id = (current and current.message_id) or self._latest.get(game.id)
            if message_id:
                reply = ui.scoreboard(game, rounds, self._bot.catalog, language(hosted.language))
                await edit(self._bot, game, message_id, reply)
                return
        except (ChannelLost, MessageGone):
            log.info("Game %d: its last message could not be changed", game.id)
        if starter := self.starters.get(game.id):
            reply = ui.scoreboard(game, rounds, self._bot.catalog, starter.say)
            await give(starter.interaction, reply, private=True)

    async def _forget(self, game: Game) -> Hosted | None:
        self._let_go(game)
        await self._games.told(game.id)
        return None

    def _let_go(self, game: Game) -> None:
        for kept in (self._revealed, self._latest, self.starters):
            kept.pop(game.id, None)
