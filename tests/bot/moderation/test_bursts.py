"""A burst is one case, also where its first message only waits (fairness 1)."""

from bot.conduct.recents import MOST, SPAN
from bot.storage import lookups
from rules.conduct.policy_ranges import RANGES
from tests.bot.moderation.court import BLOCKED, HOUR, MINUTE, NOON, Court


async def test_a_burst_under_the_brake_is_one_case_whatever_is_released(court: Court) -> None:
    await court.open(BLOCKED, members=20)
    await court.says(7, "badword", NOON - 2 * HOUR)
    await court.performed(NOON - 2 * HOUR)
    for user in (101, 102, 103):
        await court.says(user, "badword", NOON)
    burst = [court.message(7, f"badword {n}", NOON + MINUTE + n) for n in range(4)]
    for facts in (burst[:2], burst[2:]):
        verdicts = await court.write(lambda unit, facts=facts: court.moderator.moderate(unit, facts))  # type: ignore[misc]
        assert {verdict.held for verdict in verdicts} == {"brake"}
    _, held = await court.decisions(7)
    assert await court.read(lambda unit: lookups.held_for(unit, court.group, "brake")) == [held.id]
    assert await court.releases(held.id, NOON + 10 * MINUTE)
    assert [row.kind for row in await court.entries(7)] == ["violation", "reminder", "violation", "warning"]
    released = [act.kind for act in await court.acts(7) if act.state == "pending"]
    assert sorted(released) == ["Delete", "Delete", "Delete", "Delete", "Say"]


def test_no_flood_is_defined_beyond_what_is_remembered() -> None:
    assert (RANGES["flooding.messages"].most or 0) <= MOST
    assert (RANGES["flooding.same_text"].most or 0) <= MOST
    assert max(RANGES[key].most or 0 for key in ("flooding.seconds", "flooding.same_text_seconds")) <= SPAN
