"""Group messages such as training camps see, in the Bot API's words; the same for the same seed."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

SIZE = 100  # as many as getUpdates gives at once
GROUPS, MEMBERS = 60, 200
TALKING, SPEAKERS, SHIFT_EVERY, A_SECOND = 12, 20, 1000, 5
START = 1_900_000_000
FIRST_CHAT = -1_001_000_000_001
FIRST_MEMBER = 5_000_000_000

OPENINGS = (
    "早上好",
    "大家晚上好",
    "老师好",
    "请问一下",
    "分享一下",
    "今天的作业",
    "收到",
    "补充一点",
    "昨天的直播",
    "我觉得",
)
MIDDLES = (
    "第三节课里讲的时间管理我试了一周，效果比想象的好，晚上能早睡半小时",
    "这个练习我做了两遍，第二遍才发现题目里少看了一个条件，提醒后面的同学留意",
    "链接打不开的同学可以换个浏览器试试，我用手机是可以的",
    "the slides of lesson 4 are in the pinned post, page 12 has the example we talked about",
    "读书笔记写到第五章了，印象最深的是作者说的：习惯是一点一点长出来的",
    "孩子今天第一次自己整理书包，忍不住来群里说一声，谢谢大家之前的建议",
    "I will be ten minutes late for the call tonight, please start without me",
    "营养师说早餐要有蛋白质，我今天煮了两个鸡蛋加一杯牛奶，上午果然不饿",
)
ENDINGS = ("。", "！", "😂", "，大家怎么看？", "，谢谢！", "~", "，加油💪", "。明天继续打卡。")


def members(group: int) -> range:
    return range(FIRST_MEMBER + group * MEMBERS, FIRST_MEMBER + (group + 1) * MEMBERS)


def update(number: int, random: Random) -> dict[str, Any]:
    """The `number`-th message of a busy evening: a fifth of the groups is talking, and a few people in each."""
    group = (number // SHIFT_EVERY * 7 + random.randrange(TALKING)) % GROUPS
    return said(number, random, group, random.choice(members(group)[:SPEAKERS]), START + number // A_SECOND)


def said(number: int, random: Random, group: int, sender: int, at: int) -> dict[str, Any]:
    """One message of that member."""
    text = random.choice(OPENINGS) + "，" + random.choice(MIDDLES) + random.choice(ENDINGS)
    text += random.choice(("", "", random.choice(MIDDLES), f"（第{random.randrange(99)}天）"))
    message: dict[str, Any] = {
        "message_id": number,
        "from": person(sender),
        "chat": {"id": FIRST_CHAT - group, "title": f"{group:02d}营 学习成长营", "type": "supergroup"},
        "date": at,
        "text": text,
    }
    if random.random() < 0.25:
        answered = {k: message[k] for k in ("from", "chat", "date")} | {"message_id": number - 1, "text": text}
        message["reply_to_message"] = answered
    if random.random() < 0.1:
        message["entities"] = [{"type": "bold", "offset": 0, "length": 2}]
    return {"update_id": number, "message": message}


def person(user_id: int) -> dict[str, Any]:
    number = user_id - FIRST_MEMBER
    return {
        "id": user_id,
        "is_bot": False,
        "first_name": f"{number % 60:02d}营-学员{number}-上海",
        "username": f"member_{number}",
        "language_code": "zh-hans",
    }


def batches(count: int) -> Iterator[bytes]:
    """Answers of getUpdates with `count` messages in all."""
    random = Random(7)
    for start in range(1, count + 1, SIZE):
        made = [update(number, random) for number in range(start, min(start + SIZE, count + 1))]
        yield json.dumps({"ok": True, "result": made}).encode()
