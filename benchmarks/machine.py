"""What the figures were measured on: without it they say nothing."""

import os
import platform
import sqlite3
import sys
import sysconfig
from importlib.metadata import version
from pathlib import Path


def described() -> str:
    """`2 cores, Linux x86_64, CPython 3.11.7 (built with …)`."""
    python = f"{platform.python_implementation()} {platform.python_version()} ({optimised()})"
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, {python}"


def facts() -> list[tuple[str, str]]:
    """The same for a table, with the versions that matter."""
    return [
        ("machine", f"{os.cpu_count()} cores, {cpu_name()}"),
        ("system", f"{platform.system()} {platform.release()}"),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}, {optimised()}"),
        ("SQLite", sqlite3.sqlite_version),
        ("python-telegram-bot", version("python-telegram-bot")),
        ("SQLAlchemy", version("sqlalchemy")),
        ("msgspec", version("msgspec")),
    ]


def cpu_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def optimised() -> str:
    """How this Python was built; one without optimisation can be half as fast."""
    arguments = sysconfig.get_config_var("CONFIG_ARGS") or ""
    flags = f"{sysconfig.get_config_var('OPT') or ''} {sysconfig.get_config_var('PY_CFLAGS') or ''}"
    level = next((flag for flag in reversed(flags.split()) if flag.startswith("-O")), "unknown optimisation")
    profiled = "profile-guided" if "--enable-optimizations" in arguments else "not profile-guided"
    linked = "link-time optimised" if "--with-lto" in arguments else "no LTO"
    debug = ", debug build" if hasattr(sys, "gettotalrefcount") else ""
    return f"built with {level}, {profiled}, {linked}{debug}"
