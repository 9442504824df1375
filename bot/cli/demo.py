"""Plays a story on a Telegram of our own, with this bot against it; all arguments are the player's."""

import argparse
import os
import sys

SETTINGS = False
OWN_ARGUMENTS = True


def main(args: argparse.Namespace, _settings: None) -> int:
    os.execv(sys.executable, [sys.executable, "-m", "sandbox.demo", *args.rest])  # noqa: S606
