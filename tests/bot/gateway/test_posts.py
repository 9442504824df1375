"""What the bot says, as a real server shows it."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.gateway import Done, Held, Place, Refused, TelegramGateway
from bot.texts import OWN
from rules.conduct.effects import AnswerPress, Button, Edit, Mention, Phrase, Pin, React, Repost, Say, Unpin
from rules.conduct.facts import Entity, Media
from tests.bot.gateway.conftest import Acting, Row, own
from tests.bot.telegram import TOKEN

HELLO = Say(words=(own("hello"),), language="en")
LABEL = own("#广告")


async def test_a_post_says_its_words_with_names_as_links_and_nothing_else_as_markup(act: Acting) -> None:
    member = act.telegram.member("Ann")
    phrase = Phrase(OWN, (("template", "<b>{who}</b> & co"), ("who", Mention(member, "A<nn"))))
    outcome = await act(Say(words=(phrase,), language="en"))
    (said,) = act.telegram.said()
    assert said["text"] == "<b>A<nn</b> & co"
    assert [(each["type"], each["user"]["id"]) for each in said["entities"]] == [("text_mention", member)]
    link = f"https://t.me/c/{str(act.telegram.group).removeprefix('-100')}/{said['message_id']}"
    assert outcome == Done({"message_id": said["message_id"], "link": link})


async def test_a_post_carries_the_ids_of_its_buttons_and_links_open_pages(act: Acting) -> None:
    buttons = ((Button(own("paid"), "fine.paid"), Button(own("site"), url="https://example.org")),)
    say = Say(words=(own("well"),), language="en", buttons=buttons)
    await act(say, place=Place(act.telegram.group, button_ids=(("k7Q", ""),)))
    (row,) = act.telegram.said()[0]["reply_markup"]["inline_keyboard"]
    assert row == [{"text": "paid", "callback_data": "k7Q"}, {"text": "site", "url": "https://example.org"}]


async def test_an_answer_quotes_what_it_answers_and_stands_alone_where_that_is_gone(act: Acting) -> None:
    message = act.telegram.post(act.telegram.owner, "well?")
    for answered in (message, message + 500):
        outcome = await act(Say(words=(own("so"),), language="en", reply_to=answered))
        assert isinstance(outcome, Done)
    quoting, alone = act.telegram.said()
    assert quoting["reply_to_message"]["message_id"] == message
    assert "reply_to_message" not in alone


async def test_the_general_topic_is_named_by_leaving_it_out(act: Acting) -> None:
    await act(Say(words=(own("hi"),), language="en", thread=1))
    assert "message_thread_id" not in act.telegram.calls("sendMessage")[-1]["parameters"]
    assert await act(Say(words=(own("hi"),), language="en", thread=77)) == Refused("thread_gone")


class Endless:
    """Words that nobody shortened."""

    def html(self, words: object, language: str) -> str:
        return "<b>" + "&lt;" * 4_097 + "</b>"

    def plain(self, words: object, language: str) -> str:
        return ""

    def label(self, phrase: object, language: str) -> str:
        return ""


async def test_an_overlong_post_is_refused_before_it_is_sent(act: Acting) -> None:
    words = tuple(own("字" * 900) for _ in range(9))
    assert isinstance(await act(Say(words=words, language="en")), Done)
    async with TelegramGateway(TOKEN, act.telegram.url, clock=act.telegram.clock, render=Endless()) as gateway:
        assert await gateway.perform(Row(HELLO), Place(act.telegram.group)) == Refused("too_long")
    assert len(act.telegram.calls("sendMessage")) == 1


async def test_a_private_word_reaches_only_who_has_started_the_bot(act: Acting) -> None:
    person = act.telegram.member("Ann")
    assert await act(HELLO, place=Place(person)) == Refused("never_started")
    act.telegram.do("start", user=person)
    assert isinstance(await act(HELLO, place=Place(person)), Done)
    act.telegram.do("block", user=person)
    assert await act(HELLO, place=Place(person)) == Refused("blocked")
    act.telegram.do("user_delete", user=person)
    assert await act(HELLO, place=Place(person)) == Refused("deactivated")
    assert await act(HELLO, place=Place(987_654)) == Refused("unreachable")


async def test_a_bot_that_may_not_speak_waits_for_it(act: Acting) -> None:
    act.telegram.do("demote", chat=act.telegram.group, user=act.telegram.world.bot_id)
    act.telegram.do("set_default_permissions", chat=act.telegram.group, permissions={})
    assert await act(HELLO) == Held("right:can_send_messages")


async def test_an_edit_changes_the_post_and_the_same_edit_again_is_done(act: Acting) -> None:
    posted = await act(HELLO)
    assert isinstance(posted, Done)
    place = Place(act.telegram.group, posted.result)
    for _ in range(2):
        assert isinstance(await act(Edit(words=(own("bye"),), language="en"), place=place), Done)
    assert [each["text"] for each in act.telegram.said()] == ["bye"]
    assert await act(Edit(words=(own("bye"),), language="en", message_id=999)) == Refused("message_gone")
    assert await act(Edit(words=(own("bye"),), language="en")) == Refused("predecessor")


async def test_what_was_posted_is_pinned_silently_and_unpinned(act: Acting) -> None:
    posted = await act(HELLO)
    assert isinstance(posted, Done)
    assert await act(Pin(), place=Place(act.telegram.group, posted.result)) == Done()
    assert act.telegram.calls("pinChatMessage")[0]["parameters"]["disable_notification"]
    assert await act(Unpin(message_id=posted.result["message_id"])) == Done()
    act.telegram.do("set_bot_rights", chat=act.telegram.group, rights=["can_delete_messages"])
    assert await act(Pin(message_id=posted.result["message_id"])) == Held("right:can_pin_messages")


async def test_a_reaction_is_set_and_one_for_a_deleted_message_refused(act: Acting) -> None:
    message = act.telegram.post(act.telegram.owner, "good news")
    assert await act(React(message_id=message, emoji="👍")) == Done()
    assert await act(React(message_id=message + 99, emoji="👍")) == Refused("message_gone")


async def test_a_press_is_answered_once(act: Acting) -> None:
    buttons = ((Button(own("hi"), "hi"),),)
    posted = await act(
        Say(words=(own("x"),), language="en", buttons=buttons), place=Place(act.telegram.group, button_ids=(("k",),))
    )
    assert isinstance(posted, Done)
    where = {"chat": act.telegram.group, "message_id": posted.result["message_id"]}
    query = act.telegram.do("press", user=act.telegram.owner, data="k", **where)["id"]
    press = AnswerPress(query_id=str(query), words=(own("noted"),), language="en", alert=True)
    assert await act(press, place=Place(0)) == Done()
    assert await act(press, place=Place(0)) == Refused("too_old")


async def test_an_ad_is_posted_again_under_its_label_and_its_authors_name(act: Acting) -> None:
    author = act.telegram.member("王小明")
    text = "🎉 买课 看这里"
    entities = (Entity("bold", 0, 2), Entity("text_link", 6, 3, url="https://example.org/"), Entity("hashtag", 0, 1))
    await act(Repost(author=Mention(author, "王小明"), label=LABEL, language="zh_Hans", text=text, entities=entities))
    (said,) = act.telegram.said()
    assert said["text"] == f"#广告 王小明\n{text}"
    shown = {each["type"]: each for each in said["entities"]}
    assert utf16_part(said["text"], shown["bold"]) == "🎉"
    assert utf16_part(said["text"], shown["text_link"]) == "看这里"
    assert utf16_part(said["text"], shown["text_mention"]) == "王小明"
    assert shown["text_mention"]["user"]["id"] == author


def utf16_part(text: str, entity: dict[str, int]) -> str:
    start = entity["offset"] * 2
    return text.encode("utf-16-le")[start : start + entity["length"] * 2].decode("utf-16-le")


def file_of(act: Acting, author: int, kind: str) -> str:
    message = act.telegram.do("post", chat=act.telegram.group, user=author, media=kind)["message_id"]
    body = act.telegram.world.chat(act.telegram.group).messages[message].body[kind]
    return str((body[-1] if isinstance(body, list) else body)["file_id"])


@pytest.mark.parametrize("kind", ["photo", "video", "animation", "document", "audio", "voice"])
async def test_a_set_aside_attachment_comes_back_with_its_words_as_caption(act: Acting, kind: str) -> None:
    author = act.telegram.member("Ann")
    media = (Media(kind, file_of(act, author, kind)),)
    await act(Repost(author=Mention(author, "Ann"), label=LABEL, language="en", text="buy", media=media * 2))
    (said,) = act.telegram.said()
    assert said["caption"] == "#广告 Ann\nbuy"


async def test_a_sticker_and_a_caption_that_is_too_long_come_after_their_words(act: Acting) -> None:
    author = act.telegram.member("Ann")
    sticker, photo = (Media(kind, file_of(act, author, kind)) for kind in ("sticker", "photo"))
    ad = Repost(author=Mention(author, "Ann"), label=LABEL, language="en", media=(sticker,))
    await act(ad)
    await act(replace(ad, text="字" * 1_024, media=(photo,)))
    await act(replace(ad, text="字" * 4_096, entities=(Entity("bold", 0, 9),), media=()))
    said = act.telegram.said()
    assert [next(iter({"sticker", "photo", "text"} & each.keys())) for each in said] == [
        "text", "sticker", "text", "photo", "text", "text",
    ]  # fmt: skip
    assert said[-1]["text"] == "字" * 4_096


async def test_an_album_comes_back_as_an_album(act: Acting) -> None:
    author = act.telegram.member("Ann")
    media = tuple(Media(kind, file_of(act, author, kind)) for kind in ("photo", "video", "photo"))
    outcome = await act(Repost(author=Mention(author, "Ann"), label=LABEL, language="en", text="buy", media=media))
    first, *others = act.telegram.said()
    assert isinstance(outcome, Done)
    assert outcome.result["message_ids"] == [first["message_id"], *(each["message_id"] for each in others)]
    assert first["caption"] == "#广告 Ann\nbuy"
    assert len({each["media_group_id"] for each in (first, *others)}) == 1


async def test_once_the_first_part_is_out_a_failure_of_the_second_does_not_bring_the_first_again(act: Acting) -> None:
    author = act.telegram.member("Ann")
    ad = Repost(author=Mention(author, "Ann"), label=LABEL, language="en", media=(Media("sticker", "unheard-of"),))
    outcome = await act(ad)
    assert isinstance(outcome, Done)
    assert outcome.result["message_id"] == act.telegram.said()[0]["message_id"]
    assert "Refused" in outcome.result["partly"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=40), text=st.text(min_size=1, max_size=200))
async def test_whatever_people_call_themselves_and_write_a_post_always_parses(
    act: Acting, name: str, text: str
) -> None:
    phrase = Phrase(OWN, (("template", "{who}: {text}"), ("who", Mention(5, name)), ("text", text)))
    assert isinstance(await act(Say(words=(phrase,), language="en")), Done)  # S2
