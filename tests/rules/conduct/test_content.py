"""Where a link leads is read as people mean it, however it is written (R15)."""

import pytest

from rules.conduct import content
from rules.conduct.facts import Entity, Facts, Media


def facts(text: str = "", **more: object) -> Facts:
    return Facts(1, "message", -1, 2, 3, text=text, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "wanted", "there"),
    [
        ("https://example.com/a?b#c", "example.com", True),
        ("http://WWW.Example.COM:8080", "example.com", True),
        ("https://shop.example.com", "example.com", True),
        ("https://myexample.com", "example.com", False),
        ("https://example.com.evil.org", "example.com", False),
        ("https://user@example.com/", "example.com", True),
        ("https://example.com@evil.org/", "example.com", False),
        ("https://evil.org\\@example.com/", "example.com", False),
        ("https://t.me/some_shop/12", "t.me/some_shop", True),
        ("t.me/some_shop2", "t.me/some_shop", False),
        ("https://telegram.me/some_shop", "t.me", True),
        ("tg://resolve?domain=some_shop", "t.me/some_shop", True),
        ("tg://user?id=5", "t.me", True),
        ("https://some_shop.t.me", "t.me/some_shop", True),
        ("https://example.com", "*", True),
    ],
)
def test_an_address_leads_to_a_domain_and_what_is_below_it(address: str, wanted: str, there: bool) -> None:  # R15
    assert (content.leading_to((address,), (wanted,), ()) == (address,)) is there


def test_what_is_allowed_is_left_out() -> None:  # R15
    found = ("https://a.example.com", "https://b.example.com")
    assert content.leading_to(found, ("*",), ("a.example.com",)) == ("https://b.example.com",)


def test_offsets_are_counted_as_telegram_counts_them() -> None:
    text = "👍👍 a.example"
    assert content.links(facts(text, entities=(Entity("url", 5, 9),))) == ("a.example",)


def test_a_plain_address_is_a_link_and_an_ordinary_word_is_none() -> None:
    assert content.links(facts("看 https://a.example，好的")) == ("https://a.example",)
    assert content.links(facts("T.ME/x 来")) == ("T.ME/x",)
    assert content.links(facts("下午2.5小时，chat.me/you")) == ()


def test_kinds_are_what_people_would_say() -> None:
    both = (Media("animation", "1"), Media("document", "1"))
    assert content.kinds(facts(media=both)) == {"animation"}
    assert content.kinds(facts("https://a.example", forward="user:王")) == {"link", "forward"}


@pytest.mark.parametrize(
    ("name", "mime", "wanted", "there"),
    [("x.APK", "", ".apk", True), ("x.apk", "", "apk", True), ("xapk", "", "apk", False),
     ("x.apk.txt", "", "apk", False),
     ("x", "application/pdf", "application/pdf", True), ("x", "image/png", "image/*", True),
     ("x", "image/png", "application/*", False)],
)  # fmt: skip
def test_files_are_known_by_ending_or_type(name: str, mime: str, wanted: str, there: bool) -> None:  # R15
    assert bool(content.files_like((Media("document", "1", name, mime=mime),), (wanted,))) is there
