"""What an agenda owes, one date after the other, as the bot finds it out."""

from collections.abc import Iterator
from datetime import date, datetime

from bot.domain.daily.clock import Agenda, Slot


def due_slots(agenda: Agenda, now: datetime, after: date | None = None) -> Iterator[Slot]:
    """Every slot that is due by ``now`` and behind ``after``, oldest first."""
    while (slot := agenda.next_slot(after)).due_at <= now:
        yield slot
        after = slot.local_date
