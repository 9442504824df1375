"""Other bots and topics of a group, and a notice to look at: exactly what a member would get, marked as a test."""

from bot.arrival import otherbots
from bot.storage import topics as stored
from bot.storage.buttons import ButtonRow
from handlers.arrival.setup import FRONT, confirmed, in_setup, press_here, saved
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.policy.changing import change
from handlers.reading.targets import group_row
from handlers.saying.answers import alert, has_started, plain, whisper
from handlers.saying.panels import Made, back, opens, panel
from rules.conduct import ladder, words
from rules.conduct.effects import Button, Phrase

SHOWN_RULE = "ad_without_red_packet"


@panel("setup.bots", "setup.page_bots")
async def bots(talk: Talk) -> Made:
    found = await otherbots.of_group(talk.unit, group_row(talk).id, talk.services.me.id)
    ours = (await talk.policy()).welcome.enabled
    lines = [in_setup("bots_line", bot=bot.shown, jobs=jobs(talk, bot)) for bot in found]
    head = in_setup("bots_head" if found else "bots_none")
    they = Button(label=in_setup("greet_they"), action="setup.greet", note="they")
    we = Button(label=in_setup("greet_we"), action="setup.greet", note="we")
    return [head, *lines, in_setup("we_greet" if ours else "they_greet")], ((they, we), (back(FRONT),))


def jobs(talk: Talk, bot: otherbots.OtherBot) -> str:
    named = [plain(talk, in_setup(f"job_{job}")) for job in bot.jobs or ("unknown",)]
    return " · ".join(named)


@press_here("setup.greet")
async def greet(talk: Talk, button: ButtonRow) -> None:
    await change(talk, button.action, {"welcome.enabled": button.note == "we"})
    await saved(talk)


@panel("setup.topics", "setup.page_topics")
async def topics(talk: Talk) -> Made:
    group = group_row(talk)
    if not group.is_forum:
        return [in_setup("topics_off")], ((back(FRONT),),)
    bound = [Phrase(f"menu.purpose_{purpose}") for purpose in await stored.bound(talk.unit, group.id)]
    named = " · ".join(plain(talk, purpose) for purpose in bound)
    now = in_setup("topics_bound", purposes=named) if bound else in_setup("topics_unbound")
    return [now, in_setup("topics_how")], ((opens("topics"),), (back(FRONT),))


@press_here("setup.try")
async def try_notice(talk: Talk, _: ButtonRow) -> None:
    if not await has_started(talk, talk.actor.user_id):
        await alert(talk, in_setup("try_start_first"))
        return
    case = await talk.services.moderator.case_of(talk.unit, group_row(talk), talk.actor.user_id, talk.at)
    me = case._replace(member=case.member._replace(name=talk.actor.name))
    policy = await talk.policy()
    notice = words.four_parts(me, policy, "remind_ad", words.of_rule(SHOWN_RULE), ladder.counting(me, policy))
    appeal = Button(label=words.appeal(me).label, action="setup.tried", audience="member", user_id=talk.actor.user_id)
    await whisper(talk, [in_setup("try_head"), *notice], ((appeal,),))
    await confirmed(talk, "try_sent")


@press("setup.tried")
async def tried(talk: Talk, _: ButtonRow) -> None:
    await alert(talk, in_setup("tried"))
