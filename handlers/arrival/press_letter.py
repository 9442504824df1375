"""What leaders press on the letter: which case was seen wrongly, what is enforced from now on, and back again."""

from bot import audit
from bot.arrival import enabling, letter, letterpage
from bot.arrival.letterpage import ENABLE, UNDO, UNDO_SECONDS, Enabled, Rows, said
from bot.conduct.policies import zone_of
from bot.storage import groups, letters
from bot.storage.buttons import ButtonRow
from handlers.arrival.letter import now_of, page
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.reading.targets import group_row
from handlers.saying.answers import alert, phrase, write
from handlers.saying.panels import back
from rules.conduct.deadlines import stamp
from rules.conduct.effects import Edit, Phrase


@press("letter.page")
async def turn(talk: Talk, button: ButtonRow) -> None:
    await redraw(talk, button.ref)


@press("letter.wrong", "letter.right")
async def mark(talk: Talk, button: ButtonRow) -> None:
    """Kept beside the case, so that the rule may learn of it later; the page stays where it is."""
    group, wrong = group_row(talk), button.action == "letter.wrong"
    if await letters.mark(talk.unit, group.id, button.ref, wrong=wrong):
        await noted(talk, button.action, {"decision": button.ref}, {"wrong": wrong})
    await redraw(talk, int(button.note or 0))


@press(ENABLE)
async def enable(talk: Talk, button: ButtonRow) -> None:
    """At once for all the rules that were shown, in words; a second press changes nothing."""
    group, by = group_row(talk), talk.actor
    asked = tuple(button.note.split(","))
    done = await enabling.enable(talk.unit, talk.services.moderator, group, asked, by.user_id, now_of(talk))
    if done is None:
        await alert(talk, said("nothing_to_enable"))
        await redraw(talk, 0)
        return
    await letter.answered(talk.unit, group.id, by.user_id, now_of(talk), button.action)
    await noted(talk, ENABLE, dict(done.before), {"version": done.version, "rules": list(done.rules)})
    undo = letterpage.button("undo", UNDO, ref=done.version)
    await edit(talk, announced(talk, done), ((undo,), (back(),)) if talk.private else ((undo,),))
    await alert(talk, phrase("done"))


def announced(talk: Talk, done: Enabled) -> tuple[Phrase, ...]:
    until = stamp(done.at + UNDO_SECONDS, zone_of(group_row(talk)))
    does = (said(f"does_{rule}") for rule in done.rules)
    head = said("enabled", title=group_row(talk).title, by=talk.actor.name)
    lacking = letterpage.lacking(group_row(talk))
    return head, *does, said("gently"), *lacking, said("undo_until", at=until)


@press(UNDO)
async def undo(talk: Talk, button: ButtonRow) -> None:
    """For a day; what was done meanwhile stands, each of it can be taken back by itself."""
    group, now = group_row(talk), now_of(talk)
    done = await letterpage.enabled(talk.unit, group, now)
    if done is None or done.version != button.ref:
        await alert(talk, said("undo_over"))
        return
    rules = await enabling.take_back(talk.unit, talk.services.moderator, group, done, talk.actor.user_id, now)
    await noted(talk, UNDO, {"version": done.version}, {"rules": list(rules)})
    await refreshed(talk)
    await redraw(talk, 0)
    await alert(talk, said("undone") if rules else said("undo_over"))


@press("letter.later")
async def later(talk: Talk, button: ButtonRow) -> None:
    group, now = group_row(talk), now_of(talk)
    due = await letter.planned(talk.unit, group)
    if not due:
        due = await letter.plan(talk.unit, group, now)
        await letter.answered(talk.unit, group.id, talk.actor.user_id, now, button.action)
        await noted(talk, button.action, {}, {"due_at": due})
    when = stamp(due, zone_of(group))
    await edit(talk, (said("later", title=group.title, at=when),), ())
    await alert(talk, said("next", at=when))


async def redraw(talk: Talk, number: int) -> None:
    words, rows = await page(talk, number)
    await edit(talk, words, rows)


async def refreshed(talk: Talk) -> None:
    """The group as it stands after its policy was changed."""
    talk.group = (await groups.by_ids(talk.unit, [group_row(talk).id]))[group_row(talk).id]


async def edit(talk: Talk, words: tuple[Phrase, ...], rows: Rows) -> None:
    """In place, wherever the letter stands: in private or in the moderators' chat."""
    changed = Edit(words=words, language=talk.language, message_id=talk.message_id, to_chat=talk.chat_id, buttons=rows)
    await write(talk, changed, talk.chat_id, group_row(talk).id)


async def noted(talk: Talk, action: str, before: dict[str, object], after: dict[str, object]) -> None:
    await audit.done(
        talk.unit, talk.actor, action, now_of(talk), group_id=group_row(talk).id, before=before, after=after
    )  # fmt: skip
