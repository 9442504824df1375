"""The command line: finds a command's module in bot/cli, gives it its settings, turns its end into an exit code."""

import argparse
import ast
import importlib
import logging
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import bot.cli
from bot.cli import CONFIGURATION, FAILED, USAGE
from bot.configuration.source import ConfigError


def main(argv: Sequence[str] | None = None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments:
        overview().print_help(sys.stderr)
        return USAGE
    if arguments[0] not in commands():
        overview().parse_args(arguments[:1])
        return USAGE
    module = importlib.import_module(f"bot.cli.{arguments[0]}")
    return run(module, parse(module, arguments))


def run(module: ModuleType, args: argparse.Namespace) -> int:
    try:
        return int(module.main(args, settings_for(module, args)))
    except ConfigError as error:
        return refuse(error)
    except KeyboardInterrupt:
        return FAILED
    except Exception:
        logging.getLogger("dengta").exception("%s failed", args.command)
        return FAILED


def settings_for(module: ModuleType, args: argparse.Namespace) -> object:
    """A command that sets SETTINGS = False gets None and pays for no import it does not need."""
    if not getattr(module, "SETTINGS", True):
        return None
    from bot import logs, settings

    logs.set_up()
    loaded = settings.load(args.config)
    token = loaded.telegram.token.get_secret_value()
    logs.set_up(loaded.logs.level, loaded.logs.format, loaded.secrets(), key=token)
    return loaded


def refuse(error: ConfigError) -> int:
    from bot.logs import Redaction

    redact = Redaction()
    for problem in error.problems:
        print(redact(str(problem)), file=sys.stderr)
    return CONFIGURATION


def parse(module: ModuleType, arguments: list[str]) -> argparse.Namespace:
    """A command that sets OWN_ARGUMENTS = True gets them as they are, in `rest`."""
    if getattr(module, "OWN_ARGUMENTS", False):
        return argparse.Namespace(command=arguments[0], config=None, rest=arguments[1:])
    parser = Parser(prog=f"python -m bot {arguments[0]}", description=module.__doc__)
    parser.set_defaults(command=arguments[0])
    parser.add_argument("--config", type=Path, help="the configuration file (config.toml where there is one)")
    if hasattr(module, "add_arguments"):
        module.add_arguments(parser)
    return parser.parse_args(arguments[1:])


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message} ({' '.join(self.format_usage().split())})\n")


def overview() -> argparse.ArgumentParser:
    lines = [f"  {name:<10} {first_sentence(name)}" for name in commands()]
    parser = Parser(
        prog="python -m bot",
        usage="python -m bot COMMAND [--config config.toml] ...",
        description="Dengta keeps the rules of groups, runs their programme and keeps their books.",
        epilog="\n".join(["commands:", *lines, "", "exit codes: 0 ok, 1 failed, 2 usage, 78 configuration or token"]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=commands(), metavar="COMMAND", help="one of the commands below")
    return parser


def commands() -> list[str]:
    """The commands there are: one module each."""
    return sorted(module.name for module in pkgutil.iter_modules(bot.cli.__path__))


def first_sentence(command: str) -> str:
    """Read, not imported: the overview must not load the whole bot."""
    source = (Path(bot.cli.__path__[0]) / f"{command}.py").read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main())
