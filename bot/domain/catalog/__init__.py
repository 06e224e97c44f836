"""The catalog: dramas, their songs, who sings them, and every award outcome with its source.

Everything here is frozen; a :class:`Catalog` is built once at start-up and shared by all.
Keys are stable slugs (``[a-z0-9-]``, at most 40 characters) that Discord messages and members'
rows refer to for ever.

_facts     the kinds of entries, and dates that may lack their day
_joined    Catalog, which joins them
"""

from ._facts import (
    KEY_MAX_LENGTH,
    KEY_PATTERN,
    Actor,
    Artist,
    ArtistKind,
    Award,
    AwardNature,
    ChartRun,
    Circle,
    Confidence,
    Drama,
    Edition,
    Entity,
    Gap,
    Kind,
    Original,
    Outcome,
    PartialDate,
    Result,
    Song,
    Video,
    kind_of,
)
from ._joined import Catalog

__all__ = [
    "KEY_MAX_LENGTH",
    "KEY_PATTERN",
    "Actor",
    "Artist",
    "ArtistKind",
    "Award",
    "AwardNature",
    "Catalog",
    "ChartRun",
    "Circle",
    "Confidence",
    "Drama",
    "Edition",
    "Entity",
    "Gap",
    "Kind",
    "Original",
    "Outcome",
    "PartialDate",
    "Result",
    "Song",
    "Video",
    "kind_of",
]
