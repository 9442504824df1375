"""What the rules say about the [policy] tables of a configuration, as mistakes an operator can find."""

from collections.abc import Iterator, Mapping

from bot.configuration.mistakes import named_as_in
from bot.configuration.source import Problem, Sources
from rules.conduct import policy_layers
from rules.conduct.policy import DEFAULTS, Policy

CONFIGURED = "config.toml"


def policy_problems(sources: Sources) -> Iterator[Problem]:
    tables = sources.tree.get("policy", {})
    if not isinstance(tables, Mapping):
        return
    loaded = policy_layers.load([(CONFIGURED, tables)])
    yield from (setting_problem(each, sources) for each in loaded.problems)
    yield from pattern_problems(loaded.policy, sources)


def setting_problem(problem: policy_layers.Problem, sources: Sources) -> Problem:
    key = f"policy.{problem.key}"
    where = sources.origin(key)
    if problem.key in policy_layers.types() or problem.key in policy_layers.parts():
        meant = f'"{problem.hint}"' if problem.hint else ""
        return Problem(key, where, f"must be {problem.allowed}", repr(problem.value)[:100], meant)
    return Problem(
        key, where, "unknown key", meant=named_as_in(where, f"policy.{problem.hint}" if problem.hint else "")
    )


def pattern_problems(policy: Policy, sources: Sources) -> Iterator[Problem]:
    patterns = [("policy.blocked_text.patterns", pattern) for pattern in policy.blocked_text.patterns]
    if policy.nickname_format.pattern != DEFAULTS.nickname_format.pattern:
        patterns.append(("policy.nickname_format.pattern", policy.nickname_format.pattern))
    if not patterns:
        return
    from bot.textscan.folding import load_folding
    from bot.textscan.patterns import PatternError, compile_pattern

    table = load_folding()
    for key, pattern in patterns:
        try:
            compile_pattern(pattern, table)
        except PatternError as error:
            yield Problem(key, sources.origin(key), f"is refused at {error}", repr(pattern)[:100])
