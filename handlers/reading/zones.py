"""Time zones as people write them: by name, by city in Chinese or English; the nearest one where none fits."""

import difflib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from zoneinfo import available_timezones

from bot.textscan.folding import simplified

COMMON = (
    "Asia/Shanghai", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "Europe/London", "Europe/Berlin",
    "America/New_York", "America/Los_Angeles", "Australia/Sydney",
)  # fmt: skip
IN_CHINESE: Mapping[str, str] = MappingProxyType({
    **dict.fromkeys(("北京", "北京时间", "上海", "中国", "中国时间", "东八区"), "Asia/Shanghai"),
    "香港": "Asia/Hong_Kong", "澳门": "Asia/Macau", "台北": "Asia/Taipei", "台湾": "Asia/Taipei",
    "新加坡": "Asia/Singapore", "吉隆坡": "Asia/Kuala_Lumpur", "马来西亚": "Asia/Kuala_Lumpur",
    "东京": "Asia/Tokyo", "日本": "Asia/Tokyo", "首尔": "Asia/Seoul", "韩国": "Asia/Seoul", "曼谷": "Asia/Bangkok",
    "迪拜": "Asia/Dubai", "乌鲁木齐": "Asia/Urumqi", "伦敦": "Europe/London", "英国": "Europe/London",
    "巴黎": "Europe/Paris", "柏林": "Europe/Berlin", "纽约": "America/New_York", "洛杉矶": "America/Los_Angeles",
    "旧金山": "America/Los_Angeles", "多伦多": "America/Toronto", "温哥华": "America/Vancouver",
    "悉尼": "Australia/Sydney", "墨尔本": "Australia/Melbourne", "奥克兰": "Pacific/Auckland",
})  # fmt: skip
LONGEST = 64


@cache
def names() -> Mapping[str, str]:
    """Every zone by its name, and by its city alone, in small letters; a continent's zone is meant before others."""
    found: dict[str, str] = {}
    for name in sorted(available_timezones(), key=lambda each: (each.count("/"), each)):
        found[plain(name)] = name
        if "/" in name:
            found.setdefault(plain(name.rpartition("/")[2]), name)
    return found


def plain(text: str) -> str:
    return " ".join(text.replace("_", " ").lower().split())


def zone_named(text: str) -> str:
    """The zone that is meant, "" for none."""
    asked = simplified(text.strip()[:LONGEST])
    return IN_CHINESE.get(asked.removesuffix("时间"), "") or IN_CHINESE.get(asked, "") or names().get(plain(asked), "")


def nearest(text: str) -> str:
    """The zone that was most likely meant, "" where nothing comes near."""
    asked = simplified(text.strip()[:LONGEST])
    chinese = difflib.get_close_matches(asked, IN_CHINESE, 1, 0.5)
    if chinese:
        return IN_CHINESE[chinese[0]]
    close = difflib.get_close_matches(plain(asked), names(), 1, 0.6)
    return names()[close[0]] if close else ""
