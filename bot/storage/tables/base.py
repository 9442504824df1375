"""What all tables share: names of constraints, kinds of columns; describes, never asks."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, MetaData, Text, text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def clean(text: str) -> str:
    """The same text where a database can hold it: PostgreSQL refuses NUL, neither stores half of a character."""
    if text.isascii():
        return text.replace("\0", "") if "\0" in text else text
    return text.encode("utf-8", "replace").decode().replace("\0", "")


class Words(TypeDecorator[str]):
    """Text as people wrote it, without what a database refuses."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value)


def serial() -> Column[int]:
    """SQLite numbers rows by itself only where the key is called INTEGER."""
    return Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)


def number(name: str, target: str = "", *, nullable: bool = False, **how: Any) -> Column[int]:
    """A signed 64-bit number: an id, Unix seconds, an amount. `target` makes it a foreign key."""
    links = (ForeignKey(target),) if target else ()
    return Column(name, BigInteger, *links, nullable=nullable, **how)


def words(name: str, **how: Any) -> Column[str]:
    return Column(name, Words, nullable=how.pop("nullable", False), **how)


def yes_no(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def only(where: str) -> dict[str, Any]:
    """For an Index that holds only the rows `where` is true of."""
    return {"sqlite_where": text(where), "postgresql_where": text(where)}
