"""A scan says what stood in a message, as it was written, wherever in it."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.textscan import Scanner
from rules.conduct.case import NOTHING_SEEN, Signal
from rules.conduct.facts import Entity, Media
from rules.conduct.policy import DEFAULTS
from tests.bot.textscan.seeing import SCANNER, SHIPPED, message, seen, signals


def test_a_plain_message_shows_nothing_but_its_folded_words() -> None:
    view = seen("大家早上好！今天讀第三章")
    assert view.folded == "大家早上好!今天读第三章"
    assert (view.signals, view.lists, view.patterns, view.names) == ((), (), (), ())
    assert view.version == SCANNER.version


def test_a_signal_shows_the_word_as_it_was_written() -> None:
    found = signals("在家 可做，日·赚 ５０００ 元，加 微\u200b信")
    assert found["earn.money"] == "日·赚 ５０００ 元"
    assert found["contact.wechat"] == "加 微\u200b信"


def test_a_word_said_five_times_is_one_signal() -> None:
    assert [signal.id for signal in seen("躺赚 躺赚 躺赚 躺赚 躺赚").signals] == ["earn.money"]


def test_what_lies_within_a_longer_hit_is_no_second_observation() -> None:
    found = signals("日结300元")
    assert "earn.money" in found
    assert "offer.price" not in found


def test_signals_come_in_the_order_of_the_text() -> None:
    view = seen("先看看 t.me/+abcdefgh12 ，跑分车队，加微信")
    assert [signal.id for signal in view.signals] == ["link.invite", "launder.crew", "contact.wechat"]


@pytest.mark.parametrize(
    "quote", ["他说“日赚五千，加微信”真的吗", "有人私信「跑分车队招人」", "> 跑分 加微信\n这是骗子吗"]
)
def test_words_of_others_are_not_the_senders(quote: str) -> None:
    assert all(signal.weak for signal in seen(quote).signals)


def test_a_telegram_quotation_is_not_the_senders() -> None:
    text = "😀 跑分车队加微信\n这是谁说的"
    quotation = Entity("blockquote", 0, len("跑分车队加微信") + 3)
    assert seen(text, entities=(quotation,)).signals == ()
    assert seen(text).signals != ()


def test_whoever_says_nothing_but_a_quotation_says_it() -> None:
    text = "跑分车队加微信"
    assert seen(text, entities=(Entity("blockquote", 0, len(text)),)).signals == seen(text).signals != ()
    assert seen("“跑分车队加微信”").signals != ()


def test_damaged_entities_hurt_nobody() -> None:
    for offset, length in ((-5, 3), (0, 10**9), (10**9, 1), (1, 1), (0, 0), (3, -9)):
        entities = (Entity("blockquote", offset, length), Entity("mention", offset, length))
        assert seen("😀 加微信，跑分", entities=entities).folded


def test_words_hide_in_captions_files_polls_buttons_and_replies_from_elsewhere() -> None:
    assert "launder.crew" in signals(media=(Media("document", file_name="跑分车队.pdf"),))
    assert "launder.crew" in signals(media=(Media("poll", words="跑分车队，你来吗"),))
    assert "launder.crew" in signals("你好", buttons=("跑分车队", "https://x.example"))
    elsewhere = (Media("external_reply", words="channel:Ads"),)
    assert "launder.crew" in signals("看这个", quote="跑分车队", media=elsewhere)
    assert "launder.crew" not in signals("看这个", quote="跑分车队", reply_to=4)


def test_what_hangs_on_a_message_is_a_signal() -> None:
    hidden = Entity("text_link", 0, 2, url="https://t.me/+abc")
    assert signals("点我", entities=(hidden,)) == {"link.telegram": "https://t.me/+abc"}
    assert signals("x", forward="channel:Deals @deals") == {"structure.forward": "channel:Deals @deals"}
    assert signals("x", forward="user:Anna") == {}
    assert signals(media=(Media("contact", words="Anna +4912345"),))["contact.card"] == "Anna +4912345"
    assert "structure.buttons" in signals("x", buttons=("Go", "https://x.example"))
    assert "structure.elsewhere" in signals(media=(Media("story", words="@deals"),))
    assert signals("@anna_1", entities=(Entity("mention", 0, 7),)) == {"contact.handle": "@anna_1"}
    many = tuple(Entity("custom_emoji", 2 * i, 2) for i in range(12))
    assert signals("😀" * 12, entities=many) == {"structure.emoji": "custom emoji"}


def test_nothing_to_read_is_nothing_seen() -> None:
    assert seen() == NOTHING_SEEN._replace(version=SCANNER.version)
    assert seen(media=(Media("photo", "id"),)) == NOTHING_SEEN._replace(version=SCANNER.version)


def test_equal_words_have_equal_hashes_and_silence_has_none() -> None:
    assert seen("加·微 信").fold_hash == seen("加微信").fold_hash != 0
    assert seen("加微信").fold_hash != seen("加微信吧").fold_hash
    assert seen("…… 😀😀").fold_hash == 0
    assert -(2**63) <= seen("x").fold_hash < 2**63


def test_hash_and_version_are_the_same_in_another_process() -> None:
    program = (
        "from bot.textscan import Scanner; from rules.conduct.facts import Facts;"
        "from rules.conduct.policy import DEFAULTS;"
        "s = Scanner.build(); v = s.scan(Facts(1, 'message', 1, 1, 1, text='你好 hello'), s.compile_lists(DEFAULTS));"
        "print(v.fold_hash, v.version)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    view = seen("你好 hello")
    assert said.stdout.split() == [str(view.fold_hash), view.version]


@given(st.text(st.characters(codec=None), max_size=80))
def test_no_text_breaks_a_scan(text: str) -> None:
    quotation = (Entity("blockquote", 1, 3), Entity("mention", 0, 5))
    view = seen(text, entities=quotation, name=text, tag=text)
    for shown in (view.folded, *(signal.word for signal in view.signals)):
        assert isinstance(shown, str)


@given(
    st.lists(
        st.sampled_from(["跑分", "加 微 信", "“", "”", "\ud800", "日赚500", "@abcde", "傻逼你", "😀", " ", "a"]),
        max_size=12,
    )
)
def test_words_shown_can_be_stored(parts: list[str]) -> None:
    view = seen("".join(parts))
    for shown in (*(signal.word for signal in view.signals), *(word for _, word in view.lists)):
        shown.encode()


def test_a_hostile_text_of_full_length_is_read_in_full() -> None:
    text = ("合作 " * 1300 + "跑分 加微信 " * 20)[-4096:]
    assert {"launder.crew", "contact.wechat"} <= set(signals(text))


def test_scanning_is_the_same_whoever_built_the_scanner() -> None:
    other = Scanner.build()
    facts = message("跑分车队，加微信 abc12345")
    assert other.scan(facts, other.compile_lists(DEFAULTS)) == SCANNER.scan(facts, SHIPPED)


def test_a_signal_tells_strong_from_weak_and_severe() -> None:
    by_id = {signal.id: signal for signal in seen("跑分 @abcdef 超级签").signals}
    assert by_id["launder.crew"] == Signal("launder.crew", "跑分", severe=True)
    assert by_id["contact.handle"].weak
    assert not by_id["service.sign"].weak
    assert not by_id["service.sign"].severe
