"""Which backups to keep: the newest of each of the last days, and of each of the last weeks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Keep:
    """How many days' and how many weeks' backups to keep; neither: make none."""

    daily: int
    weekly: int

    @property
    def any(self) -> bool:
        return self.daily > 0 or self.weekly > 0

    @property
    def longest_days(self) -> int:
        """After so many days a backup is gone, as long as there is a new one every day."""
        return max(self.daily, self.weekly * DAYS_A_WEEK)


def kept(days: Collection[date], keep: Keep) -> set[date]:
    """Of backups made on ``days``, those to keep; the newest one of a week (Monday to Sunday) speaks for it."""
    newest_first = sorted(days, reverse=True)
    newest_of_week: dict[tuple[int, int], date] = {}
    for day in newest_first:
        newest_of_week.setdefault(day.isocalendar()[:2], day)
    return {*newest_first[: keep.daily], *list(newest_of_week.values())[: keep.weekly]}
