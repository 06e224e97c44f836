"""Which song a server hears, and the message it comes in: the same for every server that hears it, so made once."""

import time
from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

from bot.client import OstBot
from bot.domain.daily.order import Choice, Programme, house_picks
from bot.domain.daily.pools import Pool, songs_in
from bot.domain.daily.schedule import Schedule
from bot.domain.daily.story import Stories
from bot.storage import daily_posts
from bot.storage.daily import Background
from bot.ui import daily as ui
from bot.ui.i18n import Language, language
from bot.ui.replies import Reply

_POOLS_KEPT, _MESSAGES_KEPT, _HOUSE_DAYS_KEPT = 256, 1024, 4
_COUNTS_GOOD_FOR_S = 60.0
PAST_SHOWN = 10


class Picks:
    def __init__(self, bot: OstBot) -> None:
        self.bot = bot
        self.stories = Stories(bot.catalog)
        self.pool = lru_cache(_POOLS_KEPT)(self._pool)
        self._message = lru_cache(_MESSAGES_KEPT)(self._make_message)
        bot.cache_clears.append(self._message.cache_clear)
        self.house = lru_cache(_HOUSE_DAYS_KEPT)(self._house)
        self._saves: dict[str, int] = {}
        self._saves_until_s = 0.0

    def choose(self, schedule: Schedule, background: Background, local_date: date) -> Choice:
        """The song of that date for the server. Raises NothingToPost."""
        pool, days = self.pool(schedule.setup.pool), schedule.agenda.timing.days
        wishes = background.wishes
        programme = Programme(schedule.id, pool, days, wishes)
        return programme.choose(background.history, local_date, self.stories.anniversaries.songs_on(local_date))

    def message(self, song_key: str, local_date: date, say: Language) -> ui.PickMessage:
        """With the count of saves as :meth:`count_saves` found it."""
        return self._message(song_key, local_date, self._saves.get(song_key, 0), say.code)

    async def count_saves(self, song_keys: Collection[str]) -> None:
        """Know how many saved these songs, give or take a minute."""
        now_s = time.monotonic()
        if now_s > self._saves_until_s:
            self._saves, self._saves_until_s = {}, now_s + _COUNTS_GOOD_FOR_S
        if unknown := [key for key in song_keys if key not in self._saves]:
            counted = await daily_posts.save_counts(self.bot.database, unknown)
            self._saves |= {key: counted.get(key, 0) for key in unknown}

    async def card(self, song_key: str, local_date: date, say: Language) -> Reply:
        """The pick for somebody who asked."""
        catalog, facts = self.bot.catalog, self.stories.why(song_key, local_date)
        saves = (await daily_posts.save_counts(self.bot.database, [song_key])).get(song_key, 0)
        return ui.today(catalog, song_key, facts, saves, say)

    def _house(self, until: date) -> list[tuple[date, str]]:
        """The house's picks up to that date, oldest first, and at least as many as are shown."""
        pool, on = self.pool(Pool()), self.stories.anniversaries.songs_on
        picks = list(house_picks(pool, until, on))
        if picks and len(picks) < PAST_SHOWN:
            picks = [*house_picks(pool, picks[0][0] - timedelta(days=1), on), *picks]
        return [(day, choice.song_key) for day, choice in picks]

    def _pool(self, pool: Pool) -> frozenset[str]:
        return songs_in(pool, self.bot.catalog)

    def _make_message(self, song_key: str, local_date: date, saves: int, language_code: str) -> ui.PickMessage:
        song, facts = self.bot.catalog.songs[song_key], self.stories.why(song_key, local_date)
        return ui.pick_message(self.bot.catalog, song, facts, saves, language(language_code))
