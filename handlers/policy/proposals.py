"""A change that is not saved yet: it travels with its button, is tried before it is kept, and says what it would be."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, cast

from bot.roles import Place, authorize
from bot.textscan import PatternError
from handlers.frame.context import Talk
from handlers.policy import changing
from handlers.policy.allowances import allowed_words, reason_words
from handlers.policy.naming import in_policy
from handlers.reading.targets import group_row
from handlers.saying.answers import phrase, plain
from rules.conduct import notice_lint
from rules.conduct.effects import Phrase
from rules.conduct.policy import Policy
from rules.conduct.policy_layers import PolicyError, Problem, checked, dump, keys, load, value_of

CARE = "special_care.group"
PATTERNED = ("nickname_format.mode", "blocked_text.mode")

Op = Literal["set", "add", "drop", "back"]


class Proposal(NamedTuple):
    """`add` and `drop` are about one part of a list, so that what somebody else adds meanwhile stays; `back` gives the
    key back to the layer below."""

    key: str
    op: Op = "set"
    value: object = None

    def packed(self) -> str:
        return json.dumps([self.key, self.op, self.value], ensure_ascii=False)

    def applied(self, policy: Policy) -> object:
        """The value it leads to, None for `back`; raises PolicyError."""
        now = value_of(policy, self.key)
        if self.op == "back":
            return None
        if self.op == "set":
            return as_stored(checked(self.key, self.value))
        parts = list(cast("tuple[object, ...]", now))
        given = self.value if isinstance(self.value, list) else [self.value]
        new = [each for each in given if each not in parts]
        left = [*parts, *new] if self.op == "add" else [each for each in parts if each not in given]
        return as_stored(checked(self.key, left))


def unpacked(note: str) -> Proposal | None:
    """None for a key that this program does not know any more."""
    key, op, value = json.loads(note)
    return Proposal(key, op, value) if key in keys() else None


def as_stored(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


async def hindrances(talk: Talk, changes: Mapping[str, Any]) -> list[Phrase]:
    """Why these values cannot be together with what stands; nothing where they can."""
    before = await talk.policy()
    known = {problem.key for problem in load([("group", dump(before))]).problems}
    tried = load([("group", {**dump(before), **{key: new for key, new in changes.items() if new is not None}})])
    found = [refusal(talk, problem) for problem in tried.problems if problem.key not in known]
    return found or patterns_refused(talk, tried.policy) or await care_refused(talk, before, changes)


# Shown as they are: they stand in what a group writes itself.
EXEMPLARY = ("name", "reason", "way", "goal")


async def care_refused(talk: Talk, before: Policy, changes: Mapping[str, Any]) -> list[Phrase]:
    """Members are only asked over to a group in which whoever says so may do that as well."""
    number = changes.get(CARE)
    if not number or number in (before.special_care.group, group_row(talk).id):
        return []
    may = await authorize(talk.unit, talk.actor, "command.care", Place(number, talk.private))
    return [] if may.allowed else [Phrase("notices.care_not_led")]


def patterns_refused(talk: Talk, policy: Policy) -> list[Phrase]:
    try:
        talk.services.scanner.compile_lists(with_all_patterns(policy))
    except PatternError as error:
        why, position = reason_words(talk, error.why), error.position + 1
        shown = error.pattern if talk.private else "…"
        return [phrase("policy_pattern", pattern=shown, position=position, why=why)]
    return []


def with_all_patterns(policy: Policy) -> Policy:
    """A rule that is off today is turned on tomorrow: its patterns are tried as if it were on."""
    return load([("tried", {**dump(policy), **dict.fromkeys(PATTERNED, "enforce")})]).policy


def refusal(talk: Talk, problem: Problem) -> Phrase:
    if (part := wanting(problem)) is not None:
        example = plain(talk, in_policy(f"example_{part.part}", **{name: f"{{{name}}}" for name in EXEMPLARY}))
        return in_policy(f"lint_{part.part}", example=example, found=part.found)
    allowed = allowed_words(talk, problem)
    if problem.hint:
        return phrase("policy_value_meant", key=problem.key, allowed=allowed, meant=problem.hint)
    return phrase("policy_value", key=problem.key, allowed=allowed)


def wanting(problem: Problem) -> notice_lint.Problem | None:
    """What a group's own wording of a notice lacks."""
    section, _, way = problem.key.partition(".")
    if section != "notice_texts" or not isinstance(problem.value, str) or not problem.value:
        return None
    return next(iter(notice_lint.problems(problem.value, way)), None)


async def outcome(talk: Talk, wanted: Proposal) -> tuple[object, Sequence[Phrase]]:
    """The value it would come to, and why it cannot be."""
    try:
        value = wanted.applied(await talk.policy())
    except PolicyError as error:
        return wanted.value, [refusal(talk, error.problem)]
    return value, await hindrances(talk, {wanted.key: value})


async def save(talk: Talk, wanted: Proposal, reason: str = "") -> tuple[int, Sequence[Phrase]]:
    """The number of the version, 0 with the reasons why there is none. What others did meanwhile is seen first."""
    await changing.locked(talk)
    value, wrong = await outcome(talk, wanted)
    if wrong:
        return 0, wrong
    return await changing.change(talk, "policy.set", {wanted.key: value}, reason), ()
