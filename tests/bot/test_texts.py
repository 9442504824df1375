"""Whatever people are called and write, a post parses and says what the catalogue meant."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import OWN, CatalogueError, MissingText, Texts, escape, language_of
from rules.conduct import gate
from rules.conduct.effects import Mention, Phrase
from sandbox.world.markup_html import parse_html

LOCALES = Path(__file__).parents[2] / "locales"
OURS = Texts.load(LOCALES, strict=True)
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals={}\\n"\n\n'
ONE, TWO = "1; plural=0;", "2; plural=(n != 1);"

people = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
nasty = st.sampled_from(
    ["\u202eevil", "z" + "\u0335\u0336\u0337" * 40, "\u200b\u2060", "<b>", "[x](tg://user?id=1)", "🎉" * 256, "",
     "\ud83d", "\ude00\ud83d", "{user.__class__}", "&lt;", "&#x3c;", "</a><a href='tg://user?id=1'>", "\u3164", "מרים"]
)  # fmt: skip


def write(folder: Path, language: str, template: str, *, key: str = "one.key", plural: str = ONE) -> None:
    (folder / language).mkdir(exist_ok=True)
    body = template if template.startswith("msgid") else f'msgid "{key}"\nmsgstr "{template}"\n'
    (folder / language / "one.po").write_text(HEADER.format(plural) + body, encoding="utf-8")


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    write(tmp_path, "zh_Hans", "你好<b>{name}</b>,{text}")
    write(
        tmp_path,
        "en",
        'msgid "one.key"\nmsgstr "Hello <b>{name}</b>, {text}"\n\n'
        'msgid "one.days"\nmsgid_plural "one.days"\nmsgstr[0] "{n} day"\nmsgstr[1] "{n} days"\n',
        plural=TWO,
    )
    return Texts.load(tmp_path, strict=True)


@given(text=people | nasty)
def test_what_is_escaped_reads_as_it_was_written(text: str) -> None:  # S2
    assert parse_html(escape(text)) == (text, [])


@given(name=people | nasty, text=people | nasty, user_id=st.integers(1, 2**52))
def test_a_post_parses_whatever_the_name_and_mentions_nobody_else(name: str, text: str, user_id: int) -> None:  # S2
    own = Phrase(OWN, (("template", "Hi {name}: {text}"), ("name", Mention(user_id, name)), ("text", text)))
    said, entities = parse_html(OURS.html(own, "en"))
    assert [entity.get("user_id") for entity in entities] == [user_id]
    assert said.startswith("Hi ")
    said.encode()


@given(name=people | nasty)
def test_a_post_keeps_its_direction_and_its_height(name: str) -> None:  # S2
    shown = OURS.html(Phrase(OWN, (("template", "{name}"), ("name", Mention(7, name)))), "en")
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u200b\u2060\ufeff") & set(shown)
    assert "\u0335\u0336\u0337\u0335" not in shown
    assert len(parse_html(shown)[0]) < 400


@given(template=people | nasty)
def test_a_template_of_people_is_only_ever_text(template: str) -> None:  # S2
    _, entities = parse_html(OURS.html(Phrase(OWN, (("template", template), ("name", Mention(7, "x")))), "en"))
    assert {entity["type"] for entity in entities} <= {"text_mention"}


def test_joined_emoji_and_family_names_survive() -> None:
    for name in ("👨‍👩‍👧‍👦", "阿依古丽·买买提", "José", "สมศรี", "O'Brien"):
        assert name in OURS.html(Phrase(OWN, (("template", "{name}"), ("name", Mention(7, name)))), "en")


def test_a_name_is_cut_and_a_name_of_nothing_becomes_its_number(texts: Texts) -> None:
    def shown(name: str) -> str:
        return texts.plain(Phrase(OWN, (("template", "{name}"), ("name", Mention(7, name)))), "en")

    assert shown("🎉" * 256) == "🎉" * 64 + "…"
    assert shown("\u3164\u202e") == "7"


def test_several_names_stand_side_by_side(texts: Texts) -> None:
    phrase = Phrase(OWN, (("template", "欢迎{names}"), ("name_1", Mention(1, "甲")), ("name_2", Mention(2, "乙"))))
    assert texts.plain(phrase, "zh_Hans") == "欢迎甲、乙"


def test_a_sentence_is_filled_in_its_language_and_plural(texts: Texts) -> None:
    params = (("name", Mention(7, "<林>")), ("text", "a < b"))
    assert texts.html(Phrase("one.key", params), "en") == (
        'Hello <b><a href="tg://user?id=7">&lt;林&gt;</a></b>, a &lt; b'
    )
    assert texts.plain(Phrase("one.key", params), "zh_Hans") == "你好<林>,a < b"
    assert [texts.plain(Phrase("one.days", (("n", n),)), "en") for n in (1, 3)] == ["1 day", "3 days"]


def test_a_long_post_ends_with_dots_inside_the_limit(texts: Texts) -> None:
    line = Phrase("one.key", (("name", "<&>" * 50), ("text", "&" * 200)))
    said, _ = parse_html(texts.html([line] * 30, "en"))
    assert len(said) <= 4096
    assert said.endswith("…")
    assert len(texts.plain([line] * 3, "en")) == 200
    assert len(texts.plain([line], "en", 50)) == 50


def test_what_is_missing_is_told_in_tests_and_survived_in_a_group(tmp_path: Path, texts: Texts) -> None:
    with pytest.raises(MissingText, match=r"one\.nothing"):
        texts.html(Phrase("one.nothing"), "en")
    with pytest.raises(MissingText, match="name"):
        texts.html(Phrase("one.key"), "en")
    write(tmp_path, "en", "only here {name}", key="one.other")
    lenient = Texts.load(tmp_path)
    assert lenient.plain(Phrase("one.key", (("name", "林"), ("text", "x"))), "en") == "你好林,x"
    assert lenient.plain(Phrase("one.nothing"), "en") == "[one.nothing]"


@pytest.mark.parametrize(
    "template",
    ["{user.__class__}", "{0}", "{}", "{name!r}", "{name:>9}", "{Name}", "{", "<a>", "<b>", "</b>", "<b></i>", "a < b",
     "Q&A", "<script>"],
)  # fmt: skip
def test_a_template_that_reaches_further_is_refused(tmp_path: Path, template: str) -> None:  # S2
    write(tmp_path, "zh_Hans", template)
    with pytest.raises(CatalogueError, match=r"one\.key"):
        Texts.load(tmp_path)


def test_a_key_of_another_catalogue_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "zh_Hans", "x", key="two.key")
    with pytest.raises(CatalogueError, match="another catalogue"):
        Texts.load(tmp_path)


def test_telegrams_languages_become_ours() -> None:
    simplified, traditional = ("zh", "zh-hans", "zh-CN", "zh_SG", "zh-Hans-HK"), ("zh-hant", "zh-TW", "zh-HK", "zh_MO")
    assert {language_of(code) for code in simplified} == {"zh_Hans"}
    assert {language_of(code) for code in traditional} == {"zh_Hant"}
    assert [language_of(code) for code in ("en", "pt-br", "")] == ["en", "en", ""]


@pytest.mark.parametrize(("language", "between"), [("zh_Hans", "林晓、王敏"), ("en", "林晓, 王敏")])
def test_who_waits_at_the_gate_is_listed_as_the_language_does(language: str, between: str) -> None:
    assert between in OURS.plain(gate.said(("林晓", "王敏"), 24), language)
