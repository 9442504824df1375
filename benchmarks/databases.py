"""A fresh database of each kind; PostgreSQL is the tests' own server, so its `fsync` is off while SQLite's is FULL."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import Postgres

ENGINES = ("sqlite", "postgres")


@contextmanager
def fresh(engine: str) -> Iterator[str]:
    """The address of an empty database. Enter it outside of any event loop."""
    if engine == "sqlite":
        with tempfile.TemporaryDirectory(prefix="dengta-bench-") as folder:
            yield f"sqlite:///{Path(folder) / 'bench.db'}"
        return
    server = Postgres("any")
    try:
        with server.fresh(migrated=False) as url:
            yield url
    finally:
        server.close()
