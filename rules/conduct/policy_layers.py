"""Layers of settings (defaults, camp, group) to one Policy and back; every mistake is told, none hides another."""

import difflib
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from types import GenericAlias
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from rules.conduct.joining import QUIZ_FORM, bad_quiz
from rules.conduct.notice_lint import problems
from rules.conduct.policy import Policy
from rules.conduct.policy_ranges import RANGES, UNRESTRICTED
from rules.conduct.policy_rules import RuleName, Rules
from rules.conduct.policy_typing import typed
from rules.conduct.verdict import RULES_VERSION

DEFAULTS_LAYER, TEXTS = "defaults", "notice_texts"


class Problem(NamedTuple):
    """A setting that cannot be used: what was given, what is allowed, what may have been meant, in which layer."""

    key: str
    value: object
    allowed: str
    hint: str = ""
    layer: str = ""

    def __str__(self) -> str:
        meant = f"; did you mean {self.hint}?" if self.hint else ""
        return f"{self.key} = {self.value!r} ({self.layer or 'given'}): allowed is {self.allowed}{meant}"


class PolicyError(ValueError):
    """One setting was refused."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Loaded(NamedTuple):
    """The policy of a group. `origin` names for each key the layer its value comes from."""

    policy: Policy
    origin: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


Layer = tuple[str, Mapping[str, object]]


def load(layers: Sequence[Layer]) -> Loaded:
    """Later layers win; a wrong value is reported and leaves what the earlier layers said."""
    values: dict[str, object] = {}
    origin = dict.fromkeys(keys(), DEFAULTS_LAYER)
    problems: list[Problem] = []
    for name, table in layers:
        accepted, wrong = read(name, table)
        values |= accepted
        origin |= dict.fromkeys(accepted, name)
        problems += wrong
    policy = build(values)
    return Loaded(policy, origin, (*problems, *contradictions(policy, origin)))


def read(layer: str, table: Mapping[str, object]) -> tuple[dict[str, object], list[Problem]]:
    """The valid settings of one layer by their dotted keys, and everything that is wrong with the rest."""
    accepted: dict[str, object] = {}
    problems: list[Problem] = []
    for key, given in flatten(table):
        try:
            accepted[key] = checked(key, given)
        except PolicyError as error:
            problems.append(error.problem._replace(layer=layer))
    return accepted, problems


def flatten(table: Mapping[str, object]) -> list[tuple[str, object]]:
    """Settings by dotted key; a table with a dotted name (`"ladder.persuade_at"`) is as good as a nested one."""
    flat: list[tuple[str, object]] = []
    for name, value in table.items():
        # An empty table that is none of ours must be told as a mistake, not vanish.
        if isinstance(value, Mapping) and (value or name in parts()):
            flat += [(f"{name}.{rest}", inner) for rest, inner in flatten(value)]
        else:
            flat.append((str(name), value))
    return flat


def merge(*tables: Mapping[str, object]) -> dict[str, object]:
    """Tables merge by key, lists and single values replace: the settings of several layers as one, by dotted key."""
    return {key: value for table in tables for key, value in flatten(table)}


def build(values: Mapping[str, object]) -> Policy:
    tables: dict[str, dict[str, object]] = {}
    for key, value in values.items():
        part, _, name = key.rpartition(".")
        tables.setdefault(part, {})[name] = value
    whole: dict[str, Any] = tables.pop("", {})
    hints = get_type_hints(Policy)
    return Policy(**whole, **{part: hints[part](**given) for part, given in tables.items()})


@cache
def types() -> Mapping[str, Any]:
    """The type of every setting, by dotted key."""
    found: dict[str, Any] = {}
    for name, hint in get_type_hints(Policy).items():
        if is_dataclass(hint):
            found |= {f"{name}.{inner}": spelled_out(kind) for inner, kind in get_type_hints(hint).items()}
        else:
            found[name] = hint
    return found


def spelled_out(kind: Any) -> Any:
    """The name of a rule is a choice among those there are."""
    if kind != tuple[RuleName, ...]:
        return kind
    return GenericAlias(tuple, (Literal[tuple(each.name for each in fields(Rules))], ...))


@cache
def parts() -> frozenset[str]:
    """The tables of settings: one for each rule, and the ladder, the brakes and so on."""
    return frozenset(key.partition(".")[0] for key in types() if "." in key)


def keys() -> tuple[str, ...]:
    """Every setting there is, the rules first, each in the order it is written."""
    return tuple(types())


def value_of(policy: Policy, key: str) -> object:
    """Raises PolicyError for a key there is not."""
    known(key, None)
    value: object = policy
    for name in key.split("."):
        value = getattr(value, name)
    return value


def dump(policy: Policy) -> dict[str, object]:
    """A policy as a layer: `load` of it gives the policy back."""
    flat = {key: value_of(policy, key) for key in keys()}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in flat.items()}


def known(key: str, value: object) -> None:
    if key in types():
        return
    expected = "a table of settings" if key in parts() else "one of the known settings"
    raise PolicyError(Problem(key, value, expected, nearest_key(key)))


def nearest_key(key: str) -> str:
    """The setting that was most likely meant: a whole key, else the same last name in any rule."""
    last = key.rpartition(".")[2]
    close = difflib.get_close_matches(key, keys(), 1, 0.7)
    named_so = [each for each in keys() if each.rpartition(".")[2] == last]
    return next(iter([*close, *named_so, *difflib.get_close_matches(key, keys(), 1)]), "")


def checked(key: str, given: object) -> object:
    """The value as the policy holds it (lists become tuples); raises PolicyError."""
    known(key, given)
    kind = types()[key]
    value = tuple(given) if get_origin(kind) is tuple and isinstance(given, list | tuple) else given
    if not fits(kind, value) or RANGES.get(key, UNRESTRICTED).refuses(value):
        raise PolicyError(Problem(key, given, allowed(key), nearest_choice(kind, given)))
    part, _, way = key.partition(".")
    wanting = problems(value, way) if part == TEXTS and isinstance(value, str) and value else ()
    if wanting:
        raise PolicyError(Problem(key, given, f"a notice {'; '.join(map(str, wanting))}"))
    return value


def fits(kind: Any, value: object) -> bool:
    """Whether a value has a type: a choice, a whole number, a text, yes or no, or a list of one of them."""
    if get_origin(kind) is Literal:
        return isinstance(value, str) and value in get_args(kind)
    if get_origin(kind) is tuple:
        return isinstance(value, tuple) and all(fits(get_args(kind)[0], each) for each in value)
    # True is an int to Python, and no number to a reader.
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind)


def allowed(key: str) -> str:
    """What a setting takes, in words."""
    kind = types()[key]
    if get_origin(kind) is Literal:
        return " | ".join(get_args(kind))
    if get_origin(kind) is tuple:
        return listed(get_args(kind)[0])
    return "true or false" if kind is bool else str(RANGES.get(key, UNRESTRICTED))


def listed(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return f"a list of {' | '.join(get_args(kind))}"
    return "a list of whole numbers" if kind is int else "a list of texts"


def nearest_choice(kind: Any, given: object) -> str:
    """The choice that was most likely meant; of a list, for the first part that is none."""
    if get_origin(kind) is tuple and isinstance(given, list | tuple):
        inner = get_args(kind)[0]
        return next((nearest_choice(inner, each) for each in given if not fits(inner, each)), "")
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    return next(iter(difflib.get_close_matches(str(given), choices, 1, 0.5)), "")


def contradictions(policy: Policy, origin: Mapping[str, str]) -> list[Problem]:
    """Settings that are right alone and wrong together."""
    nickname, brakes = policy.nickname_format, policy.brakes
    found: list[Problem] = []
    if nickname.remind_hours >= nickname.deadline_hours:
        found.append(_contradiction("nickname_format.remind_hours", nickname.remind_hours,
                                    f"less than deadline_hours ({nickname.deadline_hours})", origin))  # fmt: skip
    if brakes.least > brakes.most:
        found.append(_contradiction("brakes.least", brakes.least, f"at most brakes.most ({brakes.most})", origin))
    if wrong := next(filter(bad_quiz, policy.joining.quiz), None):
        found.append(_contradiction("joining.quiz", wrong, QUIZ_FORM, origin))
    return found


def _contradiction(key: str, value: object, allowed_words: str, origin: Mapping[str, str]) -> Problem:
    return Problem(key, value, allowed_words, layer=origin[key])


def parse_value(key: str, text: str) -> object:
    """What somebody wrote after `/policy set KEY`; raises PolicyError."""
    known(key, text)
    return checked(key, typed(types()[key], text.strip()))


def fingerprint(policy: Policy, scan_version: str) -> str:
    """The same in every process for the same policy, rules and scan; differs where any of them does."""
    content = json.dumps([RULES_VERSION, scan_version, dump(policy)], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
