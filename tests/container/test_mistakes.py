"""What goes wrong before the first start is told once, and no container restarts for ever."""

from pathlib import Path

import pytest

from tests.container.installation import Installation, installation, lines_of_the_readme


def refused(made: Installation) -> list[str]:
    """Compose does not come up; what the one container that ran said."""
    done = made.call("docker", "compose", "up", "--detach", "--wait")
    assert done.returncode != 0, done.stderr
    assert made.container("check")["State"]["ExitCode"] == 78
    assert made.container("bot")["State"]["Status"] == "created", "it was started all the same"
    return made.logs("check").splitlines()


def test_an_empty_token_is_told_once(tmp_path: Path) -> None:
    # X1
    with installation(tmp_path, "empty") as made:
        (tmp_path / "secrets" / "telegram_token").write_text("")
        (line,) = refused(made)
        assert "telegram.token" in line
        assert "missing" in line


def test_a_token_that_telegram_refuses_is_told_once(tmp_path: Path) -> None:
    # X1, T5
    with installation(tmp_path, "refused") as made:
        (tmp_path / "secrets" / "telegram_token").write_text("100001:somebody-elses")
        (line,) = refused(made)
        assert "Telegram refuses this token" in line
        assert "somebody" not in line


def test_a_token_that_may_not_be_read_is_told_with_the_way_out(tmp_path: Path) -> None:
    # X1
    with installation(tmp_path, "locked") as made:
        (tmp_path / "secrets" / "telegram_token").chmod(0o600)
        (line,) = refused(made)
        assert "user 10001 may not read it: chmod 644" in line


def test_a_mistake_in_the_file_of_settings_is_told_with_its_line(tmp_path: Path) -> None:
    # X1
    (tmp_path / "config.toml").write_text("[policy.flooding]\nmesages = 3\n")
    with installation(tmp_path, "mistaken", DENGTA_CONFIG="./config.toml") as made:
        (line,) = refused(made)
        assert "config.toml:2" in line
        assert "did you mean" in line


def test_a_token_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    # X1
    with installation(tmp_path, "absent") as made:
        (tmp_path / "secrets" / "telegram_token").unlink()
        done = made.call("docker", "compose", "up", "--detach", "--wait")
        assert done.returncode != 0
        assert "secrets/telegram_token" in done.stderr


@pytest.mark.parametrize("mask", ["077", "022"])
def test_the_first_line_of_the_readme_makes_a_token_that_the_bot_alone_can_read(mask: str, tmp_path: Path) -> None:
    # X1
    with installation(tmp_path, f"mask{mask}") as made:
        made.do("sh", "-c", f"rm -r secrets; umask {mask}; {lines_of_the_readme()[0]}")
        assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
        assert (tmp_path / "secrets" / "telegram_token").stat().st_mode & 0o777 == 0o644
