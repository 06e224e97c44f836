"""How often one member may do what costs. In memory: a restart forgives."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .errors import TooFast

_PRUNE_ABOVE = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``times`` within ``per`` of each other."""

    times: int
    per: timedelta


@dataclass(slots=True)
class Cooldowns:
    """Remembers when each member did what is limited."""

    _uses: dict[tuple[str, int], deque[datetime]] = field(default_factory=dict)

    def use(self, name: str, limit: Limit, member_id: int, now: datetime) -> None:
        """Count one use; raises TooFast, and counts nothing, where the limit is reached."""
        uses = self._uses.setdefault((name, member_id), deque(maxlen=limit.times))
        if len(uses) == limit.times and now - uses[0] < limit.per:
            raise TooFast(retry_at=uses[0] + limit.per)
        uses.append(now)
        if len(self._uses) > _PRUNE_ABOVE:
            self._forget_before(now - timedelta(hours=1))

    def _forget_before(self, moment: datetime) -> None:
        self._uses = {key: uses for key, uses in self._uses.items() if uses[-1] > moment}
