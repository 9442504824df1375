"""/report rules: how often each rule decided, was appealed and was overturned; for leaders, in private."""

from statistics import median

from bot import sheets
from bot.storage import appeals
from bot.storage.appeals import RuleRate
from handlers.conduct.appeals import in_appeals
from handlers.frame.context import Talk
from handlers.frame.orders import Order, one_of
from handlers.reading.decisions import MEASURES
from handlers.reading.targets import group_row
from handlers.saying.answers import reply, word
from handlers.saying.files import send
from handlers.saying.personal import About, show, view
from rules.conduct.codes import code_of
from rules.conduct.effects import DAY, HOUR, Phrase

RULES, TABLE = ("rules", "群规", "规则"), ("csv", "表格")
DAYS, MOST_DAYS = 30, 365
COLUMNS = ("rule", "code", "decisions", "appealed", "overturned", "percent", "lifted", "median_hours")


async def report(talk: Talk, order: Order) -> None:
    """By words: rules, then how many days, then csv for a table."""
    if not one_of(order.first(), RULES):
        await reply(talk, in_appeals("report_usage"))
        return
    rest = order.without_first()
    given = rest.first()
    days = int(given[:9]) if given.isascii() and given.isdigit() else DAYS
    if not 1 <= days <= MOST_DAYS:
        await reply(talk, in_appeals("report_days", most=MOST_DAYS))
        return
    if one_of((rest.without_first() if given.isdigit() else rest).first(), TABLE):
        await send_table(talk, days)
    else:
        await show(talk, "report", About(group_row(talk), 0, days))


@view("report")
async def report_of(talk: Talk, about: About) -> list[Phrase]:
    found = await rates(talk, about.group.id, about.ref)
    head = in_appeals("report_head" if found else "report_none", title=about.group.title, days=about.ref)
    told = [await lines(talk, each) for each in found]
    return [head, *(said for each in told for said in each)]


async def rates(talk: Talk, group_id: int, days: int) -> list[RuleRate]:
    """What decided most stands first."""
    found = await appeals.rates(talk.unit, group_id, talk.at - days * DAY, MEASURES)
    return sorted(found, key=lambda each: (-each.decisions, each.rule))


async def lines(talk: Talk, each: RuleRate) -> list[Phrase]:
    said = in_appeals(
        "report_line", rule=await named(talk, each.rule), n=each.decisions, asked=each.appealed,
        overturned=each.overturned, percent=percent(each),
    )  # fmt: skip
    answered = [in_appeals("report_answered", n=hours(each))] if each.waited else []
    lifted = [in_appeals("report_lifted", lifted=each.lifted)] if each.lifted else []
    return [said, *answered, *lifted]


async def named(talk: Talk, rule: str) -> str:
    code = code_of(await talk.policy(), rule) if rule else ""
    return " ".join(filter(None, (word(talk, f"rule_{rule or 'by_person'}"), code)))


def percent(each: RuleRate) -> int:
    return round(100 * each.overturned / each.decisions)


def hours(each: RuleRate) -> int:
    return max(round(median(each.waited) / HOUR), 1)


async def send_table(talk: Talk, days: int) -> None:
    policy = await talk.policy()
    rows = [
        (
            each.rule, code_of(policy, each.rule) if each.rule else "", each.decisions, each.appealed, each.overturned,
            percent(each), each.lifted, hours(each) if each.waited else "",
        )
        for each in await rates(talk, group_row(talk).id, days)
    ]  # fmt: skip
    head = in_appeals("report_head", title=group_row(talk).title, days=days)
    await send(talk, "rules.csv", sheets.write(COLUMNS, rows), (head,))
