"""Trivia: what is asked, whether a guess is right, how a game goes, what it is worth."""
