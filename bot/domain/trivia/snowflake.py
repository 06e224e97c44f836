"""When Discord stamped an interaction: its id tells (https://docs.discord.com/developers/reference#snowflakes)."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_TIME_BITS_FROM = 22


def stamped_at(snowflake: int) -> datetime:
    """The millisecond at which Discord made the id, aware UTC."""
    return _EPOCH + timedelta(milliseconds=snowflake >> _TIME_BITS_FROM)
