"""/here: which posts of the bot go to this topic; and the panel that shows all of a group's."""

from bot import audit
from bot.speech.topics import PURPOSES
from bot.storage import topics
from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.reading.targets import group_row
from handlers.saying.answers import answer
from handlers.saying.panels import Made, back, in_menu, open_panel, panel
from rules.conduct.effects import Button, Phrase

NAMES = {
    "公告": "announcement", "打卡": "checkin", "签到": "checkin", "欢迎": "welcome", "提醒": "reminder", "闲聊": "chat",
    "notice": "announcement", "check-in": "checkin", **{purpose: purpose for purpose in PURPOSES},
}  # fmt: skip
OFF = frozenset({"off", "取消", "关闭"})
UNBIND = "menu.unbind"


async def here(talk: Talk, order: Order) -> None:
    """Alone it shows, with a purpose it binds, with `off` it frees this topic of all."""
    group, word = group_row(talk), order.first().lower()
    if talk.private and not word:
        await open_panel(talk, "topics")
    elif not group.is_forum and not talk.thread:
        await answer(talk, in_menu("no_topics"))
    elif not word:
        await answer(talk, await bound_here(talk))
    elif talk.private:
        await answer(talk, in_menu("here_in_topic"))
    elif word in OFF:
        await free(talk)
    elif word in NAMES:
        await bind(talk, NAMES[word])
    else:
        await answer(talk, in_menu("usage_here"))


async def bound_here(talk: Talk) -> list[Phrase]:
    bound = await topics.bound(talk.unit, group_row(talk).id)
    mine = [purpose for purpose in PURPOSES if bound.get(purpose) == thread_of(talk)]
    if not mine:
        return [in_menu("here_nothing"), in_menu("usage_here")]
    return [
        in_menu("here_bound"),
        *(in_menu(f"purpose_{purpose}") for purpose in mine),
        in_menu("here_off"),
    ]


async def bind(talk: Talk, purpose: str) -> None:
    """The later word counts where two leaders bind at once."""
    group, thread = group_row(talk), thread_of(talk)
    before = (await topics.bound(talk.unit, group.id)).get(purpose, 0)
    if talk.topic:
        await topics.note(talk.unit, group.id, thread, name=talk.topic)
    await topics.bind(talk.unit, group.id, purpose, thread, talk.actor.user_id, talk.at)
    await audit.done(
        talk.unit, talk.actor, "here", talk.at, group_id=group.id, before={purpose: before}, after={purpose: thread}
    )
    await answer(talk, [in_menu("here_done"), in_menu(f"purpose_{purpose}")])


async def free(talk: Talk) -> None:
    group, thread = group_row(talk), thread_of(talk)
    bound = await topics.bound(talk.unit, group.id)
    mine = [purpose for purpose, where in bound.items() if where == thread]
    for purpose in mine:
        await unbind(talk, purpose, thread)
    await answer(talk, in_menu("here_freed" if mine else "here_nothing"))


async def unbind(talk: Talk, purpose: str, thread: int) -> None:
    group = group_row(talk)
    await topics.unbind(talk.unit, group.id, purpose)
    await audit.done(
        talk.unit, talk.actor, "here", talk.at, group_id=group.id, before={purpose: thread}, after={purpose: 0}
    )


def thread_of(talk: Talk) -> int:
    return talk.thread or topics.GENERAL


@panel("topics", "menu.topics", "leaders")
async def overview(talk: Talk) -> Made:
    """Every purpose and the topic it goes to; binding is done in the topic itself."""
    group = group_row(talk)
    if not group.is_forum:
        return [in_menu("no_topics")], ((back(),),)
    bound, known = await topics.bound(talk.unit, group.id), await topics.of_group(talk.unit, group.id)
    lines, rows = [in_menu("topics_head", title=group.title)], []
    for purpose in PURPOSES:
        thread = bound.get(purpose, 0)
        lines.append(in_menu(f"purpose_{purpose}"))
        lines.append(in_menu("topic_line", topic=shown(known, thread)) if thread else in_menu("topic_none"))
        if thread:
            label = in_menu(f"free_{purpose}")
            rows.append((Button(label=label, action=UNBIND, audience="leaders", note=purpose),))
    return [*lines, in_menu("usage_here")], (*rows, (back(),))


def shown(known: dict[int, topics.TopicRow], thread: int) -> str:
    row = known.get(thread)
    return row.name if row is not None and row.name else "General" if thread == topics.GENERAL else f"#{thread}"


@press(UNBIND)
async def on_unbind(talk: Talk, button: ButtonRow) -> None:
    bound = await topics.bound(talk.unit, group_row(talk).id)
    if button.note in bound:
        await unbind(talk, button.note, bound[button.note])
    await open_panel(talk, "topics")
