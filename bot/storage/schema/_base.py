"""What all tables are made with: the naming of constraints, keys, and values out of a few."""

from enum import StrEnum
from typing import TypeVar

from sqlalchemy import BigInteger, Column, Enum, Integer, MetaData, String

from bot.domain.catalog import KEY_MAX_LENGTH

EnumT = TypeVar("EnumT", bound=StrEnum)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Key = String(KEY_MAX_LENGTH)
EditionKey = String(2 * KEY_MAX_LENGTH + 1)
# SQLite numbers rows by itself only where the key is called INTEGER, which there holds 64 bits as well.
RowId = BigInteger().with_variant(Integer, "sqlite")


class OnForget(StrEnum):
    """What becomes of a member's row when the member has their data deleted."""

    DELETE = "delete"
    # The row stays, with a random negative number in the member's place; for what others look at too, such as scores.
    ANONYMISE = "anonymise"


def of_member(name: str, on_forget: OnForget, *, primary_key: bool = False) -> Column[int]:
    """A member's id. Every such column is made here, so that nobody's data is forgotten when they ask for them."""
    info = {"on_forget": on_forget}
    return Column(name, BigInteger, primary_key=primary_key, autoincrement=False, nullable=False, info=info)


def one_of(values: type[EnumT], name: str, length: int = 16) -> Enum:
    """Kept as its value in plain text, and only a known one (PostgreSQL's own enum types are hard to change)."""

    def texts_of(kind: type[EnumT]) -> list[str]:
        return [member.value for member in kind]

    return Enum(values, name=name, native_enum=False, create_constraint=True, length=length, values_callable=texts_of)
