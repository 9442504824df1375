"""What people paste from another bot's lists, rules and welcome, read as ours; pure, it keeps and decides nothing."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category

LONGEST_WORD, MOST_WORDS = 64, 500
LONGEST_RULE, MOST_RULES = 1000, 30
LONGEST_WELCOME = 2000

BULLET = re.compile(r"^[\s>]*(?:[-–—*•·●○▪▫◦‣➤▶✅❌🚫]\uFE0F?\s*)+")
NUMBER = re.compile(
    r"^\s*(?:[(（]?\d{1,3}(?:[.．](?!\d)\s*|[)）、:：]\s*|\s*[-–]\s+)|[①-⑳]\s*|\d\uFE0F?\u20E3\s*|[一二三四五六七八九十]{1,3}[、.．]\s*)"
)
QUOTED = re.compile(
    r"`([^`\n]+)`|\"([^\"\n]+)\"|“([^”\n]+)”|「([^」\n]+)」|『([^』\n]+)』|‘([^’\n]+)’|'([^'\n]+)'(?=\s*(?:[,，;；)\]]|$))"
)
COMMAND = re.compile(r"^\s*/(?:add)?(?:blocklist|blacklist)(?:@\w+)?\s+", re.IGNORECASE)
MODE = re.compile(r"\{[^{}]*\}\s*$")
BETWEEN = re.compile(r"[,，、;；|\t]+")
# Kinds of Rose's entries that are no words.
OTHER_KIND = re.compile(
    r"^(?:stickerpack|file|inline|forward|emoji|customemoji|media|regex|lookalike|exact|prefix|suffix):", re.IGNORECASE
)
PLACEHOLDER = re.compile(
    r"\{\{?(?P<curly>[A-Za-z_]+)(?::[A-Za-z_]+)?\}?\}|%%(?P<double>[A-Za-z_]+)%%|%(?P<single>[A-Za-z_]+)%|(?<!\w)\$(?P<dollar>[A-Za-z_]+)"
)
LINK_BUTTON = re.compile(r"\[([^\]\n]+)\]\(buttonurl(?:#\w+)?:(?://)?[^)\s]*\)")

NAMES = frozenset({
    "first", "last", "fullname", "username", "mention", "name", "names", "surname", "namesurname", "user", "firstname",
    "lastname", "first_name", "last_name", "user_name", "nickname",
})  # fmt: skip
TITLES = frozenset({"chatname", "groupname", "group", "title", "chat", "chat_title", "group_name", "chattitle"})
GOALS = frozenset({"group_goal"})


class Words(NamedTuple):
    """`found` without doubles, as they were written; `left_out` is what was there and cannot be a word of the list."""

    found: tuple[str, ...]
    left_out: tuple[str, ...] = ()


class Welcome(NamedTuple):
    text: str
    unknown: tuple[str, ...] = ()


def words_of(text: str) -> Words:
    """A list as other bots show it: bullets, numbers, quotes, back-ticks, commas, commands, one or many on a line."""
    found: dict[str, str] = {}
    left_out: dict[str, None] = {}
    for line in text.splitlines():
        for piece in pieces(line):
            if is_word(piece) and len(found) < MOST_WORDS:
                found.setdefault(piece.casefold(), piece)
            elif piece.casefold() not in found:
                left_out.setdefault(piece)
    return Words(tuple(found.values()), tuple(left_out))


def pieces(line: str) -> Iterator[str]:
    command = COMMAND.match(line)
    body = line[command.end() :] if command else line
    body = NUMBER.sub("", BULLET.sub("", body), count=1)
    quoted = [next(filter(None, match.groups())) for match in QUOTED.finditer(body)]
    if command:
        found = of_command(body, quoted)
    elif quoted:
        found = quoted
    else:
        bare = MODE.sub("", body).strip()
        found = [] if bare.endswith((":", "：")) else BETWEEN.split(bare.strip("[]"))
    yield from filter(None, (each.strip().strip("*") if han(each) else each.strip() for each in found))


def of_command(body: str, quoted: list[str]) -> list[str]:
    """`/addblocklist "a b" reason`, `/addblocklist (a, "b c") reason`, `/addblocklist a reason`."""
    if body.lstrip().startswith("("):
        inside = body.lstrip()[1:].partition(")")[0]
        return [each.strip().strip('"“”') for each in BETWEEN.split(inside)]
    if quoted and body.lstrip()[:1] in "\"“`「『‘'":
        return quoted[:1]
    return body.split()[:1]


def is_word(piece: str) -> bool:
    """Not one letter, which would be found everywhere, no wildcard, and no entry that means something else."""
    if len(piece) > LONGEST_WORD or OTHER_KIND.match(piece) or set(piece) & {"*", "?"}:
        return False
    letters = sum(char.isalnum() for char in piece)
    return letters >= 2 or (not letters and any(category(char) == "So" for char in piece))


def han(text: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" for char in text)


def rules_of(text: str) -> tuple[str, ...]:
    """Each numbered line a rule, what follows it belongs to it; without numbers each line is one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    numbered = any(NUMBER.match(line) for line in lines)
    rules: list[str] = []
    for line in lines:
        said = NUMBER.sub("", BULLET.sub("", line), count=1).strip()
        if not said:
            continue
        if numbered and not NUMBER.match(BULLET.sub("", line)):
            if rules:
                rules[-1] = f"{rules[-1]} {said}"
        elif numbered or not is_heading(line, first=not rules):
            rules.append(said)
    return tuple(rule[:LONGEST_RULE] for rule in rules[:MOST_RULES])


def is_heading(line: str, *, first: bool) -> bool:
    return first and line.endswith((":", "："))


def welcome_of(text: str) -> Welcome:
    """Another bot's placeholders as ours ({names}, {title}, {group_goal}); others go and are named."""
    unknown: dict[str, None] = {}
    for match in LINK_BUTTON.finditer(text):
        unknown.setdefault(match[0])

    def ours(match: re.Match[str]) -> str:
        name = next(filter(None, match.groups())).lower()
        for known, said in ((NAMES, "{names}"), (TITLES, "{title}"), (GOALS, "{group_goal}")):
            if name in known:
                return said
        unknown.setdefault(match[0])
        return ""

    said = PLACEHOLDER.sub(ours, LINK_BUTTON.sub("", text))
    said = re.sub(r"\{names\}\s*[(（]\s*\{names\}\s*[)）]", "{names}", said)
    said = re.sub(r"\{names\}[ \u3000]*(?=\{names\})", "", said)
    tidy = "\n".join(re.sub(r"[ \t]{2,}", " ", line).strip() for line in said.splitlines())
    return Welcome(re.sub(r"\n{3,}", "\n\n", tidy).strip()[:LONGEST_WELCOME], tuple(unknown))
