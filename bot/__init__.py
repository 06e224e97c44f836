"""Ostinato, a Discord bot for the soundtracks of Korean dramas. This is the map of the house.

**domain decides, storage remembers, ui shows, cogs connect.** A line leads down to what is imported::

                         cli                    python -m bot
             ┌────────────┼───────────────┐
          commands      start          settings, logs, explain
             │            │
          preview      beside   cogs.*             thin: read, load, decide, save, show
             └──────────┐ │ ┌────┘ │
                       client      │             the bot; it knows its cogs by name only
                          │        │
                    ┌─────┴────┬───┘
                   ui       storage ──── data    the catalog's text
                    └────┬─────┘
                       domain                    pure: no Discord, no I/O, no clock, no dice

The same word is the same feature in every layer, so ``git ls-files '*lookup*'`` is all of that feature.

=============  =====================================================================================================
``domain/``    ``catalog`` (its types), ``errors`` (what goes wrong for a person, as facts), ``forms`` and ``hangul``
               (texts made comparable), ``search``, and the rules of each feature: ``lookup``, ``daily``, ``trivia``
``storage/``   ``database`` (one writer, group commit), ``schema``, ``migrations``, a file for what each feature
               keeps, and the reader of the catalog's text: ``catalog_text``, ``catalog_rows``
``ui/``        a file or package of messages for each feature; ``i18n`` and ``locales`` (sentences), ``text``
               (Discord's limits), ``components`` (buttons that outlive a restart), ``pictures`` (drawn by a process
               of its own), ``errors`` (the one door from an error to a message)
``cogs/``      the commands; none knows another
``client``     the bot itself: start-up order, where presses and errors go; ``registration`` sends Discord its commands
``store``      what the bot stands on: the database, and in memory the catalog and its search index
``start``      from settings to a running bot and back: the first connection, signals, exit codes
``beside``     what goes on as long as the process lives: ``housekeeping`` (backups, servers that were left), ``health``
               (``/healthz`` and ``/metrics``, only if asked for), word to ``systemd``
``metrics``    what the bot counts of its own work
``pacing``     where every request waits for its turn, so that all together keep to Discord's limit
``doctor``     looks whether everything is in order; changes nothing
``cli``        ``python -m bot``; ``commands`` holds the commands besides running it, ``explain`` the words for a
               database that cannot be used
``preview``    the same bot against a simulated Discord in a local page
=============  =====================================================================================================

``tests/test_architecture.py`` holds all of this: whoever adds a room draws it here and in the table there.
"""

__version__ = "0.1.0"
