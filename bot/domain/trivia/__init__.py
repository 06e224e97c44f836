"""Trivia, without Discord: what is asked, whether a guess is right, how a game goes, what it is worth.

questions/   what can be asked: facts and references, never sentences (bank.py is the door)
chooser      which question comes next in a game
settings     mode, rounds, seconds, pool
game         the state machine of a game: verbs that return the next frozen state
round        one round: who tried what, when it closes
scoring      points, standings, ranks, the podium
recap        what to tell at the end, what a player missed
boards       periods of the scoreboards, a player's profile
daily_quiz   the five questions of the day, the streak, the squares to share
hints        for typed answers
judge        is a typed guess right? (with _names, _wording and _slips)
snowflake    when Discord stamped an interaction
errors       what a game refuses

How the parts meet::

    bank = QuestionBank(catalog)                                        # once, off the event loop, as table_of()
    game = start_game(id, ..., running=the channel's last game)         # raises GameRunning
    question = choose_question(bank, game.settings.pool, rng, kinds=game.settings.mode.kinds, played=..., memory=...)
    game = game.ask(question, now)                                      # save, send the message, then
    game = game.posted(message_id)                                      # save
    game = game.answer(user_id, round_number, option, interaction_id)   # save, then tell the player
    game = game.close_round(now)                                        # at game.due_at; save, then show game.result

Saving is compare-and-set on ``version``: where another process was quicker, load what it saved and apply the verb to
that. A verb that returns the same object changed nothing. A round is stored as ``Round.snapshot()`` (plain JSON) and
one row for each :class:`~.round.Answer`; each :class:`~.scoring.Standing` is a row as well.
"""
