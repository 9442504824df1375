"""How rarely the bot speaks in a group when nobody asked it to: how many posts may go now, and what they share.

The first posts of a day go as soon as some time has passed since the one before; the last three go at set times of the
day, each with all that waits. At night none goes.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, time, timedelta, tzinfo
from typing import NamedTuple

from rules.conduct.effects import Act, Button, Mention, Phrase, Repost, Say
from rules.conduct.policy import Policy
from rules.programme.localtime import local, moment, parse_clock

# What was promised, what answers for a minute, what is the leaders' own: all else counts.
PLANNED = frozenset(("prompt", "pinned", "counter", "answer", "card"))
# The post after the first, the second, … waits so long after the one before it.
GAPS = (0, 60, 300, 900, 1800)
PRESSED_GAP = 60
MOMENTS = (time(12, 30), time(17, 30), time(21, 30))
# What is due so soon goes along with what is due now.
TOGETHER = 60
NO_MORE = "quiet.no_more"
MOST_NAMES, MOST_GREETED = 30, 10
HEADS = ("programme.welcome_head", "programme.welcome_many")
PRIVATE_A_DAY = 2
DELEGATED, SHOW, LINES = "gathered.press", "notice.show", "quiet.lines"


class Terms(NamedTuple):
    """What the group decided: posts a day, and between which times of the day it sleeps."""

    posts: int
    night_from: time
    night_until: time


def terms_of(policy: Policy) -> Terms:
    said = policy.quiet
    return Terms(said.posts_a_day, parse_clock(said.night_from), parse_clock(said.night_until))


class Day(NamedTuple):
    """What was posted since midnight of the group, and when the last post before now was let go (0: never)."""

    used: int
    last_at: int


class Waiting(NamedTuple):
    """A post that wants to go; `mergeable` ones become one. `due`: its time has come, or it only goes along."""

    id: int
    due: bool
    mergeable: bool


def counts(act: Act) -> bool:
    """Whether `act` is a post in the group that nobody planned."""
    match act:
        case Say(to_user=user, to_chat=chat, purpose=purpose):
            return not user and not chat and purpose not in PLANNED and purpose != "reminder"
        case Repost():
            return True
        case _:
            return False


def unasked(act: Act) -> bool:
    """Whether `act` must be let go before it is sent: it counts in the group, or reminds somebody in private."""
    return counts(act) or (isinstance(act, Say) and act.purpose == "reminder")


def with_way_out(act: Act) -> Act:
    """Whatever reminds somebody in private lets them end all reminders with one press."""
    if (
        not isinstance(act, Say)
        or act.purpose != "reminder"
        or any(b.action == NO_MORE for r in act.buttons for b in r)
    ):
        return act
    end = Button(Phrase("quiet.button_no_more"), NO_MORE, "member", act.to_user)
    return replace(act, buttons=(*act.buttons, (end,)))


def asleep(now: int, terms: Terms, zone: tzinfo) -> bool:
    at = local(now, zone).time()
    begin, end = terms.night_from, terms.night_until
    return begin <= at < end if begin <= end else at >= begin or at < end


def moments(day: date, terms: Terms, zone: tzinfo) -> list[int]:
    """The set times of that day at which somebody is awake; the end of the night where there is none."""
    found = [at for at in (moment(day, clock, zone) for clock in MOMENTS) if not asleep(at, terms, zone)]
    return (found or [moment(day, terms.night_until, zone)])[-terms.posts :]


def at_once(terms: Terms) -> int:
    """So many posts of a day need not wait for a set time."""
    return max(terms.posts - len(MOMENTS), 0)


def room(now: int, day: Day, terms: Terms, zone: tzinfo) -> int:
    """How many posts may be let go now."""
    left = terms.posts - day.used
    if left <= 0 or asleep(now, terms, zone):
        return 0
    if day.used < at_once(terms):
        return 1 if now >= day.last_at + gap(day.used) or not day.last_at else 0
    set_times = moments(local(now, zone).date(), terms, zone)
    passed = [at for at in set_times if at <= now]
    later = len(set_times) - len(passed)
    if not passed or day.last_at >= passed[-1] or (later and left == 1):
        return 0
    return max(left - later, 1)


def pressed_room(now: int, day: Day, terms: Terms, zone: tzinfo) -> int:
    """The same for lines to people who may not write any more: they wait for no set time, and leave one post of the
    day for the evening.
    """
    if asleep(now, terms, zone) or terms.posts - day.used < 2 or (day.last_at and now < day.last_at + PRESSED_GAP):
        return 0
    return 1


def with_pressing(waiting: Sequence[Waiting], pressing: Collection[int]) -> list[Waiting]:
    """Those that press, and whatever can share their post."""
    shared = any(each.mergeable and each.id in pressing for each in waiting)
    return [each for each in waiting if each.id in pressing or (shared and each.mergeable)]


def gap(used: int) -> int:
    return GAPS[min(used, len(GAPS) - 1)]


def next_look(now: int, day: Day, terms: Terms, zone: tzinfo, *, pressing: bool = False) -> int:
    """The moment from which there may be room again; later than `now`. `pressing`: for somebody who may not write."""
    today = local(now, zone).date()
    if asleep(now, terms, zone):
        ends = (moment(today + timedelta(days=n), terms.night_until, zone) for n in (0, 1))
        return next(at for at in ends if at > now)
    if pressing and terms.posts - day.used > 1:
        return max(day.last_at + PRESSED_GAP, now + 1)
    if day.used < at_once(terms):
        return max(day.last_at + gap(day.used), now + 1)
    ahead = [at for at in moments(today, terms, zone) if at > now] if day.used < terms.posts else []
    return ahead[0] if ahead else max(moment(today + timedelta(days=1), time(0), zone), now + 1)


def posts(waiting: Sequence[Waiting], most: int) -> list[tuple[int, ...]]:
    """The posts that go, each as the numbers of those it is made of: what waits longest first, and all that can share
    a post together.
    """
    ripe = [each for each in waiting if each.due]
    if not ripe or most <= 0:
        return []
    shared = tuple(each.id for each in waiting if each.mergeable)[:MOST_NAMES]
    single = [(each.id,) for each in ripe if not each.mergeable]
    together = [shared] if any(each.mergeable for each in ripe) else []
    return sorted([*together, *single])[:most]


def mergeable(act: Act) -> bool:
    return isinstance(act, Say) and (bool(act.gather) or act.purpose == "welcome")


def together(says: Sequence[Say]) -> Say:
    """One post for all: greetings as they are, every kind of line once, with the names of all whom it concerns."""
    first = says[0]
    greetings = [say for say in says if say.purpose == "welcome"]
    lines = [say for say in says if say.gather]
    words = greeting(greetings) + merged(lines)
    # The newest greeting leads to the prompt that stands.
    shown = tuple(row for say in greetings[-1:] for row in say.buttons)
    known = {button.action for row in shown for button in row}
    buttons = shown + tuple(row for row in delegated(lines) if row[0].note not in known)
    # Whatever wants to stay keeps the others with it.
    stays = 0 if any(not say.delete_after for say in says) else max(say.delete_after for say in says)
    threads = {say.thread for say in says}
    return replace(
        first, words=words, buttons=buttons, delete_after=stays, thread=threads.pop() if len(threads) == 1 else 0,
        purpose="notice", alert=(), gather=(), reply_to=0,
    )  # fmt: skip


def greeting(says: Sequence[Say]) -> tuple[Phrase, ...]:
    """Everybody in one; beyond ten names the rest is counted."""
    if len(says) < 2 or any(say.words[0].key not in HEADS for say in says):
        return tuple(phrase for say in says for phrase in say.words)
    people = list(dict.fromkeys(v for say in says for _, v in say.words[0].params if isinstance(v, Mention)))
    uncounted = sum(v for say in says for name, v in say.words[0].params if name == "count" and isinstance(v, int))
    shown = tuple((f"name_{n}", person) for n, person in enumerate(people[:MOST_GREETED], 1))
    rest = uncounted + len(people) - len(shown)
    head = Phrase(HEADS[1], (*shown, ("count", rest))) if rest else Phrase(HEADS[0], shown)
    return (head, *says[-1].words[1:])


def merged(lines: Sequence[Say]) -> tuple[Phrase, ...]:
    """Each sentence once; what it says besides the names is what the first of them said."""
    keys = dict.fromkeys(phrase.key for say in lines for phrase in say.gather)
    return tuple(named([p for say in lines for p in say.gather if p.key == key]) for key in keys)


def named(same: Sequence[Phrase]) -> Phrase:
    people = dict.fromkeys(value for phrase in same for _, value in phrase.params if isinstance(value, Mention))
    rest = tuple((name, value) for name, value in same[0].params if not isinstance(value, Mention))
    return Phrase(same[0].key, (*((f"name_{n}", person) for n, person in enumerate(people, 1)), *rest))


def delegated(lines: Sequence[Say]) -> tuple[tuple[Button, ...], ...]:
    """One button for each thing that somebody concerned may press; whoever presses it presses their own."""
    mine = [b for say in lines for row in say.buttons for b in row if b.audience == "member"]
    if any(unread(say) for say in lines) and all(button.action != SHOW for button in mine):
        mine.insert(0, Button(Phrase("conduct.button_show"), SHOW, "member"))
    once = {button.action: button for button in reversed(mine)}
    order = dict.fromkeys(button.action for button in mine)
    return tuple((Button(once[action].label, DELEGATED, "anyone", note=action),) for action in order)


def unread(line: Say) -> bool:
    """What one post would have said whole is read behind a button where several share it."""
    return any(phrase.key == LINES for phrase in line.gather)
