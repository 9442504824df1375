"""Becomes a module of this interpreter that ends when whoever started it ends, even by kill -9; only Linux can tell."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def tie(starter: int) -> None:
    """Ask the kernel for SIGTERM at the starter's end; without one left there is nothing to start for."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != starter:
            sys.exit(1)


def command(*module: str) -> tuple[str, ...]:
    """What to execute instead of `python -m MODULE …`."""
    return sys.executable, "-I", "-S", __file__, str(os.getpid()), *module


if __name__ == "__main__":
    tie(int(sys.argv[1]))
    os.execv(sys.executable, [sys.executable, "-m", *sys.argv[2:]])  # noqa: S606
