"""Traditional Chinese is derived by OpenCC and overrides; an override that fits nothing is told."""

import re
from pathlib import Path

import pytest

from bot.texts import Texts
from rules.conduct.effects import Phrase
from scripts.traditional import LOCALES, OverrideError, derive, reworded

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'


def catalogues(folder: Path, body: str, overrides: str = "") -> Path:
    (folder / "zh_Hans").mkdir()
    (folder / "zh_Hant").mkdir()
    (folder / "zh_Hans" / "one.po").write_text(HEAD + body, encoding="utf-8")
    (folder / "zh_Hant" / "overrides.toml").write_text(overrides, encoding="utf-8")
    return folder


def derived(folder: Path, body: str, overrides: str = "", key: str = "one.key", **params: str | int) -> str:
    locales = catalogues(folder, body, overrides)
    for path, text in derive(locales).items():
        path.write_text(text, encoding="utf-8")
    return Texts.load(locales, strict=True).html(Phrase(key, tuple(params.items())), "zh_Hant")


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("请在群里打开「权限」，我在这里等着。", "請在群裡打開「權限」，我在這裡等著。"),
        ("先理头发再吃面条，后天出发。", "先理頭髮再吃麵條，後天出發。"),
        ("<b>{name}</b>，为什么不发 /rules？", "<b>林晓</b>，為什麼不發 /rules？"),
    ],
)
def test_characters_are_those_of_taiwan_and_names_stay_as_they_are(
    simplified: str, traditional: str, tmp_path: Path
) -> None:
    said = derived(tmp_path, f'msgid "one.key"\nmsgstr "{simplified}"\n', name="林晓")
    assert said == traditional


def test_a_word_of_the_overrides_is_said_once_and_the_longest_is_meant() -> None:
    words = {"數據": "資料", "數據庫": "資料庫", "不在線": "不在線上"}
    assert reworded("數據庫裡的數據，我不在線", words) == "資料庫裡的資料，我不在線上"


def test_a_sentence_of_the_overrides_stands_in_place_of_the_derived_one(tmp_path: Path) -> None:
    own = '[texts]\n"one.key" = "{n} 天以前"\n'
    assert derived(tmp_path, 'msgid "one.key"\nmsgstr "{n} 天前"\n', own, n=3) == "3 天以前"


def test_a_sentence_with_a_number_keeps_its_form(tmp_path: Path) -> None:
    body = 'msgid "one.days"\nmsgid_plural "one.days"\nmsgstr[0] "运行了 {n} 天"\n'
    assert derived(tmp_path, body, key="one.days", n=2) == "運行了 2 天"


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ('[texts]\n"one.other" = "x"\n', "no sentence has the key one.other"),
        ('[texts]\n"one.key" = "沒有名字"\n', "one.key has other placeholders than in zh_Hans"),
    ],
)
def test_an_override_that_fits_nothing_is_told(overrides: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(OverrideError, match=said):
        derive(catalogues(tmp_path, 'msgid "one.key"\nmsgstr "{name} 你好"\n', overrides))


LATIN = re.compile(r"[A-Za-z0-9_./{}<>#@]+")
TEXTS = Texts.load(LOCALES, strict=True)


def latin(key: str, language: str) -> list[str]:
    params = tuple((name, f"<{name}>") for name in TEXTS.placeholders(key, "zh_Hans"))
    return LATIN.findall(TEXTS.html(Phrase(key, params), language))


def test_commands_keys_placeholders_and_markup_are_the_same_in_both_scripts() -> None:
    assert not [key for key in sorted(TEXTS.keys("zh_Hans")) if latin(key, "zh_Hans") != latin(key, "zh_Hant")]
