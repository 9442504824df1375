"""Where a group wants it, a leader reads what a member would be told before it is sent, and may say what was good."""

import json
from contextvars import ContextVar
from dataclasses import replace

from handlers.frame.anonymous import LONGEST_NOTE
from handlers.frame.context import Talk
from handlers.frame.orders import Order, pack
from handlers.reading.targets import Target
from handlers.saying.answers import Rows, catalogue, has_started, in_their_language, receipt, whisper
from rules.conduct.effects import Button, Mention, Phrase, Say
from rules.conduct.verdict import Verdict

in_notices = catalogue("notices")
MEASURES = frozenset(("warn", "mute", "remove"))
SEND, GOOD, DROP = "preview.send", "preview.good", "preview.drop"
THANKS = "conduct.thanks_"
# What was good in it, while an order is carried out that had been previewed.
praise: ContextVar[str] = ContextVar("praise", default="")


async def shown(talk: Talk, target: Target, action: str, verdict: Verdict) -> bool:
    """Whether it waits for a press now; a press itself, and whoever cannot be written to, need none."""
    if action not in MEASURES or talk.query_id or not (await talk.policy()).notices.preview:
        return False
    order = target.order._replace(name=action, mention=Mention(target.user_id, target.name))
    note = noted(order, "")
    if len(note) > LONGEST_NOTE or not told(verdict) or not await has_started(talk, talk.actor.user_id):
        return False
    await in_their_language(talk)
    await whisper(talk, (in_notices("preview", name=target.mention), *told(verdict)), buttons(note))
    await receipt(talk)
    return True


def noted(order: Order, good: str) -> str:
    return json.dumps([pack(order), good], ensure_ascii=False)


def told(verdict: Verdict) -> tuple[Phrase, ...]:
    """What the member would read: in private, else behind [查看]."""
    said = [p.act for p in verdict.acts if isinstance(p.act, Say) and p.act.purpose == "notice"]
    return next((each.words if each.to_user else each.alert or each.words for each in said), ())


def buttons(note: str) -> Rows:
    send, good, drop = (
        Button(in_notices(f"button_{name.replace('.', '_')}"), name, "leaders", note=note)
        for name in (SEND, GOOD, DROP)
    )
    return ((send,), (good, drop))


def praised(verdict: Verdict) -> Verdict:
    """With what was good in place of the usual thanks (V06)."""
    good = praise.get()
    return with_praise(verdict, good) if good else verdict


def with_praise(verdict: Verdict, good: str) -> Verdict:
    return verdict._replace(
        acts=tuple(
            plan._replace(act=kindly(plan.act, good))
            if isinstance(plan.act, Say) and plan.act.purpose == "notice"
            else plan
            for plan in verdict.acts
        )
    )


def kindly(said: Say, good: str) -> Say:
    first = Phrase("conduct.thanks_good", (*dict(said.words[0].params).items(), ("good", good)))
    rest = said.words[1:] if said.words[0].key.startswith(THANKS) else said.words
    words = (first, *rest) if said.to_user else said.words
    return replace(said, words=words, alert=(first, *said.alert) if said.alert else ())
