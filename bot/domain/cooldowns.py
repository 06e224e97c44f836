"""How often one member may do what costs. In memory: a restart forgives."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .errors import TooFast

_SWEEP_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``times`` within ``per`` of each other."""

    times: int
    per: timedelta


@dataclass(slots=True)
class Cooldowns:
    """Remembers what each member did as long as it counts."""

    # When each use ceases to count, the earliest first: a few bytes for every member who did anything lately.
    _counts_until: dict[tuple[str, int], tuple[datetime, ...]] = field(default_factory=dict)
    _swept_at: datetime | None = None

    def use(self, name: str, limit: Limit, member_id: int, now: datetime) -> None:
        """Count one use; raises TooFast, and counts nothing, where the limit is reached."""
        self._sweep(now)
        uses = self._counts_until.get((name, member_id), ())
        # What would count for longer than anything does was noted before the machine's clock was set back.
        if len(uses) == limit.times and now < uses[0] <= now + limit.per:
            raise TooFast(retry_at=uses[0])
        self._counts_until[name, member_id] = (*uses, now + limit.per)[-limit.times :]

    def _sweep(self, now: datetime) -> None:
        """Now and then, forget all that counts no more."""
        if self._swept_at and self._swept_at <= now < self._swept_at + _SWEEP_EVERY:
            return
        self._swept_at = now
        self._counts_until = {key: uses for key, uses in self._counts_until.items() if uses[-1] > now}
