"""Ready sets of settings by the kind of a group, as data: each says the same keys, so that choosing another one takes
the first back. None of them turns a rule on: what is observed at first is decided after the 48 hours, by people.
"""

from collections.abc import Mapping
from types import MappingProxyType

from rules.conduct.policy import Policy
from rules.conduct.policy_layers import value_of

Changes = Mapping[str, object]

PRESETS: Mapping[str, Changes] = MappingProxyType({
    # A daily check-in, long homework now and then. Who greets newcomers is a choice of its own.
    "camp": {
        "checkin.enabled": True, "welcome.pause_minutes": 10, "flooding.messages": 8,
        "flooding.same_text": 4, "ad_without_red_packet.min_signals": 2,
    },
    "study": {
        "checkin.enabled": False, "welcome.pause_minutes": 10, "flooding.messages": 10,
        "flooding.same_text": 4, "ad_without_red_packet.min_signals": 2,
    },
    # Whoever only listens is seldom woken by greetings, and a few messages at once are many here.
    "listen": {
        "checkin.enabled": False, "welcome.pause_minutes": 60, "flooding.messages": 5,
        "flooding.same_text": 3, "ad_without_red_packet.min_signals": 2,
    },
    "chat": {
        "checkin.enabled": False, "welcome.pause_minutes": 30, "flooding.messages": 15,
        "flooding.same_text": 6, "ad_without_red_packet.min_signals": 3,
    },
})  # fmt: skip

NAMES: Mapping[str, str] = MappingProxyType({
    "训练营": "camp", "学习群": "study", "只听课": "listen", "闲聊": "chat",
    "訓練營": "camp", "學習群": "study", "只聽課": "listen", "閒聊": "chat",
})  # fmt: skip


def named(text: str) -> str:
    """The preset that is meant by its name, its Chinese name or the word of a link (`t_camp`); "" for none."""
    asked = text.strip().lower().removeprefix("t_")
    meant = NAMES.get(asked, asked)
    return meant if meant in PRESETS else ""


def difference(policy: Policy, preset: str) -> dict[str, tuple[object, object]]:
    """What the preset would change, by key: (now, then)."""
    wanted = PRESETS.get(preset, {})
    return {key: (value_of(policy, key), new) for key, new in wanted.items() if value_of(policy, key) != new}
