"""The catalog's tables: a column for every field of the domain's class of that name.

``retired`` marks what the shipped catalog no longer has: never deleted, so that members' rows stay valid.
"""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, Table, Text, false

from bot.domain.catalog import ArtistKind, AwardNature, Confidence, Gap, Result
from bot.storage.columns import PartialDateText, cast, chart_run, original, texts, video

from ._base import EditionKey, Key, metadata, one_of


def _retired() -> Column[bool]:
    return Column("retired", Boolean, nullable=False, server_default=false())


artist = Table(
    "artist",
    metadata,
    Column("key", Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_ko", Text, nullable=False),
    Column("aliases", texts(), nullable=False),
    Column("kind", one_of(ArtistKind, "kind"), nullable=False),
    _retired(),
)

drama = Table(
    "drama",
    metadata,
    Column("key", Key, primary_key=True),
    Column("title", Text, nullable=False),
    Column("title_ko", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("aliases", texts(), nullable=False),
    Column("premiere", Date),
    Column("networks", texts(), nullable=False),
    Column("cast", cast(), nullable=False),
    Column("sources", texts(), nullable=False),
    _retired(),
)

song = Table(
    "song",
    metadata,
    Column("key", Key, primary_key=True),
    Column("title", Text),
    Column("title_ko", Text, nullable=False),
    Column("drama_key", Key, ForeignKey("drama.key"), nullable=False),
    Column("aliases", texts(), nullable=False),
    Column("part", Text),
    Column("released", PartialDateText),
    Column("chart", chart_run()),
    Column("video", video()),
    Column("sources", texts(), nullable=False),
    Column("note", Text),
    Column("original", original()),
    _retired(),
)

song_artist = Table(
    "song_artist",
    metadata,
    Column("song_key", Key, ForeignKey("song.key"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("artist_key", Key, ForeignKey("artist.key"), nullable=False),
)

award = Table(
    "award",
    metadata,
    Column("key", Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_ko", Text, nullable=False),
    Column("aliases", texts(), nullable=False),
    Column("nature", one_of(AwardNature, "nature"), nullable=False),
    _retired(),
)

edition = Table(
    "edition",
    metadata,
    Column("key", EditionKey, primary_key=True),
    Column("award_key", Key, ForeignKey("award.key"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("category", Text),
    Column("category_ko", Text),
    Column("nature", one_of(AwardNature, "nature"), nullable=False),
    Column("number", Integer),
    Column("date", Date),
    Column("nominees_complete", Boolean, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("gap", one_of(Gap, "gap")),
    Column("sources", texts(), nullable=False),
    Column("note", Text),
    _retired(),
)

outcome = Table(
    "outcome",
    metadata,
    Column("song_key", Key, ForeignKey("song.key"), primary_key=True),
    Column("edition_key", EditionKey, ForeignKey("edition.key"), primary_key=True),
    Column("result", one_of(Result, "result"), nullable=False),
    Column("confidence", one_of(Confidence, "confidence"), nullable=False),
    Column("sources", texts(), nullable=False),
    Column("note", Text),
    _retired(),
)

ambiguous_name = Table("ambiguous_name", metadata, Column("name", Text, primary_key=True))
