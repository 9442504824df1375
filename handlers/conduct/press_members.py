"""What members press for themselves: stay or go, appeal, read and accept the rules, mend the name, check in."""

from bot import programme
from bot.conduct import rulesnews
from bot.storage import asides, books, buttons, members
from bot.storage.buttons import ButtonRow
from handlers.conduct.agreements import agreed
from handlers.conduct.appeals import ask
from handlers.conduct.measures import Make, decide
from handlers.conduct.press_fines import take_down
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.names.nicks import how
from handlers.protection.lockdown import said
from handlers.protection.press_gate import open_gate
from handlers.reading.targets import group_row, known
from handlers.saying.answers import act_in_group, alert, has_started, phrase, whisper
from handlers.saying.personal import me
from rules.conduct import measures
from rules.conduct.checks import nickname_format
from rules.conduct.effects import Phrase, Repost
from rules.programme.localtime import business_day, parse_clock


@press("leave.stay")
async def stay(talk: Talk, _: ButtonRow) -> None:
    await decide_own(talk, "stay", measures.stay, "stayed")


@press("leave.go")
async def go(talk: Talk, _: ButtonRow) -> None:
    await decide_own(talk, "leave", measures.leave, "left")


async def decide_own(talk: Talk, action: str, make: Make, said: str) -> None:
    target = await known(talk, talk.actor.user_id, talk.actor.name, Order(action))
    number = await decide(talk, target, action, make)
    await alert(talk, phrase(said if number else "no_question_open"))
    if number:
        await take_down(talk)


@press("appeal.open")
async def appeal(talk: Talk, button: ButtonRow) -> None:
    """One press, no reason needed; a leader looks, and the same press twice asks once."""
    row = await books.decision(talk.unit, button.ref or button.decision_id or 0)
    mine = row is not None and row.group_id == group_row(talk).id and row.user_id == talk.actor.user_id
    await alert(talk, await ask(talk, row) if row is not None and mine else phrase("press_unknown"))


@press("aside.repost")
async def post_again(talk: Talk, button: ButtonRow) -> None:
    """What was taken down by mistake comes back in its author's name, once, if they wish."""
    undoing = await books.decision(talk.unit, button.decision_id) if button.decision_id else None
    kept = await asides.of_decision(talk.unit, undoing.reverses) if undoing and undoing.reverses else []
    group = group_row(talk)
    if not kept or kept[0].group_id != group.id or not await buttons.use(talk.unit, button.id):
        await alert(talk, phrase("card_answered"))
        return
    for aside in kept:
        again = Repost(
            author=me(talk), label=phrase("label_again"), language=group.language, text=aside.text,
            entities=aside.entities, media=aside.media, thread=aside.thread,
        )  # fmt: skip
        await act_in_group(talk, again)
    await alert(talk, phrase("done"))


@press("rules.accept")
async def accept(talk: Talk, _: ButtonRow) -> None:
    group, key = group_row(talk), (group_row(talk).id, talk.actor.user_id)
    row = (await members.load(talk.unit, [key])).get(key)
    if row is None:
        await alert(talk, phrase("press_members_only"))
        return
    if row.rules_accepted_at is None or row.rules_accepted_at < await rulesnews.last_change(talk.unit, group.id):
        target = await known(talk, talk.actor.user_id, talk.actor.name, Order("rules"))
        await decide(talk, target, "rules.accept", measures.accept_rules)
        await members.update(talk.unit, group.id, talk.actor.user_id, rules_accepted_at=talk.at)
    await alert(talk, said("gate_opened") if await open_gate(talk, talk.actor.user_id) else phrase("rules_accepted"))


@press("rules.show")
async def show_rules(talk: Talk, _: ButtonRow) -> None:
    said = await agreed(talk)
    if await has_started(talk, talk.actor.user_id):
        await whisper(talk, said)
        await alert(talk, phrase("sent_to_you"))
    else:
        await alert(talk, said[1:])


@press("name.register")
async def how_to_register(talk: Talk, _: ButtonRow) -> None:
    await alert(talk, how((await talk.policy()).nickname_format))


@press("name.check")
async def check_name(talk: Talk, _: ButtonRow) -> None:
    """The name as Telegram has it now was asked for before the Unit opened."""
    group, fetched = group_row(talk), talk.fetched
    if not fetched.known or fetched.user_id != talk.actor.user_id:
        await alert(talk, phrase("name_unknown"))
        return
    await members.update(talk.unit, group.id, talk.actor.user_id, name=fetched.name, tag=fetched.tag)
    case = await talk.services.moderator.case_of(talk.unit, group, talk.actor.user_id, talk.at)
    terms = (await talk.policy()).nickname_format
    if nickname_format.check(case, await talk.policy()).hit:
        await alert(talk, phrase("name_not_yet", nick=fetched.name, example=terms.example))
        return
    target = await known(talk, talk.actor.user_id, fetched.name, Order("name"))
    if await decide(talk, target, "name.check", measures.name_fixed):
        await take_down(talk)
    await alert(talk, phrase("name_right"))


@press("checkin")
async def check_in(talk: Talk, button: ButtonRow) -> None:
    group, policy = group_row(talk), await talk.policy()
    today = business_day(talk.at, talk.zone, parse_clock(policy.checkin.day_starts_at))
    if button.note and button.note != today.isoformat():
        await alert(talk, Phrase("programme.checkin_closed"))
        return
    done = await programme.check_in(talk.unit, group, policy, talk.actor.user_id, talk.at)
    key = "checkin_again" if not done.new else "checkin_done" if done.points else "checkin_plain"
    await alert(talk, Phrase(f"programme.{key}", (("streak", done.streak), ("points", done.points))))
