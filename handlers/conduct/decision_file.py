"""What the file of a decision says: all that stands in the books about it, in words; it reads and changes nothing."""

from typing import NamedTuple

from bot.storage import acknowledgements, acts, appeals, asides, books, cares, codec, policies, tickets
from bot.storage.acts import ActRow
from bot.storage.appeals import AppealRow
from bot.storage.blacklist import active
from bot.storage.books import DecisionRow
from bot.storage.erasures import FIRST
from handlers.conduct.explaining import UNSEEN, act_line
from handlers.conduct.records import in_file, state_of
from handlers.frame.context import Talk
from handlers.protection.blacklist_words import until
from handlers.reading.kept import explained, facts_of, issuer, name_of, person_name
from handlers.reading.shortened import end_of, ends
from handlers.reading.targets import group_row
from handlers.saying.answers import phrase, plain, word
from handlers.saying.times import moment
from rules.conduct.blacklist import RULE
from rules.conduct.caring import CARE
from rules.conduct.effects import Mention, Phrase, Say
from rules.conduct.ladder import STEPS
from rules.conduct.standing import BookRow, Standing

EXCERPT = 300


class File(NamedTuple):
    """`own`: for the person themselves, who reads no names of others and nothing of the leaders' cards."""

    row: DecisionRow
    own: bool


async def lines(talk: Talk, row: DecisionRow, own: bool) -> list[Phrase]:
    file = File(row, own)
    return [
        *head(talk, file),
        *(await by_whom(talk, file)),
        *(await judged(talk, row)),
        *(await before(talk, row)),
        *(await moved(talk, row)),
        *(await listed(talk, row)),
        *(await invited(talk, row)),
        *(await told(talk, row)),
        *(await asked(talk, file)),
        *(await afterwards(talk, file)),
        *explained(talk, row),
    ]


def head(talk: Talk, file: File) -> list[Phrase]:
    row = file.row
    rule = word(talk, f"rule_{row.rule}") if row.rule else word(talk, "rule_by_person")
    code = f"（{row.code}）" if row.code else ""
    step = in_file("step", rule=rule, code=code, step=word(talk, f"step_{row.step}"), state=state_of(talk, row))
    about = () if file.own else (in_file("about", name=Mention(row.user_id, named(talk, row))),)
    at = moment(talk, row.at)
    return [in_file("head", number=str(row.id), at=at, title=group_row(talk).title), *about, step]


def named(talk: Talk, row: DecisionRow) -> str:
    return in_words(talk, "forgotten") if row.user_id >= FIRST else name_of(row)


def in_words(talk: Talk, key: str) -> str:
    return plain(talk, in_file(key))


async def by_whom(talk: Talk, file: File) -> list[Phrase]:
    row = file.row
    # A member reads that a leader decided, and why; not which of them.
    who = word(talk, f"issuer_{row.issuer_kind}") if file.own else await issuer(talk, row)
    found = await policies.history(talk.unit, "group", row.group_id, None)
    version = next((each.id for each in found if each.at <= row.at), 0)
    stood = in_file("policy" if version else "policy_first", version=str(version), rules=row.rules_version or "–")
    mark = () if file.own else (in_file("fingerprint", policy=row.policy_fingerprint or "–"),)
    takes = (in_file("takes_back", number=str(row.reverses)),) if row.reverses else ()
    by = phrase("why_by_for", by=who, reason=row.reason) if row.reason else phrase("why_by", by=who)
    return [by, stood, *mark, *takes]


async def judged(talk: Talk, row: DecisionRow) -> list[Phrase]:
    """The words or the picture; what was erased says so."""
    if not row.case:
        return [in_file("erased")]
    facts = facts_of(row)
    if facts is None or not (row.message_id or facts.text):
        return []
    kept = await asides.get(talk.unit, row.id)
    media = ", ".join(kind_of(talk, each.kind) for each in facts.media)
    said = [in_file("text", text=facts.text[:EXCERPT])] if facts.text else []
    said += [in_file("media", kinds=media)] if media else []
    return [*said, *([in_file("kept_aside")] if kept is not None else [])]


def kind_of(talk: Talk, kind: str) -> str:
    known = f"media_{kind}"
    worded = f"decision.{known}" in talk.services.texts.keys("zh_Hans")
    return in_words(talk, known) if worded else in_words(talk, "media_other")


async def before(talk: Talk, row: DecisionRow) -> list[Phrase]:
    """What stood against the person then, and where this one stands on the ladder."""
    standing = codec.decode_case(row.case).member.standing if row.case else None
    stood = [in_file("standing", n=standing.warnings, fines=len(standing.open_fines))] if standing else []
    if row.step not in STEPS:
        return stood
    most = (await talk.policy()).ladder.persuade_at
    counted = counts(standing, row)
    return [*stood, in_file("ladder", n=STEPS.index(row.step) + 1, steps=len(STEPS), counted=counted, most=most)]


def counts(standing: Standing | None, row: DecisionRow) -> int:
    return (standing.warnings if standing else 0) + (row.step == "warn")


async def moved(talk: Talk, row: DecisionRow) -> list[Phrase]:
    """Entries as they stand today, money by its amount; a decision moves no points."""
    shorter = await ends(talk, row)
    return [await entry(talk, each, shorter) for each in await books.rows_of(talk.unit, row.id) if each.kind != "void"]


async def entry(talk: Talk, row: BookRow, shorter: dict[str, int]) -> Phrase:
    parts = [in_words(talk, "counts")] if row.counted else []
    fine = await books.fine(talk.unit, row.entry_id) if row.kind == "fine_opened" else None
    if fine is not None:
        money = in_file("amount", amount=f"{fine.amount / 100:.2f}", unit=fine.unit)
        parts.append(plain(talk, money))
        parts += [in_words(talk, f"entry_{fine.settled}")] if fine.settled else []
    end = end_of(row, shorter)
    parts += [plain(talk, in_file("until", at=moment(talk, end)))] if end else []
    parts += [in_words(talk, "void")] if row.voided else []
    quiet = (row.kind, row.rule) == ("read_only", CARE)
    kind = plain(talk, Phrase("notices.care_entry")) if quiet else in_words(talk, f"entry_{row.kind}")
    return in_file("entry", kind=kind, more="".join(f" · {part}" for part in parts))


async def listed(talk: Talk, row: DecisionRow) -> list[Phrase]:
    """Until when whoever is on the blacklist is kept out; the reason stands above."""
    owner_id = group_row(talk).owner_id
    entry = await active(talk.unit, owner_id, row.user_id, talk.at) if owner_id and row.rule == RULE else None
    return [in_file("listed", until=until(talk, entry.expires_at))] if entry is not None else []


async def invited(talk: Talk, row: DecisionRow) -> list[Phrase]:
    """Until when somebody only reads who was asked over to the special-care group and has not gone."""
    way = await cares.of_decision(talk.unit, row.id) if row.step == "care" and row.state == "standing" else None
    if way is None or way.state != "offered":
        return []
    return [Phrase("notices.care_until", (("until", moment(talk, way.due_at)),))]


async def told(talk: Talk, row: DecisionRow) -> list[Phrase]:
    """Whether and how the notice reached the person, and when they said so."""
    done = await acts.of_decision(talk.unit, row.id)
    notices = [each for each in done if isinstance(each.act, Say) and each.act.purpose == "notice"]
    found = [notice(talk, each) for each in notices]
    read = (await acknowledgements.of(talk.unit, [row.id])).get(row.id)
    return [*found, *([in_file("acknowledged", at=moment(talk, read.at))] if read else [])]


def notice(talk: Talk, act: ActRow) -> Phrase:
    private = isinstance(act.act, Say) and act.act.to_user
    where = in_words(talk, "in_private" if private else "in_group")
    at = f" {moment(talk, act.settled_at)}" if act.settled_at else ""
    return in_file("notice", where=where, state=word(talk, f"act_{act.state}"), at=at)


async def asked(talk: Talk, file: File) -> list[Phrase]:
    """Appeals with their end; for leaders also what they were asked, and who answered."""
    found = [await appeal(talk, file, each) for each in await appeals.of_decision(talk.unit, file.row.id)]
    if file.own:
        return found
    cards = [each for each in await tickets.of_decision(talk.unit, file.row.id) if each.state == "answered"]
    for each in cards:
        by = await person_name(talk, each.group_id, each.answered_by)
        found.append(in_file("answered", by=by, at=moment(talk, each.answered_at)))
    return found


async def appeal(talk: Talk, file: File, row: AppealRow) -> Phrase:
    reviewer = row.reviewer_id and not file.own
    by = await person_name(talk, row.group_id, row.reviewer_id) if reviewer else in_words(talk, "reviewer")
    state = in_words(talk, f"appeal_{row.state}")
    if row.state == "open":
        return in_file("appeal_waits", at=moment(talk, row.opened_at), words=row.words[:EXCERPT] or "–")
    return in_file(
        "appeal", at=moment(talk, row.opened_at), words=row.words[:EXCERPT] or "–", state=state, by=by,
        reason=row.reason or "–",
    )  # fmt: skip


async def afterwards(talk: Talk, file: File) -> list[Phrase]:
    """What was done, and whether it was taken back since."""
    row = file.row
    done = await acts.of_decision(talk.unit, row.id)
    seen = [act_line(talk, each) for each in done if each.kind not in UNSEEN and not speaks(each)]
    undone = await books.reversed_by(talk.unit, row.id)
    if undone is None:
        return seen
    by = word(talk, f"issuer_{undone.issuer_kind}") if file.own else await issuer(talk, undone)
    return [*seen, in_file("undone", number=str(undone.id), at=moment(talk, undone.at), by=by)]


def speaks(act: ActRow) -> bool:
    return isinstance(act.act, Say)
