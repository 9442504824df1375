"""What follows `impersonates_staff`: leaders are asked, and nothing is done to anybody before they have answered."""

from rules.conduct import words
from rules.conduct.case import Alike, Case
from rules.conduct.effects import DAY, Button, Card, Entry, Phrase
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict

RULE = "impersonates_staff"
ASKED_SECONDS = 7 * DAY


def consequence(case: Case, policy: Policy, finding: Finding) -> Verdict:
    """One card for the leader whose name it is most like; the same pair is asked about once a week at most."""
    known = case.member.standing.paired
    alike = next(person for person in case.view.resembles if person.user_id not in known)
    return Verdict(
        rule=RULE,
        step="record",
        mode=policy.impersonates_staff.mode,
        entries=(Entry("observed", RULE, valid_until=case.now + ASKED_SECONDS, ref=alike.user_id),),
        cards=(Card(RULE, said(case, alike), buttons(alike.user_id)),),
    )


def said(case: Case, alike: Alike) -> tuple[Phrase, ...]:
    one = Phrase(
        "protect.card_alike", (("name", words.who(case)), ("id", shown(case.member.user_id, case.facts.username)))
    )
    other = Phrase("protect.card_alike_to", (("name", alike.name), ("id", shown(alike.user_id, alike.username))))
    return one, other


def leader_of(words: tuple[Phrase, ...]) -> int:
    """Which leader a card is about: its sentence says so."""
    ids = (dict(said.params).get("id", "") for said in words if said.key == "protect.card_alike_to")
    return next((int(str(each).split()[0]) for each in ids if each), 0)


def shown(user_id: int, username: str) -> str:
    return f"{user_id} @{username}" if username else str(user_id)


def buttons(leader_id: int) -> tuple[tuple[Button, ...], ...]:
    def button(name: str, action: str) -> Button:
        return Button(Phrase(f"protect.button_{name}"), action, "leaders", ref=leader_id)

    first = (button("alike_mute", "staff.mute"), button("alike_remove", "staff.remove"))
    return first, (button("alike_fine", "staff.fine"),)


def attached(verdict: Verdict, asked: Verdict) -> Verdict:
    """What else the same event meant takes its course, with this question beside it."""
    if not verdict.stands:
        return asked
    if verdict.joins_case or verdict.held:
        return verdict
    return verdict._replace(entries=(*verdict.entries, *asked.entries), cards=(*verdict.cards, *asked.cards))


def vouched(leader_id: int) -> Verdict:
    """A leader knows both: that pair is never asked about again."""
    return Verdict(step="record", entries=(Entry("observed", RULE, ref=leader_id, note="fine"),))
