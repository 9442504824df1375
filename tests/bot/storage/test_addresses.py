"""Addresses of databases: kept as libpq would, or refused by name."""

from pathlib import Path

import pytest

from bot.storage import StorageError
from bot.storage.address import parse


def test_three_slashes_are_relative_and_four_absolute() -> None:
    assert parse("sqlite:///data/dengta.db").path == Path("data/dengta.db")
    assert parse("sqlite:////var/lib/dengta.db").path == Path("/var/lib/dengta.db")


def test_a_postgresql_address_keeps_socket_folder_and_certificates() -> None:
    address = parse("postgres://bot:p%40ss@/dengta?host=/run/postgresql&sslmode=require&connect_timeout=3")
    assert address.dsn == "postgresql://bot:p%40ss@/dengta?host=%2Frun%2Fpostgresql&sslmode=require"
    assert address.timeout == 3


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://bot@db/dengta", "'mysql'"),
        ("dengta.db", "'dengta.db'"),
        ("sqlite://", "names no file"),
        ("sqlite://dengta.db", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///data/dengta.db?mode=ro&cache=shared", "cache, mode"),
        ("postgresql://db/dengta?keepalives=1&sslmode=require", "keepalives"),
        ("postgresql://db:port/dengta", "cannot be read"),
        ("postgresql://db/dengta?connect_timeout=soon", "connect_timeout"),
        ("postgresql://db/dengta?sslmode", "cannot be read"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(url: str, told: str) -> None:
    with pytest.raises(StorageError) as caught:
        parse(url)
    assert told in caught.value.problem
    assert caught.value.way_out


def test_a_refusal_never_holds_the_password() -> None:
    with pytest.raises(StorageError) as caught:
        parse("postgresql://bot:geheim@db/dengta?keepalives=1")
    assert "geheim" not in str(caught.value)
