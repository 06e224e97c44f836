"""Where Discord and the bot meet: read input, load, decide, save, show. One file a feature; no cog imports another."""
