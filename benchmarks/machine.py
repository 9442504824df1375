"""What machine and which Python made a figure; a figure without them means nothing."""

import os
import platform
import sysconfig


def described() -> str:
    """`2 cores, Linux x86_64, CPython 3.11.7 (built with …)`."""
    flags = sysconfig.get_config_var("CONFIG_ARGS") or ""
    optimised = "optimised build" if "--enable-optimizations" in flags else "build without optimisation"
    python = f"{platform.python_implementation()} {platform.python_version()} ({optimised})"
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, {python}"
