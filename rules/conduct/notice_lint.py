"""Whether a text that a group wrote for its notices has all four parts, and speaks kindly; pure, it saves nothing.

In it `{name}` is the person, `{rule}` the agreement in a few words, `{reason}` the sentence that says it with its why,
`{way}` what happens next and the way out, `{goal}` what the group is for, `{until}` until when it counts, `{n}` and
`{max}` which reminder it is and how many there are.
"""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

Way = Literal["remind", "warn", "ask_to_leave", "remove", "mute", "fine"]
WAYS: tuple[Way, ...] = get_args(Way)
Part = Literal["thanks", "rule", "way", "aim", "blame", "placeholder"]

COMMON = frozenset(("name", "rule", "reason", "way", "goal"))
KNOWN: Mapping[str, frozenset[str]] = {
    "remind": COMMON | {"until"},
    "warn": COMMON | {"until", "n", "max"},
    "ask_to_leave": COMMON | {"until", "n", "max"},
    "remove": COMMON,
    "mute": COMMON,
    "fine": COMMON,
}
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
THANKS = re.compile(r"(?i)[谢謝]|感恩|珍惜|[欢歡]迎|高[兴興]|辛苦|thank|welcome|value|appreciate|glad|grateful")
RULE = re.compile(r"(?i)\{rule\}|\{reason\}|[约約]定|agree|asks you|here for")
REASON = re.compile(r"(?i)\{reason\}|\{goal\}|因[为為]|[为為]了|好[让讓]|because|so that|since|as we")
WAY = re.compile(
    r"(?i)\{way\}|申[诉訴]|重新[发發]|撤回|你可以|就能|也[没沒][关關][系係]|不要[紧緊]|appeal|withdraw|you may|you can",
)
AIM = re.compile(r"(?i)\{goal\}|一起|一同|期待|[继繼][续續]|加油|together|looking forward|go on")
BLAME = re.compile(
    r"(?i)[罚罰]|[违違][规規反]|[处處]分|警告|violat\w*|punish\w*|penalt\w*|offen[cd]\w*|illegal\w*|you broke",
)
# These two stand for whole sentences.
WHOLE_ONES = re.compile(r"(\{reason\}|\{way\})")
SENTENCE = re.compile(r"[^。！？!?.\n]+[。！？!?.]*")

EXAMPLES: Mapping[str, str] = {
    "thanks": "Thank you for taking part, {name}.",
    "rule": "{reason}",
    "way": "{way}",
    "aim": "Looking forward to {goal} with you!",
    "blame": "remind",
    "placeholder": "{name}",
}


class Problem(NamedTuple):
    """What is missing (one of the four parts), or what must not stand there, with words that would do."""

    part: Part
    example: str
    found: str = ""

    def __str__(self) -> str:
        match self.part:
            case "blame":
                return f"no word of blame ({self.found}); remind instead: {self.example}"
            case "placeholder":
                return f"no {{{self.found}}}; {self.example} is one that is known"
            case _:
                return f"with its {self.part}, such as: {self.example}"


def problems(template: str, way: str) -> tuple[Problem, ...]:
    """What keeps `template` from being the notice of `way`; empty where nothing does."""
    missing = [Problem(part, EXAMPLES[part]) for part, there in parts_of(template) if not there]
    blame = BLAME.search(template)
    blamed = [Problem("blame", EXAMPLES["blame"], blame[0])] if blame else []
    unknown = [n for n in PLACEHOLDER.findall(template) if n not in KNOWN.get(way, COMMON)]
    return (*missing, *blamed, *(Problem("placeholder", EXAMPLES["placeholder"], name) for name in unknown))


def parts_of(template: str) -> tuple[tuple[Part, bool], ...]:
    """In the order of a notice: each part, and whether it is there. The last sentence is the aim, and no reason."""
    sentences = [each for each in SENTENCE.findall(WHOLE_ONES.sub(r"\1\n", template)) if each.strip()]
    before, last = "".join(sentences[:-1]), "".join(sentences[-1:])
    return (
        ("thanks", THANKS.search(template) is not None),
        ("rule", RULE.search(before) is not None and REASON.search(before) is not None),
        ("way", WAY.search(template) is not None),
        ("aim", AIM.search(last) is not None),
    )
