"""Which tag a post in a forum gets. A forum may ask for one with every post, and keep some for moderators.

https://docs.discord.com/developers/resources/channel#forum-tag-object
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Tag(Protocol):
    """A forum's tag. A ``moderated`` one may be given by those who manage threads only."""

    id: int
    name: str
    moderated: bool


TagT = TypeVar("TagT", bound=Tag)


@dataclass(frozen=True, slots=True)
class Tagging:
    """What posts get: the tag of that id and name, or None for no tag.

    ``asked_for`` says that the forum takes no post without one; ``lost``, that admins chose a tag which is gone or may
    not be used any more.
    """

    tag_id: int | None = None
    name: str | None = None
    asked_for: bool = False
    lost: bool = False

    @property
    def impossible(self) -> bool:
        """Whether the forum takes no post of the bot's."""
        return self.asked_for and self.tag_id is None


def usable_tags(tags: Iterable[TagT], *, moderator: bool) -> list[TagT]:
    """Those that the bot may give; ``moderator`` says whether it manages threads there."""
    return [tag for tag in tags if moderator or not tag.moderated]


def tagging(tags: Iterable[TagT], chosen_id: int | None, *, asked_for: bool, moderator: bool) -> Tagging:
    """The chosen tag, if it can be used; else the first that can, where there must be one."""
    usable = usable_tags(tags, moderator=moderator)
    chosen = next((tag for tag in usable if tag.id == chosen_id), None)
    tag = chosen or next(iter(usable if asked_for else ()), None)
    lost = chosen_id is not None and chosen is None
    return Tagging(tag.id if tag else None, tag.name if tag else None, asked_for, lost)
