"""Database addresses as an operator writes them, taken apart; what cannot be kept is refused by name."""

from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.storage.errors import StorageError

Dialect = Literal["sqlite", "postgresql"]

# asyncpg reads these from the address itself, as libpq would.
POSTGRES_PARAMETERS = frozenset({
    "application_name", "dbname", "host", "passfile", "password", "port", "sslcert", "sslcrl", "sslkey", "sslmode",
    "sslpassword", "sslrootcert", "target_session_attrs", "user",
})  # fmt: skip
POSTGRES_FORM = "write postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
DEFAULT_FOLDER = Path("data")


class Address(NamedTuple):
    """`path` for SQLite; `dsn` and `timeout` (seconds to connect) for PostgreSQL."""

    dialect: Dialect
    path: Path = Path()
    dsn: str = ""
    timeout: float = 10.0


def parse(url: str) -> Address:
    """Raises StorageError for an address that cannot be used as it stands."""
    scheme = url.partition(":")[0]
    if scheme == "sqlite":
        return parse_sqlite(url)
    if scheme in {"postgresql", "postgres"}:
        return parse_postgres(url)
    raise StorageError(
        f"storage.url begins with {scheme!r}", "write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE"
    )


def parse_sqlite(url: str) -> Address:
    file, _, query = url.removeprefix("sqlite://").partition("?")
    if query:
        names = ", ".join(sorted({part.partition("=")[0] for part in query.split("&")}))
        raise StorageError(f"storage.url has parameters that do nothing for SQLite: {names}", "leave them out")
    path = file.removeprefix("/")
    if not file.startswith("/") or path in {"", ":memory:"}:
        raise StorageError("storage.url names no file", "write sqlite:///data/dengta.db, with three slashes")
    return Address("sqlite", path=Path(path))


def parse_postgres(url: str) -> Address:
    try:
        parts = urlsplit(url)
        _ = parts.port
        parameters = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise StorageError("storage.url cannot be read", POSTGRES_FORM) from error
    timeout = dict(parameters).get("connect_timeout", "10")
    kept = [(name, value) for name, value in parameters if name != "connect_timeout"]
    unknown = sorted({name for name, _ in kept} - POSTGRES_PARAMETERS)
    if unknown:
        raise StorageError(
            f"storage.url has parameters that cannot be kept: {', '.join(unknown)}",
            f"use only {', '.join(sorted(POSTGRES_PARAMETERS | {'connect_timeout'}))}",
        )
    if not timeout.isdigit() or timeout == "0":
        raise StorageError("connect_timeout in storage.url is no number of seconds", "write connect_timeout=10")
    dsn = parts._replace(scheme="postgresql", query=urlencode(kept)).geturl()
    return Address("postgresql", dsn=dsn, timeout=float(timeout))
