"""Where a server's admins let trivia be played, by whom it may be started, and how it goes if nobody says otherwise."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from .errors import NotInThisChannel, NotYourRole
from .settings import Settings


@dataclass(frozen=True, slots=True)
class Rules:
    """``channel_ids`` empty means everywhere, ``starter_role_id`` None means everybody."""

    channel_ids: frozenset[int] = frozenset()
    starter_role_id: int | None = None
    settings: Settings = field(default_factory=Settings)

    def check_start(self, channel_ids: Collection[int], role_ids: Collection[int], *, is_moderator: bool) -> None:
        """``channel_ids`` are the channel and, of a thread, its parent. Raises NotInThisChannel or NotYourRole."""
        if self.channel_ids and self.channel_ids.isdisjoint(channel_ids):
            raise NotInThisChannel(tuple(sorted(self.channel_ids)))
        if self.starter_role_id and self.starter_role_id not in role_ids and not is_moderator:
            raise NotYourRole(self.starter_role_id)

    def with_channel_toggled(self, channel_id: int) -> "Rules":
        """The channel is added to those where games may be played, or taken out."""
        return replace(self, channel_ids=self.channel_ids ^ {channel_id})
