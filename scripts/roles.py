"""Writes docs/roles.md from the one table of powers: who may ask what; `--check` only compares."""

import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.powers import ASKED, GIVEN_BY, Power, Role

HERE = Path(__file__)
PAGE, WORDS = HERE.parents[1] / "docs" / "roles.md", HERE.with_suffix(".toml")
Words = Mapping[str, tuple[str, str]]

# The columns; volunteers and homework officers may do the same.
COLUMNS: Mapping[Role, str] = {
    "operator": "管理机器人的人 operator",
    "owner": "负责人 owner",
    "officer": "运营官 officer",
    "leader": "营主 leader",
    "reviewer": "复核人 reviewer",
    "volunteer": "志愿者、作业官 volunteer, homework officer",
    "member": "成员 member",
    "person": "任何人 anyone",
}
NAMES: Mapping[str, str] = {
    "owner": "负责人", "officer": "运营官", "leader": "营主", "homework_officer": "作业官", "reviewer": "复核人",
    "volunteer": "志愿者",
}  # fmt: skip
RIGHTS = {
    "can_restrict_members": "限制成员 restrict members", "can_delete_messages": "删除消息 delete messages",
    "can_pin_messages": "置顶消息 pin messages", "can_invite_users": "邀请用户 invite users",
}  # fmt: skip


class Unnamed(Exception):
    """An action without words in roles.toml."""


def main(arguments: list[str]) -> int:
    try:
        wanted = page(tomllib.loads(WORDS.read_text("utf-8")))
    except Unnamed as error:
        print(f"scripts/roles.toml has no words for {error}; add a line [Chinese, English]", file=sys.stderr)
        return 1
    if "--check" not in arguments:
        PAGE.write_text(wanted, "utf-8")
        return 0
    if not PAGE.exists() or PAGE.read_text("utf-8") != wanted:
        print("docs/roles.md is not what bot/powers.py says: run python -m scripts.roles", file=sys.stderr)
        return 1
    return 0


def page(words: Mapping[str, Any]) -> str:
    parts = (
        words["page"]["head"], "## 命令 Commands\n", *table(commands(words["command"])),
        f"## 按钮 Buttons\n\n{words['page']['buttons']}\n",
        *table(buttons(words["press"])), "## 谁可以给角色 Who may give a role\n", *giving(),
    )  # fmt: skip
    return "\n".join(parts)


def table(rows: Iterator[tuple[str, Power]]) -> Iterator[str]:
    yield f"| | {' | '.join(COLUMNS.values())} | Telegram |"
    yield f"|---|{':-:|' * len(COLUMNS)}---|"
    for label, power in rows:
        marks = " | ".join("✓" if role in power.who else "" for role in COLUMNS)
        needs = ", ".join(RIGHTS[each] for each in sorted(power.needs))
        yield f"| {label} | {marks} | {needs} |"
    yield ""


def commands(words: Words) -> Iterator[tuple[str, Power]]:
    for action, power in sorted(ASKED.items()):
        if action.startswith("command."):
            name = action.removeprefix("command.")
            chinese, english = named(words, name, action)
            yield f"`/{name.split('.')[0]}` {chinese} {english}", power


def buttons(words: Words) -> Iterator[tuple[str, Power]]:
    found: defaultdict[tuple[str, Power], list[str]] = defaultdict(list)
    for action, power in ASKED.items():
        if action.startswith("press."):
            family, _, rest = action.removeprefix("press.").partition(".")
            found[family, power].append(rest or family)
    for (family, power), names in sorted(found.items(), key=lambda each: (each[0][0], sorted(each[1]))):
        chinese, english = named(words, family, f"press.{family}")
        yield f"{chinese} {english}: {', '.join(f'`{name}`' for name in sorted(names))}", power


def named(words: Words, name: str, action: str) -> tuple[str, str]:
    if name not in words:
        raise Unnamed(action)
    chinese, english = words[name]
    return chinese, english


def giving() -> Iterator[str]:
    givers: tuple[Role, ...] = ("operator", "owner", "officer", "leader")
    yield f"| 角色 role | {' | '.join(COLUMNS[role] for role in givers)} |"
    yield f"|---|{':-:|' * len(givers)}"
    for role, who in GIVEN_BY.items():
        yield f"| {NAMES[role]} {role} | {' | '.join('✓' if giver in who else '' for giver in givers)} |"
    yield ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
