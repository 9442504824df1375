"""The law of quiet over a busy week: counted from outside, in what the Telegram of the sandbox was asked to do (L8)."""

import json
import random
import re
import time
from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.clock import ManualClock
from rules.programme.localtime import local
from tests.app.stage import ENFORCED, Stage, staged
from tests.figures import DATABASES, FOLDER
from tests.long.week import HOUR, MINUTE, SLOT, Week
from tests.programme.conftest import NINE

DAYS, PEOPLE, SEED = 7, 200, 20250303
MOST = 8
POLICY: dict[str, Any] = ENFORCED | {
    "ad_without_red_packet": {"mode": "enforce", "fines": True},
    "nickname_format": {"mode": "enforce"},
    "checkin": {"enabled": True, "prompt_at": "06:30"},
}
SENDING = ("sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup", "copyMessage", "forwardMessage")
COLUMNS = ("planned", "unplanned", "answers", "deletions", "edits", "private")
PERSONAL = re.compile(r"你的记录|你的积分|积分：|提醒（\d/\d）|补发单")


class Counting:
    """What happened on each day of the group, from the calls that were made."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.days: dict[str, Counter[str]] = {}
        self.seen = 0
        self.sent: dict[int, str] = {}
        self.moments: dict[int, float] = {}

    def look(self) -> None:
        for call in self.stage.world.calls.after(self.seen):
            self.seen = max(self.seen, int(call["n"]))
            if not call["ok"]:
                continue
            chat = call["parameters"].get("chat_id")
            day = f"{local(int(call['at']), ZONE):%m-%d}"
            of = self.days.setdefault(day, Counter())
            if call["method"] in SENDING:
                if int(chat or 0) > 0:
                    of["private"] += 1
                else:
                    self.sent[message_of(call)] = day
                    self.moments[message_of(call)] = call["at"]
            elif call["method"].startswith("deleteMessage"):
                of["deletions"] += len(call["parameters"].get("message_ids", (0,)))
            elif call["method"].startswith("editMessage"):
                of["edits"] += 1

    async def classified(self) -> dict[str, Counter[str]]:
        """Each post in the group is what the acts say it was for; a post that no act knows stops the test."""
        async with self.stage.app.services.storage.reading() as unit:
            asked = text("SELECT message_id, purpose, quiet, kind FROM acts WHERE message_id > 0 AND quiet <> 3")
            rows = {row[0]: row for row in await unit.execute(asked) if row[3] in ("Say", "Repost")}
        for message, day in self.sent.items():
            self.days[day][kind_of(rows[message].purpose)] += 1
        return self.days


ZONE = ZoneInfo("Asia/Shanghai")


def message_of(call: dict[str, Any]) -> int:
    result = call["result"]
    return int((result[0] if isinstance(result, list) else result)["message_id"])


def kind_of(purpose: str) -> str:
    return {"prompt": "planned", "pinned": "planned", "answer": "answers"}.get(purpose, "unplanned")


async def gathered(week: Week) -> None:
    """Two hundred came over a morning, a few at a time, so that nobody takes them for a raid."""
    for _ in range(40):
        for _ in range(PEOPLE // 40):
            await week.join()
        await week.stage.later(5 * MINUTE)


async def commands_are_gone(week: Week, counting: Counting) -> None:
    """More than a minute after they were said, what was asked and what was answered stand there no more."""
    chat = week.stage.world.chat(week.stage.chat)
    left = [n for n in week.commands if week.stage.world.message(chat, n) is not None]
    assert left == [], f"commands stand: {left}"
    async with week.stage.app.services.storage.reading() as unit:
        asked = text("SELECT message_id FROM acts WHERE purpose = 'answer' AND chat_id < 0 AND message_id > 0")
        answers = {row[0] for row in await unit.execute(asked)}
    now = week.stage.world.clock.now()
    stands = [n for n in answers if week.stage.world.message(chat, n) is not None and now - counting.moments[n] > 90]
    assert stands == [], f"answers stand: {stands}"


@pytest.mark.timeout(1200)
async def test_a_busy_week_of_two_hundred_people_has_eight_unplanned_posts_a_day_at_most(
    database_url: str, engine_name: str
) -> None:
    began = time.process_time()
    async with staged(database_url, POLICY, clock=ManualClock(NINE - 24 * HOUR)) as stage:
        week, counting = Week(stage, random.Random(SEED)), Counting(stage)
        await stage.calm()
        await gathered(week)
        while (now := local(int(stage.clock.now()) if stage.clock else 0, ZONE)).day < 3 or now.hour < 6:
            await stage.later(SLOT)
        for _ in range(DAYS * 48):
            here = local(int(stage.clock.now()) if stage.clock else 0, ZONE)
            await week.half_hour(here.hour + here.minute / 60)
            counting.look()
            await commands_are_gone(week, counting)
        days = await counting.classified()
        said = [post.get("text", "") for post in await stage.people.messages(stage.chat) if post["from_bot"]]
    used = time.process_time() - began
    record(engine_name, days, week, used)
    assert len(days) >= DAYS
    assert {day: of["planned"] for day, of in days.items() if of["planned"] != ("03-02" < day < "03-10")} == {}
    assert {day: of["unplanned"] for day, of in days.items() if of["unplanned"] > MOST} == {}
    assert [each for each in said if PERSONAL.search(each) or each == "已经办好"] == []
    assert sum(week.counted[what] for what in ("messages",)) > 300 * DAYS


def record(engine: str, days: dict[str, Counter[str]], week: Week, used: float) -> None:
    """For `make quiet`, which writes docs/quiet.md."""
    FOLDER.mkdir(exist_ok=True)
    lines = {day: {name: days[day][name] for name in COLUMNS} for day in sorted(days)}
    told = {
        "database": DATABASES[engine],
        "days": lines,
        "people": PEOPLE,
        "happened": week.counted,
        "cpu_s": round(used),
    }
    (FOLDER / f"quiet_{engine}.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
