"""Sentences that are alike for every rule, made from its own name; what one says otherwise stands as it is."""

from collections.abc import Mapping

NAME, EVERY = "talk.rule_", "_*"

Sentences = dict[str, tuple[str, ...]]


def for_every_rule(written: Mapping[str, tuple[str, ...]]) -> Sentences:
    """`conduct.found_*` becomes `conduct.found_RULE` for each `talk.rule_RULE`. In it `{rule}` is the rule's name, and
    `{rule_first}` the same as the first word of a sentence.
    """
    names = {key.removeprefix(NAME): forms[0] for key, forms in written.items() if key.startswith(NAME)}
    made: Sentences = {}
    for key in [key for key in written if key.endswith(EVERY)]:
        for rule, name in names.items():
            made[f"{key[:-1]}{rule}"] = tuple(named(form, name) for form in written[key])
    return made | {key: forms for key, forms in written.items() if not key.endswith(EVERY)}


def named(template: str, name: str) -> str:
    return template.replace("{rule}", name).replace("{rule_first}", name[:1].upper() + name[1:])
