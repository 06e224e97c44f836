"""Playing: presses and typed answers, each stored before its player is told that it counts."""

import discord
from discord.ext import commands

from bot.client import Interaction, OstBot
from bot.domain.errors import Gone
from bot.domain.trivia.errors import NotAsked, TriviaError
from bot.domain.trivia.game import Game
from bot.domain.trivia.judge import Verdict, judge
from bot.domain.trivia.round import Round
from bot.storage.trivia import records
from bot.storage.trivia.games import Hosted, Verb
from bot.ui import errors
from bot.ui import trivia as ui
from bot.ui.components import number_of, on_press, submitted_texts
from bot.ui.replies import give

from ._host import Host

GUESS_MOST = 200
_SIGNS = {Verdict.RIGHT: "✅", Verdict.CLOSE: "🤏"}


class Play(commands.Cog):
    """What can be pressed under a question."""

    bot: OstBot
    host: Host

    @on_press("trivia-answer")
    async def answer_by_button(self, interaction: Interaction, game_id: str, number: str, option: str) -> None:
        user_id, index = interaction.user.id, number_of(option)

        def answered(game: Game) -> Game:
            is_offered = game.round is None or index < len(game.round.question.options)
            return game.answer(user_id, number_of(number), index, interaction.id) if is_offered else game

        hosted = await self.change(game_id, from_its_channel(interaction, answered))
        current = open_round(hosted.game)
        if index >= len(current.question.options):
            raise Gone(option)
        counting = current.answers[user_id].counting(may_change=current.may_change).option
        say = self.bot.language_of(interaction)
        await give(interaction, ui.accepted(current, counting or 0, self.bot.catalog, say), private=True)

    @on_press("trivia-type")
    async def ask_for_text(self, interaction: Interaction, game_id: str, number: str) -> None:
        modal = ui.guess_modal(number_of(game_id), number_of(number), self.bot.language_of(interaction))
        await interaction.response.send_modal(modal)

    @on_press("trivia-guess")
    async def answer_by_modal(self, interaction: Interaction, game_id: str, number: str) -> None:
        hosted = await self.host.games.current(number_of(game_id))
        check_channel(interaction, hosted.game)
        await self.take_guess(interaction, hosted, number_of(number), submitted_texts(interaction).get("guess", ""))

    @on_press("trivia-hint")
    async def vote_for_hint(self, interaction: Interaction, game_id: str, number: str) -> None:
        user_id = interaction.user.id
        before = await self.host.games.current(number_of(game_id))
        vote = in_round(number, lambda game: game.vote_hint(user_id))
        hosted = await self.change(game_id, from_its_channel(interaction, vote))
        current, say = open_round(hosted.game), self.bot.language_of(interaction)
        came_out = before.game.round is not None and current.hint_count > before.game.round.hint_count
        reply = ui.hint_came_out(say) if came_out else ui.voted(current.hint_votes, hosted.game, say)
        await give(interaction, reply, private=True)
        if came_out:
            await self.host.show.refresh(hosted)

    @on_press("trivia-skip")
    async def vote_to_skip(self, interaction: Interaction, game_id: str, number: str) -> None:
        user_id, now = interaction.user.id, self.bot.now()
        vote = in_round(number, lambda game: game.vote_skip(user_id, now))
        hosted = await self.change(game_id, from_its_channel(interaction, vote))
        current, say = open_round(hosted.game), self.bot.language_of(interaction)
        reply = ui.skipped(say) if current.is_skipped else ui.voted(current.skip_votes, hosted.game, say)
        await give(interaction, reply, private=True)

    @on_press("trivia-stop")
    async def stop_by_button(self, interaction: Interaction, game_id: str) -> None:
        await self.stop_game(interaction, number_of(game_id))

    @on_press("trivia-missed")
    async def review(self, interaction: Interaction, game_id: str) -> None:
        game = (await self.host.games.current(number_of(game_id))).game
        check_channel(interaction, game)
        rounds = await records.played_rounds(self.bot.database, game.id)
        say = self.bot.language_of(interaction)
        await give(interaction, ui.missed_list(rounds, interaction.user.id, self.bot.catalog, say), private=True)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Plain chat answers where the operator lets the bot read it: ✅ for right, 🤏 for nearly."""
        game_id = self.host.game_in(message.channel.id)
        if game_id is None or message.author.bot or not (self.bot.settings.message_content and message.content):
            return
        try:
            hosted = await self.host.games.current(game_id)
            if hosted.game.round is None or not hosted.game.round.is_typed:
                return
            number = hosted.game.round.number
            verdict, _ = await self.guess(hosted, number, message.author.id, message.id, message.content)
            if sign := _SIGNS.get(verdict):
                await message.add_reaction(sign)
        except TriviaError:
            return  # between two rounds people may chat
        except Exception as error:  # noqa: BLE001 (an event has nobody to answer to: the log gets it)
            errors.record(error, "A guess in chat", message.channel.id)

    async def stop_game(self, interaction: Interaction, game_id: int) -> None:
        """For its starter and for those who may manage messages here."""
        await self.change(str(game_id), self.stopping(interaction))
        await give(interaction, ui.stopped(self.bot.language_of(interaction)), private=True)

    def stopping(self, interaction: Interaction) -> Verb:
        """The verb by which the one who asks stops a game of this server, or of these direct messages."""
        user_id, now = interaction.user.id, self.bot.now()

        def stop(game: Game) -> Game:
            if interaction.guild_id is None:
                check_channel(interaction, game)
            if game.guild_id != interaction.guild_id:
                raise NotAsked(game.id)
            is_moderator = interaction.guild_id is not None and interaction.permissions.manage_messages
            return game.stop(user_id, now, is_moderator=is_moderator)

        return stop

    async def take_guess(self, interaction: Interaction, hosted: Hosted, number: int, text: str) -> None:
        """Judge, store, tell."""
        verdict, _ = await self.guess(hosted, number, interaction.user.id, interaction.id, text)
        await give(interaction, ui.judged(verdict, text, self.bot.language_of(interaction)), private=True)

    async def guess(self, hosted: Hosted, number: int, user_id: int, stamp: int, text: str) -> tuple[Verdict, Hosted]:
        """``stamp`` is the id of the interaction or message that brought it; the verdict counts once it is returned."""
        current = hosted.game.round
        if current is None or not current.is_typed:
            raise NotAsked(hosted.game.id)
        verdict = judge(text[:GUESS_MOST], current.question.right, self.bot.catalog)
        is_right = verdict is Verdict.RIGHT
        changed = await self.change(
            str(hosted.game.id), lambda game: game.guess(user_id, number, stamp, is_right=is_right)
        )
        return verdict, changed

    async def change(self, game_id: str, verb: Verb) -> Hosted:
        """Save what the verb makes of the game, and let the game go on from there."""
        hosted = await self.host.games.change(number_of(game_id), verb)
        self.host.follow(hosted)
        return hosted


def check_channel(interaction: Interaction, game: Game) -> None:
    """Raises NotAsked for a game that goes on elsewhere: none of its buttons is here, so this one is forged."""
    if game.channel_id != interaction.channel_id:
        raise NotAsked(game.id)


def from_its_channel(interaction: Interaction, verb: Verb) -> Verb:
    """The verb, but only from the channel that the game is played in."""

    def guarded(game: Game) -> Game:
        check_channel(interaction, game)
        return verb(game)

    return guarded


def in_round(number: str, verb: Verb) -> Verb:
    """The verb, but only while that round is the last one."""

    def guarded(game: Game) -> Game:
        if game.round is None or game.round.number != number_of(number):
            raise NotAsked(game.id)
        return verb(game)

    return guarded


def open_round(game: Game) -> Round:
    """The round that was just answered or voted in."""
    if game.round is None:
        raise NotAsked(game.id)
    return game.round
