"""The configuration: where it comes from, and how every mistake in it is told at once."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.configuration.source import ConfigError
from bot.settings import Settings, host_and_port, load, require_token

TOKEN = "123456789:AAHcanaryCANARYcanaryCANARYcanary_-9"

USER_IDS = "must be a list of different Telegram user ids above 0, in the environment as JSON: [123, 456]"


@pytest.fixture
def no_secrets(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "secrets"
    folder.mkdir()
    return {"DENGTA_SECRETS_DIR": str(folder)}


def lines(config: str, environ: Mapping[str, str], folder: Path) -> list[str]:
    """The mistakes of this configuration; the file is called c.toml."""
    file = folder / "c.toml"
    file.write_text(config, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load(file, environ)
    return [str(problem).replace(f"{folder}/", "") for problem in refused.value.problems]


def test_without_any_configuration_the_defaults_hold(
    no_secrets: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(None, no_secrets) == Settings()


def test_every_mistake_of_file_and_environment_is_told_in_one_list(no_secrets: dict[str, str], tmp_path: Path) -> None:
    # K1
    config = """
[telegram]
tokn = "x"
intake = "poling"
[webhook]
max_connections = -4
public_url = "https://bot.example.org"
[operators]
user_ids = [1, -2]
[wep]
listen = "127.0.0.1:1"
"""
    environ = no_secrets | {
        "DENGTA__WEB__LISTN": "x",
        "DENGTA__WEB__LISTEN": "here",
        "DENGTA_TELEGRAM_API_BASE_URL": "x",
        "DENGTA__LOGS__LEVEL": "Debig",
        "PATH": "/bin",
    }
    assert lines(config, environ, tmp_path) == [
        "DENGTA_TELEGRAM_API_BASE_URL (environment): unknown name; did you mean DENGTA__TELEGRAM__API_BASE_URL?",
        "telegram.intake = 'poling' (c.toml:4): must be polling or webhook; did you mean \"polling\"?",
        "telegram.tokn (c.toml:3): unknown key; did you mean telegram.token?",
        "webhook.max_connections = -4 (c.toml:6): must be a whole number from 1 to 100",
        f"operators.user_ids = -2 (c.toml:9): {USER_IDS}",
        "web.listen = 'here' (DENGTA__WEB__LISTEN): must be host:port",
        "web.listn (DENGTA__WEB__LISTN): unknown key; did you mean DENGTA__WEB__LISTEN?",
        "logs.level = 'Debig' (DENGTA__LOGS__LEVEL): must be debug, info, warning or error; did you mean \"debug\"?",
        "wep (c.toml:10): unknown key; did you mean web?",
    ]


def test_polling_and_webhook_at_once_is_a_mistake(no_secrets: dict[str, str], tmp_path: Path) -> None:
    # K1
    config = (
        '[telegram]\nintake = "polling"\n[webhook]\npublic_url = "https://b.example.org"\nsecret = "s123456789012345"\n'
    )
    wrong = 'is set, but telegram.intake = "polling": remove it, or set intake = "webhook"'
    assert lines(config, no_secrets, tmp_path) == [
        f"webhook.public_url (c.toml:4): {wrong}",
        f"webhook.secret (c.toml:5): {wrong}",
    ]


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("telegram = 5", "telegram = 5 (c.toml:1): must be a table [telegram]"),
        ("[telegram\n", "configuration file (c.toml:1): not TOML: Expected ']' at the end of a table declaration"),
        (
            '[storage]\nurl = "mysql://u:hidden@h/d"',
            "storage.url = (not shown) (c.toml:2): must be a sqlite:///FILE or a postgresql:// address",
        ),
        ("[web]\nlisten = 8080", "web.listen = 8080 (c.toml:2): must be host:port"),
        ('[web]\nlisten = "127.0.0.1:70000"', "web.listen = '127.0.0.1:70000' (c.toml:2): must be host:port"),
        (
            '[telegram]\ntoken = "secret"',
            "telegram.token = (not shown) (c.toml:2): must be a token as @BotFather gives it, digits:letters",
        ),
        ("[telegram]\nlevel = 1", "telegram.level (c.toml:2): unknown key; did you mean logs.level?"),
        ("token = 1", "token (c.toml:1): unknown key; did you mean telegram.token?"),
        (
            "[operators]\nuser_ids = [7, 7]",
            f"operators.user_ids = [7, 7] (c.toml:2): {USER_IDS}",
        ),
    ],
)
def test_a_mistake_names_key_place_value_and_what_is_allowed(
    config: str, told: str, no_secrets: dict[str, str], tmp_path: Path
) -> None:
    assert lines(config, no_secrets, tmp_path) == [told]


def test_mistakes_in_the_policy_are_told_with_their_place(no_secrets: dict[str, str], tmp_path: Path) -> None:
    # K1
    config = """
[policy.floding]
mode = "observe"
[policy.flooding]
mode = "observ"
messages = -1
[policy.blocked_text]
patterns = ["fine", "(open"]
"""
    environ = no_secrets | {"DENGTA__POLICY__FLOODING__SECONDS": "ten", "DENGTA__POLICY__LADDER__VALID_DAY": "3"}
    told = lines(config, environ, tmp_path)
    assert sorted(line.partition(":")[0] for line in told) == [
        "policy.blocked_text.patterns = '(open' (c.toml",
        "policy.floding.mode (c.toml",
        "policy.flooding.messages = -1 (c.toml",
        "policy.flooding.mode = 'observ' (c.toml",
        "policy.flooding.seconds = 'ten' (DENGTA__POLICY__FLOODING__SECONDS)",
        "policy.ladder.valid_day (DENGTA__POLICY__LADDER__VALID_DAY)",
    ]
    assert "unknown key; did you mean DENGTA__POLICY__LADDER__VALID_DAYS?" in "\n".join(told)
    assert 'must be off | observe | enforce; did you mean "observe"?' in "\n".join(told)
    assert "is refused at position " in "\n".join(told)


def test_a_value_of_the_policy_comes_from_the_environment_in_its_own_type(
    no_secrets: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "c.toml").write_text("[policy.flooding]\nseconds = 20\n")
    environ = no_secrets | {
        "DENGTA__POLICY__FLOODING__MODE": "enforce",
        "DENGTA__POLICY__FLOODING__MESSAGES": "12",
        "DENGTA__POLICY__BLOCKED_TEXT__WORDS": '["a", "b"]',
    }
    assert load(tmp_path / "c.toml", environ).policy == {
        "flooding": {"seconds": 20, "mode": "enforce", "messages": 12},
        "blocked_text": {"words": ["a", "b"]},
    }


def test_a_file_that_was_named_must_be_there(no_secrets: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        load(tmp_path / "absent.toml", no_secrets)


def test_a_file_that_is_not_utf8_is_refused(no_secrets: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_bytes(b"[telegram]\nproxy = '\xff'\n")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(tmp_path / "c.toml", no_secrets)


def test_the_environment_outranks_secrets_and_secrets_the_file(no_secrets: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text('[logs]\nlevel = "error"\nformat = "json"\n[telegram]\nproxy = "http://a:1"\n')
    secrets = Path(no_secrets["DENGTA_SECRETS_DIR"])
    (secrets / "dengta__logs__level").write_text("warning\n")
    (secrets / "dengta__logs__format").write_text("text\n")
    settings = load(tmp_path / "c.toml", no_secrets | {"DENGTA__LOGS__LEVEL": "debug"})
    assert (settings.logs.level, settings.logs.format, settings.telegram.proxy) == ("debug", "text", "http://a:1")


def test_a_token_comes_from_a_secrets_file(no_secrets: dict[str, str], tmp_path: Path) -> None:
    secrets = Path(no_secrets["DENGTA_SECRETS_DIR"])
    (secrets / "dengta__telegram__token").write_text(f"{TOKEN}\n")
    (secrets / "postgres_password").write_text("of another program")
    (tmp_path / "c.toml").touch()
    assert require_token(load(tmp_path / "c.toml", no_secrets)) == TOKEN


def test_a_misspelt_or_unreadable_secrets_file_is_a_mistake(no_secrets: dict[str, str], tmp_path: Path) -> None:
    secrets = Path(no_secrets["DENGTA_SECRETS_DIR"])
    (secrets / "dengta__telegram__tokn").write_text(TOKEN)
    (secrets / "dengta__webhook__secret").write_bytes(b"\xff")
    assert lines("", no_secrets, tmp_path) == [
        "webhook.secret (secrets/dengta__webhook__secret): cannot be read as a text file",
        "telegram.tokn (secrets/dengta__telegram__tokn): unknown key; did you mean telegram.token?",
    ]


def test_a_secrets_directory_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    told = lines("", {"DENGTA_SECRETS_DIR": str(tmp_path / "absent")}, tmp_path)
    assert told == ["DENGTA_SECRETS_DIR = 'absent' (environment): not a directory"]


def test_lists_in_the_environment_are_json(no_secrets: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "c.toml").touch()
    assert load(tmp_path / "c.toml", no_secrets | {"DENGTA__OPERATORS__USER_IDS": "[5, 6]"}).operators.user_ids == (
        5,
        6,
    )
    assert lines("", no_secrets | {"DENGTA__OPERATORS__USER_IDS": "5,6"}, tmp_path) == [
        f"operators.user_ids = '5,6' (DENGTA__OPERATORS__USER_IDS): {USER_IDS}"
    ]


def test_a_name_below_a_single_value_is_told(no_secrets: dict[str, str], tmp_path: Path) -> None:
    told = lines("", no_secrets | {"DENGTA__LOGS": "5", "DENGTA__LOGS__LEVEL": "info"}, tmp_path)
    assert told[0] == "logs.level (DENGTA__LOGS__LEVEL): lies below a key that is a single value"


def test_a_missing_token_is_one_line_that_says_how_to_give_one() -> None:
    with pytest.raises(ConfigError) as refused:
        require_token(Settings())
    told = str(refused.value)
    assert told.startswith("telegram.token: missing; set it in config.toml, in DENGTA__TELEGRAM__TOKEN or")
    assert "cp config.example.toml config.toml" in told


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings().logs.level = "debug"  # type: ignore[misc]


def test_no_secret_shows_in_the_repr_of_settings() -> None:
    # S7
    settings = Settings.model_validate(
        {
            "telegram": {"token": TOKEN, "proxy": f"http://u:{TOKEN}@p:1"},
            "webhook": {"secret": "canary-canary-canary"},
            "storage": {"url": "postgresql://u:canary@h/d"},
        }
    )
    for text in (repr(settings), str(settings), repr(settings.telegram), f"{settings.storage}"):
        assert TOKEN not in text
        assert "canary" not in text


@pytest.mark.parametrize(
    ("text", "parts"), [("127.0.0.1:80", ("127.0.0.1", 80)), ("[::1]:8080", ("::1", 8080)), ("bot:1", ("bot", 1))]
)
def test_an_address_to_listen_on_is_taken_apart(text: str, parts: tuple[str, int]) -> None:
    assert host_and_port(text) == parts
