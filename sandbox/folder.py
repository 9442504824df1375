"""The folder of a demo: one demo at a time plays in it, and what an earlier one left there is replaced."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sandbox.processes import ROOT, ProcessError


@contextmanager
def taken(folder: Path) -> Iterator[None]:
    """Empty, and ours until the end. Raises ProcessError, with nothing touched, where it is another's."""
    if folder.exists() and not folder.is_dir():
        raise ProcessError(f"{shown(folder)} is not a folder; choose another with --folder")
    folder.mkdir(parents=True, exist_ok=True)
    # The folder itself is locked: nothing lies about afterwards, and the kernel lets go of it however the demo ends.
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        lock(handle, folder)
        clear(folder)
        yield
    finally:
        os.close(handle)


def lock(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        reason = f"another demo is playing in {shown(folder)}; end it, or give this one --folder another"
        raise ProcessError(reason) from None


def clear(folder: Path) -> None:
    """An earlier demo's files go; anything else is left alone."""
    found = list(folder.iterdir())
    if found and not (folder / "bot.log").exists():
        raise ProcessError(f"{shown(folder)} is not a folder of the demo; choose another with --folder")
    for each in found:
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
