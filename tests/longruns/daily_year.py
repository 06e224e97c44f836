"""A year of daily picks for many servers, through the real database and the real rules, with outages.

    python -m tests.longruns.daily_year [--days 365] [--servers 200] [--zones 40] [--seed 1]

The clock jumps from one due post to the next, and Discord is a stand-in that remembers nonces for three minutes: it
loses answers after the effect, refuses connections and answers 5xx, and the bot is away for minutes to a day at a time,
each time as a new process. What decides (clock, order, delivery, recovery, trouble) and what remembers (the store with
its compare-and-set) are the bot's own; requests, channels and the pacer are not in it (tests/wire has those). Each
local date must be posted once, or explained; no song may return before its pool was heard.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.daily.clock import Timing
from bot.domain.daily.delivery import Post, Punctuality, State, Why, punctuality
from bot.domain.daily.order import Programme
from bot.domain.daily.pools import Pool, songs_in
from bot.domain.daily.recovery import Adopt, Found, GiveUp, Look, SendAgain, Sight, recover
from bot.domain.daily.schedule import Entry, Plan, Setup
from bot.domain.daily.trouble import Trouble, after_trouble
from bot.storage import daily, daily_posts
from bot.storage.catalog import load_catalog, sync_catalog
from bot.storage.daily_posts import Due, Move, Shards
from bot.storage.database import Database

START = datetime(2026, 1, 1, tzinfo=UTC)
SHARDS = Shards(frozenset({0}), 1)
PASSING = (Trouble.NOT_CONNECTED, Trouble.SERVER_ERROR, Trouble.ANSWER_LOST)
NONCE_LIFE = timedelta(minutes=3)


class Discord:
    """What is in the channels, by nonce."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.posts: Counter[str] = Counter()
        self._sent_at: dict[str, datetime] = {}

    def send(self, post: Post, now: datetime) -> Trouble | None:
        """Post it, unless it was posted under this nonce just now; what the bot sees of it."""
        trouble = self.rng.choice(PASSING) if self.rng.random() < 0.05 else None
        arrives = trouble is None or (trouble is Trouble.ANSWER_LOST and self.rng.random() < 0.7)
        fresh = post.nonce in self._sent_at and now - self._sent_at[post.nonce] < NONCE_LIFE
        if arrives and not fresh:
            self.posts[post.nonce] += 1
            self._sent_at[post.nonce] = now
        return trouble

    def look(self, post: Post) -> Sight | Found:
        return Found(1) if self.posts[post.nonce] else Sight.ABSENT


class Year:
    def __init__(
        self, database: Database, discord: Discord, end: datetime, outages: list[tuple[datetime, datetime]]
    ) -> None:
        self.database, self.discord, self.end, self.outages = database, discord, end, outages
        self.pool: frozenset[str] = frozenset()
        self.process = "process-0"

    async def live(self) -> None:
        while (moment := await daily_posts.next_service(self.database, SHARDS)) and moment < self.end:
            now = self._awake_at(moment)
            due = await daily_posts.due_posts(self.database, now, SHARDS, 100)
            await self._serve(due, now)

    def _awake_at(self, moment: datetime) -> datetime:
        """The first moment from then on at which a process runs."""
        while self.outages and self.outages[0][1] <= moment:
            self.outages.pop(0)
        if self.outages and self.outages[0][0] <= moment:
            self.process = f"process-{self.outages[0][1].timestamp():.0f}"
            return self.outages[0][1]
        return moment

    async def _serve(self, due: list[Due], now: datetime) -> None:
        known = await daily.backgrounds(self.database, [one.schedule.id for one in due])
        moves = [self._decide(one, known[one.schedule.id], now) for one in due]
        won = await daily_posts.advance(self.database, moves)
        claimed = [
            move for move, ours in zip(moves, won, strict=True) if ours and move.after.post.claimed_by == self.process
        ]
        sent = [self._send(move, now) for move in claimed if move.after.post.last_sent_at == now]
        # A cut between sending and recording: the process dies, and its claims are found by the next.
        if self.discord.rng.random() < 0.01:
            self.process = f"process-after-{now.timestamp()}"
            return
        await daily_posts.advance(self.database, sent)

    def _decide(self, due: Due, known: daily.Background, now: datetime) -> Move:
        post, grace = due.post, due.schedule.setup.grace
        if post.state is State.CLAIMED:
            return self._recover(due, now)
        if punctuality(post.due_at, now, grace) is Punctuality.TOO_LATE:
            return Move(due.schedule, post, Entry(post.lapse()))
        choice = Programme(due.schedule.id, self.pool).choose(known.history, post.local_date)
        return Move(due.schedule, post, Entry(post.claim(self.process, choice, now), 1))

    def _recover(self, due: Due, now: datetime) -> Move:
        post, sight = due.post, Sight.NOT_LOOKED

        def decide(sight: Sight | Found) -> object:
            gone = post.claimed_by == self.process
            return recover(post, sight, now, forum=False, grace=due.schedule.setup.grace, claimant_gone=gone)

        decision = decide(sight)
        if isinstance(decision, Look) and decision.at <= now:
            decision = decide(self.discord.look(post))
        match decision:
            case Adopt(message_id):
                after = post.sent(message_id)
            case SendAgain():
                after = post.take_over(self.process, now)
            case GiveUp(why):
                after = post.fail(why) if why is Why.UNKNOWN else post.skip(why)
            case _:
                at = getattr(decision, "at", None) or getattr(decision, "until", now)
                after = post.retry_later(max(at, now + timedelta(seconds=5)), may_be_posted=True)
        return Move(due.schedule, post, Entry(after, 1))

    def _send(self, claim: Move, now: datetime) -> Move:
        post = claim.after.post
        trouble = self.discord.send(post, now)
        after = after_trouble(post, trouble, now, self.discord.rng.random()) if trouble else post.sent(1)
        return Move(claim.schedule, post, replace(claim.after, post=after))


async def _set_up(database: Database, servers: int, zones: int, rng: random.Random) -> None:
    known = sorted(
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))
    )
    chosen = rng.sample(known, zones)
    for guild_id in range(1, servers + 1):
        timing = Timing(time(rng.randrange(24), rng.choice((0, 15, 30, 45))), ZoneInfo(chosen[guild_id % zones]))
        plan = Plan.starting(guild_id, Setup(1, 1), timing, START)
        await daily.change_plan(database, guild_id, lambda _, plan=plan: plan)


async def _judge(database: Database, discord: Discord, servers: int, pool_size: int, days: int) -> list[str]:
    wrong, ends = [], Counter[str]()
    for guild_id in range(1, servers + 1):
        plan = await daily.plan_of(database, guild_id)
        entries = await daily_posts.recent(database, plan.schedule.id, days + 2) if plan else []
        posts = [entry.post for entry in reversed(entries)]
        dates = [post.local_date for post in posts]
        if not dates or dates != [date.fromordinal(dates[0].toordinal() + n) for n in range(len(dates))]:
            wrong.append(f"server {guild_id}: a date is missing")
        for post in posts:
            ends[post.why or post.state] += 1
            there = discord.posts[post.nonce]
            if there > 1 or (post.state is State.SENT) > there or (post.why not in (None, Why.UNKNOWN) and there):
                wrong.append(f"{post.nonce}: {post.state} {post.why}, {there} in the channel")
        heard = [post.choice.song_key for post in posts if post.heard and post.choice]
        rounds = [heard[n : n + pool_size] for n in range(0, len(heard) - pool_size, pool_size)]
        wrong += [f"server {guild_id}: a song returned early" for one in rounds if len(set(one)) != pool_size]
    for end, count in ends.most_common():
        print(f"  {end:<12}{count:>8}")
    return wrong


async def run(days: int, servers: int, zones: int, seed: int) -> bool:
    """Print how the dates ended; True if each was posted once or explained."""
    rng = random.Random(seed)
    end = START + timedelta(days=days)
    starts = sorted(START + timedelta(minutes=rng.randrange(days * 24 * 60)) for _ in range(days // 9))
    outages = [(start, start + timedelta(minutes=rng.choice((2, 30, 300, 1500)))) for start in starts]
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite:///{folder}/year.db")
        await sync_catalog(database)
        await _set_up(database, servers, zones, rng)
        discord = Discord(rng)
        year = Year(database, discord, end, outages)
        year.pool = songs_in(Pool(), await load_catalog(database))
        await year.live()
        print(f"{servers} servers in {zones} zones, {days} days, {len(starts)} outages")
        wrong = await _judge(database, discord, servers, len(year.pool), days)
        await database.close()
    print("\n".join(wrong[:20]) or "  each local date posted once or explained, no song early")
    return not wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("days", 365), ("servers", 200), ("zones", 40), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    chosen = parser.parse_args()
    sys.exit(0 if asyncio.run(run(chosen.days, chosen.servers, chosen.zones, chosen.seed)) else 1)


if __name__ == "__main__":
    main()
