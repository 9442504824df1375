"""Facts to case, case to verdict, verdict to rows, in the caller's Unit; sends nothing and asks Telegram nothing."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot import membership
from bot.clock import Clock
from bot.conduct import caring, recorder
from bot.conduct.cases import Bench, Key, about, background, silent, subject
from bot.conduct.policies import Policies, Ruled
from bot.conduct.recents import SPAN, Recents
from bot.joining import arriving
from bot.protection import blacklist, gate, raids
from bot.protection.staff import Staff
from bot.speech.hearing import Heard, listen, listens
from bot.storage import groups, members, recent
from bot.storage.books import Issue, IssuerKind
from bot.storage.groups import GroupRow
from bot.storage.members import Touch
from bot.storage.recent import RecentRow
from bot.storage.unit import Unit
from bot.textscan import Scanner
from rules.conduct import care
from rules.conduct.case import Case, Recent
from rules.conduct.codes import code_of
from rules.conduct.decide import decide
from rules.conduct.facts import Facts
from rules.conduct.plan import on_both_ways
from rules.conduct.policy import Policy
from rules.conduct.verdict import NOTHING, Verdict

# After two days Telegram lets no bot delete a message.
STALE_SECONDS = 48 * 3600
SPEAKERS = frozenset({"member", "bot"})
WRITERS = frozenset({"member", "channel"})
MOVES = frozenset({"join", "leave"})


class Tally:
    """What a batch leaves behind besides decisions, written at its end."""

    def __init__(self) -> None:
        self.spoke: dict[Key, Facts] = {}
        self.messages: defaultdict[Key, int] = defaultdict(int)
        self.recent: list[RecentRow] = []
        self.heard: list[Heard] = []

    def touches(self) -> list[Touch]:
        """What each person showed of themselves last."""
        return [
            Touch(key[0], key[1], last.name, last.username, last.tag, last.is_bot, last.at, self.messages[key])
            for key, last in self.spoke.items()
        ]


class Moderator:
    def __init__(
        self, *, scanner: Scanner, clock: Clock, bot_id: int, configured: Mapping[str, object] | None = None
    ) -> None:
        self._scanner = scanner
        self._clock = clock
        self._bot_id = bot_id
        self._policies = Policies(scanner, configured or {})
        self._recents = Recents()
        self._pace = raids.Pace()
        self.staff = Staff(scanner)
        self.seconds_a_message = 0.0

    async def remember(self, unit: Unit) -> None:
        """Read back the messages of the last hour; called once, before the first batch."""
        rows = await recent.since(unit, int(self._clock.now()) - SPAN)
        known = await groups.by_ids(unit, {row.group_id for row in rows})
        self._recents.fill(
            ((known[r.group_id].chat_id, r.user_id), Recent(r.message_id, r.at, r.fold_hash, r.album_id)) for r in rows
        )

    async def moderate(self, unit: Unit, batch: Sequence[Facts]) -> list[Verdict]:
        """Decide and record a batch in its order; one verdict for each of the facts."""
        if not batch:
            return []
        bench, tally = Bench(await background(unit, batch, self._bot_id)), Tally()
        loop = asyncio.get_running_loop()
        before = loop.time()
        verdicts = [await self._one(unit, bench, tally, facts) for facts in batch]
        # Half of it is the last batch: what slows deciding down makes the next batch smaller at once.
        self.seconds_a_message = (self.seconds_a_message + (loop.time() - before) / len(batch)) / 2
        if tally.spoke:
            await members.touch(unit, tally.touches())
            new = [facts for key, facts in tally.spoke.items() if key not in bench.members]
            await blacklist.heard(unit, self, bench.known.groups, new, int(self._clock.now()))
        if tally.recent:
            await recent.add(unit, tally.recent)
        if tally.heard:
            await listen(unit, tally.heard)
        return verdicts

    async def _one(self, unit: Unit, bench: Bench, tally: Tally, facts: Facts) -> Verdict:
        group = bench.known.groups.get(facts.chat_id)
        if group is None or group.state != "active" or facts.user_id == self._bot_id:
            return NOTHING
        ruled = await self._policies.of(unit, group)
        if facts.kind in MOVES and not await self._moved(unit, bench, group, ruled, facts):
            return NOTHING
        if facts.chat_id != group.chat_id:
            # From before the group moved, read after: its number is another message's by now.
            facts = facts._replace(message_id=0)
        # Telegram marks only what it forwards from there by itself; the channel may also write by hand.
        if facts.sender == "channel" and facts.sender_chat_id == group.linked_chat:
            facts = facts._replace(sender="linked_channel")
        case = await self.staff.seen_in(unit, group, ruled.policy, self._case(bench, group, ruled, facts))
        verdict = decide(case, ruled.policy)
        if verdict.stands:
            verdict = await self._recorded(unit, bench, group, ruled, case, verdict)
        if facts.kind not in MOVES:
            self._noted(bench, tally, group, case)
            if not verdict.stands and listens(ruled):
                tally.heard.append(Heard(group, ruled, case))
        return verdict

    def _case(self, bench: Bench, group: GroupRow, ruled: Ruled, facts: Facts) -> Case:
        view = self._scanner.scan(facts, ruled.lists)
        before = self._recents.before((facts.chat_id, subject(facts)), facts.message_id, facts.at - ruled.span)
        return bench.case(facts, view, group, ruled, before)

    def _noted(self, bench: Bench, tally: Tally, group: GroupRow, case: Case) -> None:
        """Somebody wrote: counted, and remembered for floods."""
        facts, key, hashed = case.facts, (group.id, case.member.user_id), case.view.fold_hash
        if facts.sender in SPEAKERS:
            tally.spoke[key] = facts
            tally.messages[key] += facts.kind == "message"
        if facts.kind == "message" and facts.message_id and facts.sender in WRITERS:
            bench.wrote(key)
            self._recents.note((facts.chat_id, key[1]), Recent(facts.message_id, facts.at, hashed, facts.album_id))
            tally.recent.append(RecentRow(key[0], key[1], facts.message_id, facts.at, hashed, 0, facts.album_id))

    async def _recorded(
        self, unit: Unit, bench: Bench, group: GroupRow, ruled: Ruled, case: Case, verdict: Verdict
    ) -> Verdict:
        """Decide with all that is known, and write it down."""
        facts = case.facts
        if await bench.complete(unit):
            # Roles and brakes are read only for the few messages that something was found in; they may clear it.
            case = bench.case(facts, case.view, group, ruled, case.member.recent)
            verdict = decide(case, ruled.policy)
        if verdict.stands:
            verdict = on_both_ways(case, ruled.policy, self._timely(facts, group, verdict))
            key = f"update:{self._bot_id}:{facts.update_id}:{case.member.user_id}"
            issue = Issue("rule", 0, key, ruled.fingerprint, code=code_of(ruled.policy, verdict.rule))
            decision_id = await recorder.record(unit, group, case, verdict, issue)
            bench.decided((group.id, case.member.user_id), verdict, decision_id or 0, facts.at)
        return verdict

    def _timely(self, facts: Facts, group: GroupRow, verdict: Verdict) -> Verdict:
        """What is older than Telegram lets anybody delete, or than the bot's presence, is written down and no more;
        so is everything where nobody could be asked yet who leads the group, and what was said before it moved. But
        somebody in distress is not kept waiting for that."""
        old = facts.at < max(group.bot_joined_at, int(self._clock.now()) - STALE_SECONDS)
        known = group.admins_at and facts.chat_id == group.chat_id
        if not old and (known or verdict.rule in care.RULES):
            return verdict
        heard = () if old else tuple(card for card in verdict.cards if card.kind in care.RULES)
        return Verdict(verdict.findings, verdict.rule, "record", "observe", cards=heard)

    async def _moved(self, unit: Unit, bench: Bench, group: GroupRow, ruled: Ruled, facts: Facts) -> bool:
        """Somebody came or went; False where nothing is to be decided about it."""
        key, gated = (group.id, facts.user_id), ruled.policy.gate.enabled
        if facts.kind == "leave":
            await membership.left(unit, group, facts)
        elif not await membership.joined(unit, group, facts, greet=ruled.policy.welcome.enabled or gated):
            return False
        elif ruled.policy.joining.mode != "off":
            await arriving.came_in(unit, self, group, ruled.policy, facts)
        # Whoever writes next in this batch is judged by the row that their coming has just changed.
        bench.members |= await members.load(unit, {key})
        # Of who left nothing is decided.
        if facts.kind != "join":
            return False
        await caring.entered(unit, self, group, facts.user_id, facts.at)
        if await blacklist.kept_out(unit, self, group, ruled.policy, facts, int(self._clock.now())):
            return False
        if gated:
            await gate.close(unit, self, group, ruled, facts, int(self._clock.now()))
        fast = ruled.policy.raid.enabled and await self._pace.fast(unit, group.id, facts.at, ruled.policy)
        return not (fast and await raids.held(unit, self, group, ruled, facts.at))

    async def record(
        self, unit: Unit, case: Case, verdict: Verdict, *, issuer_kind: IssuerKind, issuer_id: int, key: str,
        reason: str = "", reverses: int | None = None, code: str = "",
    ) -> int | None:  # fmt: skip
        """Write down a verdict that was reached elsewhere: a leader's measure, a deadline, a reversal."""
        group = (await groups.by_ids(unit, [case.group.group_id]))[case.group.group_id]
        ruled = await self._policies.of(unit, group)
        cited = code or code_of(ruled.policy, verdict.rule)
        issue = Issue(issuer_kind, issuer_id, key, ruled.fingerprint, reason, reverses, cited)
        return await recorder.record(unit, group, case, on_both_ways(case, ruled.policy, verdict), issue)

    async def case_of(self, unit: Unit, group: GroupRow, user_id: int, at: int) -> Case:
        """A case without a message: what is known of this person now."""
        bench = Bench(await about(unit, {group.chat_id: group}, {(group.id, user_id)}, at))
        await bench.complete(unit)
        facts = silent(group, user_id, at, bench.members.get((group.id, user_id)))
        ruled = await self._policies.of(unit, group)
        return bench.case(facts, self._scanner.scan(facts, ruled.lists), group, ruled)

    async def policy_of(self, unit: Unit, group: GroupRow) -> Policy:
        return (await self._policies.of(unit, group)).policy

    async def ruled(self, unit: Unit, group: GroupRow) -> Ruled:
        """The policy with where each value comes from, and all that was made of it."""
        return await self._policies.of(unit, group)
