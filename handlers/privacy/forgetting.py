"""[忘掉我]: says what goes and what stays until when, asks once, and then it is done."""

from bot.process import forgetting
from bot.storage import groups, holds
from bot.storage.buttons import ButtonRow
from bot.storage.holds import Hold
from handlers.frame.awaiting import CANCEL
from handlers.frame.context import Talk
from handlers.frame.payloads import payload
from handlers.frame.presses import press
from handlers.privacy.mydata import lead_there
from handlers.privacy.privacy import FORGET, in_privacy
from handlers.saying.answers import plain
from handlers.saying.panels import in_menu, show
from handlers.saying.times import moment
from rules.conduct.effects import Button, Phrase

SURE = "privacy.sure"


async def explain(talk: Talk) -> None:
    """Nothing has happened yet."""
    talk.group = None
    now = int(talk.services.clock.now())
    left = await holds.of(talk.unit, talk.actor.user_id, now, now)
    sure = Button(label=in_privacy("button_sure"), action=SURE)
    words = [in_privacy("forget_ask"), *(await kept(talk, left)), in_privacy("forget_final")]
    await show(talk, words, ((sure,), (Button(label=in_menu("cancel"), action=CANCEL),)))


async def kept(talk: Talk, left: tuple[Hold, ...]) -> list[Phrase]:
    """What still needs the number, each once, and until when."""
    if not left:
        return [in_privacy("nothing_stays")]
    named = await groups.by_ids(talk.unit, {hold.group_id for hold in left if hold.group_id})
    return [in_privacy("stays"), *dict.fromkeys(line(talk, hold, titled(named, hold)) for hold in left)]


def titled(named: dict[int, groups.GroupRow], hold: Hold) -> str:
    return f"「{named[hold.group_id].title}」" if hold.group_id in named else ""


def line(talk: Talk, hold: Hold, title: str) -> Phrase:
    until = plain(talk, in_privacy("until", at=moment(talk, hold.until))) if hold.until else ""
    return in_privacy("hold", group=title, what=plain(talk, in_privacy(f"hold_{hold.kind}")), until=until)


@press(FORGET)
async def on_forget(talk: Talk, _: ButtonRow) -> None:
    if talk.private:
        await explain(talk)
    else:
        await lead_there(talk, "forget", in_privacy("forget_ask"), in_privacy("button_forget"))


@payload("forget")
async def of_link(talk: Talk, _: str) -> bool:
    """A link orders nothing: it only asks."""
    await explain(talk)
    return True


@press(SURE)
async def on_sure(talk: Talk, _: ButtonRow) -> None:
    talk.group = None
    now = int(talk.services.clock.now())
    done = await forgetting.forget(talk.unit, talk.actor.user_id, talk.actor.user_id, now)
    words = [in_privacy("forgotten")]
    words += await kept(talk, done.holds) if done.holds else [in_privacy("number_gone")]
    await show(talk, [*words, in_privacy("come_back")], ())
