"""`python -m bot run` that takes another instance to hang after three seconds instead of thirty."""

import asyncio
import sys
from pathlib import Path

from bot import logs, settings
from bot.cli.run import serve
from bot.process.lease import Patience

HANG = 3.0
PATIENCE = Patience(look=0.2, beat=0.3, trust=1.0, hang=HANG, grace=0.5)


def main() -> int:
    given = settings.load(Path(sys.argv[sys.argv.index("--config") + 1]))
    logs.set_up(given.logs.level, given.logs.format, given.secrets())
    return asyncio.run(serve(given, patience=PATIENCE))


if __name__ == "__main__":
    sys.exit(main())
