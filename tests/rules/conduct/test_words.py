"""What people read: four parts in their order, every key in both languages, alerts that fit (V01–V08, R18)."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given, settings

from bot.texts import Texts
from rules.conduct import fines, measures
from rules.conduct.actions import ACTIONS
from rules.conduct.case import Case
from rules.conduct.decide import decide
from rules.conduct.due import due
from rules.conduct.effects import Button, Mention, Phrase, Say
from rules.conduct.explain import why
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy
from rules.conduct.verdict import Step, Verdict
from tests.rules.conduct.make import CHECKS, DAY, MEMBER, NOON, RULES, Books, case, policy, says
from tests.rules.conduct.strategies import cases, policies

ROOT = Path(__file__).parents[3]
TEXTS = Texts.load(ROOT / "locales", strict=True)
LANGUAGES = ("zh_Hans", "en")
PARTS = ["thanks", "rule", "way", "aim"]


def catalogue(language: str) -> Catalog:
    with (ROOT / "locales" / language / "conduct.po").open("rb") as file:
        return read_po(file)


MARKS = {str(m.id): "".join(m.auto_comments) for m in catalogue("zh_Hans") if m.id}


def buttons_of(verdict: Verdict) -> list[Button]:
    rows = [row for say in says(verdict.acts) for row in say.buttons] + [r for c in verdict.cards for r in c.buttons]
    return [button for row in rows for button in row]


def said_by(verdict: Verdict) -> list[tuple[Phrase, ...]]:
    spoken = [words for say in says(verdict.acts) for words in (say.words, say.alert) if words]
    return [*spoken, *(card.words for card in verdict.cards)]


def everything_by_hand() -> list[Verdict]:
    """Each measure, for somebody who has started the bot, with and without a reason."""
    books, rules = Books(), policy(ad_without_red_packet={"fines": True}, ladder={"highest": "remove"})
    started = MEMBER._replace(started_bot=True)
    fine = measures.open_fine(books.case(NOON, started), rules, "请带红包")
    books.write(fine, NOON)
    books.write(measures.ask_to_leave(books.case(NOON, started), rules), NOON)
    here, late = books.case(NOON + 9, started), books.case(NOON + 3 * DAY, started._replace(last_seen=NOON + DAY))
    return [
        fine,
        measures.warn(here, rules, "跑题了", "苏禾"),
        measures.warn(here, rules, "", ""),
        measures.mute(here, rules, 600, "慢一点"),
        measures.unmute(here, rules),
        measures.remove(here, rules, True, "", 9),
        measures.pardon(here, rules),
        fines.paid(here, rules, 3, None),
        fines.waived(here, rules, 3),
        measures.name_fixed(here, rules),
        due(late, "fine_due", 1, rules),
        due(late, "leave_unanswered", 2, rules),
    ]


def check(verdict: Verdict) -> None:
    for words in said_by(verdict):
        for language in LANGUAGES:
            assert TEXTS.html(words, language)
    for button in buttons_of(verdict):
        assert button.action in ACTIONS
        assert len(TEXTS.label(button.label, "zh_Hans")) <= 12


@given(cases(), policies())
@settings(max_examples=150)
def test_whatever_is_decided_can_be_said(judged: Case, rules: Policy) -> None:
    check(decide(judged, rules, CHECKS))


@pytest.mark.parametrize("verdict", everything_by_hand(), ids=lambda verdict: verdict.step)
def test_whatever_leaders_do_can_be_said(verdict: Verdict) -> None:
    check(verdict)


@given(cases(), policies())
def test_a_notice_thanks_names_the_rule_shows_the_way_and_ends_with_the_aim(judged: Case, rules: Policy) -> None:
    for say in says(decide(judged, rules, CHECKS).acts):
        # Which point of the rules it is stands beside the rule.
        keys = [phrase.key for phrase in say.words if not phrase.key.startswith("codes.cited")]
        assert [MARKS[key] for key in keys] in (PARTS, [""], ["", "aim"])


@pytest.mark.parametrize("key", [key for key in MARKS if ".rule_" in key])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_is_said_with_the_reason_of_the_group(key: str, language: str) -> None:  # V04
    assert "group_goal" in TEXTS.placeholders(key, language)


@pytest.mark.parametrize("key", MARKS)
def test_the_parts_are_marked_alike_in_both_languages(key: str) -> None:
    message = catalogue("en").get(key)
    assert message is not None
    assert "".join(message.auto_comments) == MARKS[key] == (part_of(key) if part_of(key) in PARTS else "")


def part_of(key: str) -> str:
    return key.partition(".")[2].partition("_")[0]


@pytest.mark.parametrize("key", sorted(key for key in TEXTS.keys("zh_Hans") if key.startswith("conduct.")))
def test_nobody_is_blamed(key: str) -> None:  # V03, V08
    for language, words in (("zh_Hans", "罚|违规|违反|处分|警告"), ("en", "violat|punish|penalt|offen[cd]|illegal")):
        filled = Phrase(key, tuple((name, "x") for name in TEXTS.placeholders(key, language)))
        assert not re.search(words, TEXTS.plain(filled, language), re.IGNORECASE)


RULE_KEYS = [f"conduct.rule_{rule}" for rule in RULES if rule != "nickname_format"]


@pytest.mark.parametrize("short", ["remind", "warn", "ask_to_leave", "ask_to_leave_care", "mute"])
@pytest.mark.parametrize("rule", [*RULE_KEYS, "conduct.rule_plain_from", "conduct.rule_fine_overdue"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_alert_is_whole_in_two_hundred_characters(rule: str, short: str, language: str) -> None:
    params = (
        ("group_goal", policy().notices.group_goal), ("name", Mention(42, "阿依古丽·买买提")), ("issuer", "运营官韩笑"),
        ("n", 2), ("max", 2), ("hours", 24), ("minutes", 10), ("until", "12月21日"),
    )  # fmt: skip
    text = TEXTS.plain((Phrase(rule, params), Phrase(f"conduct.short_{short}", params)), language, 999)
    assert len(text) <= 200


def test_a_closing_line_of_the_leaders_stands_in_place_of_ours() -> None:
    own = policy(notices={"closing": "{name},21天见!"})
    started = MEMBER._replace(started_bot=True)
    (notice,) = says(decide(case("insult", member=started), own, CHECKS).acts)
    assert TEXTS.plain(notice.words[-1], "zh_Hans") == "老赵,21天见!"


STEPS: tuple[Step, ...] = Step.__args__  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_and_every_look_can_be_explained(language: str) -> None:
    seen = [
        Finding(rule, hit, (("words", ("a", "b")), ("n", 3), ("ok", True))) for rule in RULES for hit in (True, False)
    ]
    for step in STEPS:
        for held in ("", "brake", "leader"):
            assert TEXTS.plain(why(seen, "insult", step, "observe", held), language, 4000)


def test_why_begins_with_what_decided() -> None:
    findings = [Finding("flooding", False), Finding("insult", True, (("word", "笨"),)), Finding("blocked_text", True)]
    keys = [phrase.key for phrase in why(findings, "insult", "remind")]
    assert keys == [
        "conduct.why_remind",
        "conduct.found_insult",
        "conduct.found_blocked_text",
        "conduct.missed_flooding",
    ]


def test_no_sentence_is_written_that_nothing_says() -> None:
    """A key is either written out in the rules, or its beginning is."""
    written = set()
    for path in (ROOT / "rules" / "conduct").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written.add(node.value)
    stems = tuple(text for text in written if text.startswith("conduct.") and text.endswith("_"))
    named = {f"conduct.{text}" for text in written} | written
    assert [k for k in MARKS if k not in named and not k.startswith(stems) and k != "conduct.card_head"] == []


def test_a_say_in_the_group_tells_nobody_else_what_it_is_about() -> None:
    for text in ("insult", "flooding", "blocked_text"):
        for say in says(decide(case(text), policy(), CHECKS).acts):
            assert isinstance(say, Say)
            assert [phrase.key for phrase in say.words] == ["conduct.line"]


def test_what_was_looked_at_is_written_as_it_is() -> None:
    seen = (("words", ("a", "b")), ("none", ()), ("ok", True), ("not", False), ("joined", None), ("n", 3))
    (_, looked) = why([Finding("insult", True, seen)], "insult", "remind")
    assert looked.params == (("seen", "words: a, b; none: –; ok: ✓; not: ✗; joined: –; n: 3"),)
