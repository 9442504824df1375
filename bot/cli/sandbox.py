"""Starts the sandbox, a Telegram of our own on loopback, as a process of its own; all arguments are the sandbox's."""

import argparse
import os
import sys

SETTINGS = False
OWN_ARGUMENTS = True


def main(args: argparse.Namespace, _settings: None) -> int:
    os.execv(sys.executable, [sys.executable, "-m", "sandbox", *args.rest])  # noqa: S606
