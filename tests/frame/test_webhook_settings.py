"""What a webhook needs in the configuration, and what of it is refused: each with its place and the way out."""

from pathlib import Path

import pytest

from bot.configuration.source import ConfigError
from bot.settings import load

PLAIN = "must be an address without user, ? and #, its path of A-Z a-z 0-9 . _ ~ - and /"
WEBHOOK = '[telegram]\nintake = "webhook"\n[webhook]\npublic_url = "{}"\nsecret = "{}"\n'
SECRET = "0123456789abcdef"


def written(folder: Path, config: str) -> Path:
    file = folder / "c.toml"
    file.write_text(config, encoding="utf-8")
    return file


def told_of(folder: Path, config: str) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        load(written(folder, config), {})
    return [str(problem).replace(f"{folder}/", "") for problem in refused.value.problems]


def test_a_webhook_needs_a_public_address_with_tls_and_a_secret(tmp_path: Path) -> None:  # K1
    config = '[telegram]\nintake = "webhook"\n[webhook]\npublic_url = "http://b.example.org"\n'
    assert told_of(tmp_path, config) == [
        'webhook.secret (c.toml:3): missing, and telegram.intake = "webhook" needs it',
        "webhook.public_url (c.toml:4): Telegram calls only https:// addresses",
    ]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            "https://b.example.org:9000",
            "Telegram calls only ports 443, 80, 88 and 8443, not 9000: let the proxy in front listen on one",
        ),
        ("https://b.example.org:90000", "its port is no number from 1 to 65535"),
        ("https://me:word@b.example.org", PLAIN),
        ("https://b.example.org/a?b=c", PLAIN),
        ("https://b.example.org/a b", PLAIN),
        ("https://b.example.org/%61", PLAIN),
    ],
)
def test_an_address_telegram_could_not_call_is_told_with_the_way_out(tmp_path: Path, address: str, told: str) -> None:
    # K1
    assert told_of(tmp_path, WEBHOOK.format(address, SECRET)) == [f"webhook.public_url (c.toml:4): {told}"]


@pytest.mark.parametrize(
    "address",
    [
        "https://b.example.org",
        "https://b.example.org:8443/hook/a-b_c",
        "http://127.0.0.1:9000",
        "http://[::1]:9000/telegram",
    ],
)
def test_an_address_telegram_can_call_is_taken(tmp_path: Path, address: str) -> None:
    assert load(written(tmp_path, WEBHOOK.format(address, SECRET)), {}).webhook.public_url == address


@pytest.mark.parametrize("secret", ["short", "fifteen-letters", "with blanks in between", "秘密" * 8, "x" * 257])
def test_a_webhooks_secret_is_long_of_letters_telegram_sends_and_never_shown(tmp_path: Path, secret: str) -> None:
    # K1 S7
    assert told_of(tmp_path, WEBHOOK.format("https://b.example.org", secret)) == [
        "webhook.secret = (not shown) (c.toml:5): must be 16 to 256 of A-Z a-z 0-9 _ -, as from: openssl rand -hex 32"
    ]
