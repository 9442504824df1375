"""Somebody asks to join: declined if the owner's list says so, else asked in private; and how they go on later."""

from typing import Any

from telegram import ChatJoinRequest, Update
from telegram.ext import Application, ChatJoinRequestHandler

from bot import tongues
from bot.joining import deciding, waiting
from bot.joining.card import phrase as in_join
from bot.joining.deciding import UNANSWERED
from bot.storage import blacklist, deadlines, groups, joinrequests, roster
from bot.storage.joinrequests import RequestRow
from handlers.frame.context import Talk
from handlers.frame.openers import on_start
from handlers.frame.payloads import payload
from handlers.joining.questions import go_on, listed_steps, policy_of
from handlers.joining.speaking import in_reach, resume_link, say
from handlers.reading.numbers import group_number
from handlers.reading.targets import group_row
from handlers.saying.answers import answer
from rules.conduct.effects import DAY, Deadline
from rules.conduct.joining import Answers, answered


def add_to(application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
    application.add_handler(ChatJoinRequestHandler(asked))


async def asked(update: Update, talk: Talk) -> None:
    """chat_join_request: for five minutes Telegram lets the bot write to them."""
    request = update.chat_join_request
    if request is None or talk.group is None or talk.group.state != "active":
        return
    if (await policy_of(talk)).mode == "off" and not await is_listed(talk):
        return
    talk.language = await tongues.of_person(
        talk.unit, talk.actor.user_id, talk.telegram_language or talk.group.language
    )
    new = await first_row(talk, request)
    number = await joinrequests.begin(talk.unit, new)
    if number:
        await begun(talk, new._replace(id=number))
    else:
        await once_more(talk, new)


async def first_row(talk: Talk, request: ChatJoinRequest) -> RequestRow:
    """Whoever tried codes before tries no more of them by asking again."""
    group, user, at = group_row(talk), request.from_user, int(request.date.timestamp())
    last = await joinrequests.last_of(talk.unit, group.id, user.id)
    tries = last.answers.tries if last is not None and last.asked_at > at - DAY else 0
    line = await roster.by_username(talk.unit, group.id, user.username or "")
    mine = line is not None and line.used_by in (0, user.id)
    link = request.invite_link
    return RequestRow(
        0, group.id, user.id, user.full_name, user.username or "", request.user_chat_id,
        (link.name or link.invite_link) if link else "", "asking",
        Answers(tries=tries, resume=resume_link(talk, group)), 0, line.id if line is not None and mine else 0, 0, at,
        0, 0, "",
    )  # fmt: skip


async def begun(talk: Talk, row: RequestRow) -> None:
    group = group_row(talk)
    if await is_listed(talk):
        policy = await policy_of(talk)
        await deciding.decline(talk.unit, group, row, policy, by=0, reason=deciding.LISTED, at=talk.at)
        return
    await deadlines.add(talk.unit, group.id, row.user_id, None, [Deadline(UNANSWERED, row.asked_at + DAY)])
    if not await in_reach(talk, row):
        row = row._replace(answers=row.answers._replace(unreached=True))
        await joinrequests.update_open(talk.unit, row.id, answers=row.answers)
        await waiting.before_leaders(talk.unit, talk.services.moderator, group, row, talk.at)
        return
    n = len(listed_steps(await policy_of(talk), row))
    hello = (in_join("hello", name=row.name, title=group.title), in_join("hello_how", n=n)) if n else ()
    await go_on(talk, row, hello)


async def is_listed(talk: Talk) -> bool:
    """On the list of this owner: declined also where nobody else is asked anything."""
    owner = group_row(talk).owner_id
    return bool(owner) and await blacklist.active(talk.unit, owner, talk.actor.user_id, talk.at) is not None


async def once_more(talk: Talk, new: RequestRow) -> None:
    """They asked again before they were answered: the five minutes begin anew, the answers stand."""
    row = await joinrequests.open_of(talk.unit, new.group_id, new.user_id)
    if row is None:
        return
    await joinrequests.update_open(talk.unit, row.id, asked_at=new.asked_at, user_chat_id=new.user_chat_id)
    row = row._replace(asked_at=new.asked_at, user_chat_id=new.user_chat_id)
    if await in_reach(talk, row):
        await go_on(talk, row)


@on_start("joining")
async def unfinished(talk: Talk) -> bool:
    """Questions that were begun and not answered to the end."""
    shown = False
    for row in await joinrequests.open_of_person(talk.unit, talk.actor.user_id):
        talk.group = (await groups.by_ids(talk.unit, [row.group_id])).get(row.group_id)
        if talk.group is None or row.state != "asking":
            continue
        steps = listed_steps(await policy_of(talk), row)
        if not all(answered(step, row.answers) for step in steps):
            await go_on(talk, row)
            shown = True
    return shown


@payload("join")
async def of_link(talk: Talk, number: str) -> bool:
    """`?start=join_<group>`: what is still asked was shown by now, so only how it stands is left to say."""
    group_id = group_number(f"#{number}")
    row = await joinrequests.last_of(talk.unit, group_id, talk.actor.user_id)
    talk.group = (await groups.by_ids(talk.unit, [group_id])).get(group_id) if row is not None else None
    if row is None or talk.group is None:
        await answer(talk, in_join("no_request"))
    elif row.state == "asking":
        pass
    elif row.state == "waiting" and row.answers.unreached:
        await resumed(talk, row)
    elif row.state == "waiting":
        await say(talk, row, (in_join("waiting", hours=(await policy_of(talk)).promised_hours),))
    else:
        await answer(talk, in_join(f"is_{row.state}", title=talk.group.title))
    return True


async def resumed(talk: Talk, row: RequestRow) -> None:
    """Nobody could write to them in time; now they have come by the link, and answer what was to be asked."""
    row = row._replace(state="asking", answers=row.answers._replace(unreached=False))
    await deciding.set_back(talk.unit, group_row(talk), row, in_join("outcome_resumed"), 0, talk.at)
    await go_on(talk, row)
