"""`check --ready`: what a container asks before the bot starts."""

from pathlib import Path

from tests.frame.test_command_line import TOKEN, bot


def test_check_refuses_what_is_not_ready_where_it_is_asked_to(tmp_path: Path) -> None:
    # X1
    done = bot("check", "--ready", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (78, "")
    assert len(done.stderr.splitlines()) == 1
    assert "telegram.token: missing" in done.stderr
    assert bot("check", "--ready", cwd=tmp_path, DENGTA__TELEGRAM__TOKEN=TOKEN).returncode == 0
