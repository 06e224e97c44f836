"""Ostinato, a Discord bot for the soundtracks of Korean dramas."""

__version__ = "0.1.0"
