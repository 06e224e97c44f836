"""How fast to send: a token bucket as arithmetic on a clock that only its user reads.

Discord allows a bot 50 requests a second over everything but answers to interactions. A post may cost more than one
request (publishing it, opening its thread), and each takes its own turn.
"""

from dataclasses import dataclass, replace

DISCORD_REQUESTS_PER_S = 50.0


@dataclass(frozen=True, slots=True)
class Pacer:
    """At most ``burst + rate_per_s * t`` turns in any ``t`` seconds. Times are seconds of one monotonic clock."""

    rate_per_s: float = DISCORD_REQUESTS_PER_S - 5  # the rest is for what members do meanwhile
    burst: int = 1
    next_at_s: float = float("-inf")  # when the bucket, filled at the rate, would be full again

    def turn(self, now_s: float) -> tuple["Pacer", float]:
        """The pacer after one more turn, and how many seconds to wait before taking it (0 for at once)."""
        filled_at_s = max(self.next_at_s, now_s)
        wait_s = max(0.0, filled_at_s - now_s - (self.burst - 1) / self.rate_per_s)
        return replace(self, next_at_s=filled_at_s + 1 / self.rate_per_s), wait_s

    def held(self, now_s: float, retry_after_s: float) -> "Pacer":
        """Discord said 429: no turn before ``retry_after_s`` is over, and no burst right after it."""
        opens_at_s = now_s + retry_after_s + (self.burst - 1) / self.rate_per_s
        return replace(self, next_at_s=max(self.next_at_s, opens_at_s))
