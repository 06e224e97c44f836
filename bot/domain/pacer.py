"""How many requests Discord may be sent: 50 a second over everything but answers to interactions.

https://docs.discord.com/developers/topics/rate-limits#global-rate-limit

THE RULE: a request may begin only while those under way and those that ended within the last window are fewer than
the limit. Nobody here knows when Discord counts a request: the way there may be slow for one and fast for the next,
so that what left evenly arrives in a heap. The rule needs not know. Say that Discord counted some requests within one
window, wherever it lay, and that the last to *begin* of them began at ``b``. Each of the others had begun by then,
and if it had ended, then after it was counted; it was counted at most a window before the last one, which was counted
after ``b``. So at ``b`` each of them was under way or had ended within the last window, and the rule counted it.

The price is a rate of ``limit / (window + latency)``: 49 a second at 10 ms, 45 at 100 ms.
"""

import heapq
import math
from dataclasses import dataclass, field

DISCORD_REQUESTS_PER_S = 50
_WINDOW_S = 1.01  # a second, by a clock that may run a little slower than Discord's
_CATCHING_UP = 1.1  # how much faster than the limit those who have time may follow each other after a pause


@dataclass(slots=True)
class Pacer:
    """Keeps THE RULE. Times are seconds of one monotonic clock.

    Requests that have time also keep a distance from each other, for a heap of them would only make others wait.
    """

    limit: int = DISCORD_REQUESTS_PER_S
    window_s: float = _WINDOW_S
    _under_way: int = 0
    _ended_at_s: list[float] = field(default_factory=list)  # a heap; those of the last window
    _patient_from_s: float = -math.inf

    def wait_s(self, now_s: float, *, patient: bool = False) -> float:
        """How long until the next may begin: 0 for at once, infinity for not before another has ended."""
        while self._ended_at_s and self._ended_at_s[0] + self.window_s <= now_s:
            heapq.heappop(self._ended_at_s)
        distance_s = max(0.0, self._patient_from_s - now_s) if patient else 0.0
        if self._under_way + len(self._ended_at_s) < self.limit:
            return distance_s
        if not self._ended_at_s:
            return math.inf
        return max(distance_s, self._ended_at_s[0] + self.window_s - now_s)

    def begin(self, now_s: float, *, patient: bool = False) -> None:
        """One begins; ``wait_s`` has just said that it may."""
        self._under_way += 1
        if patient:
            apart_s = self.window_s / self.limit / _CATCHING_UP
            self._patient_from_s = max(self._patient_from_s, now_s) + apart_s

    def end(self, at_s: float) -> None:
        """One that began was answered; or, without an answer, Discord will count it no later than ``at_s``."""
        self._under_way -= 1
        heapq.heappush(self._ended_at_s, at_s)
