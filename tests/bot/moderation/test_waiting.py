"""What waited for people begins when they say yes, and leaves nothing half done where they say no."""

from bot.conduct import reversing
from bot.outbox import settling
from bot.storage import asides, books
from rules.conduct import fines, measures
from rules.conduct.effects import Delete, Restrict, Say
from tests.bot.moderation.court import AD, BLOCKED, DAY, FINES, HOUR, MINUTE, NOON, Court

ONE = {"brakes": {"least": 1, "most": 1}}
OTHER_AD = AD.replace("moneychan", "otherchan") + " 另一个完全不同的广告"


async def newcomer(court: Court, user: int = 7) -> int:
    await court.joins(user, NOON - HOUR)
    await court.leads(user, NOON - HOUR, measures.accept_rules)
    await court.accepts(user, NOON - HOUR)
    return user


async def test_a_fine_released_late_leaves_the_whole_time_and_says_so(court: Court) -> None:  # fairness 4
    await court.open({**BLOCKED, **FINES, **ONE}, members=20)
    user = await newcomer(court)
    await court.says(8, "badword", NOON)
    assert (await court.says(user, AD, NOON + 1)).held == "brake"
    fine, at = (await court.decisions(user))[-1], NOON + 30 * HOUR
    assert await court.releases(fine.id, at)
    (owed,) = (await court.standing(user, at)).open_fines
    assert owed.due_at >= at + DAY
    assert await court.due(owed.due_at - 1) == []
    assert await court.due(owed.due_at) == [("fine_due", owed.due_at)]
    (notice,) = [act.act for act in await court.acts(user) if isinstance(act.act, Say) and act.decision_id == fine.id]
    written = {value for words in notice.words for name, value in words.params if name == "deadline"}
    assert written == {"03-06 18:00"}


async def test_a_mute_released_late_begins_then(court: Court) -> None:
    await court.open({**BLOCKED, **ONE, "flooding": {"mode": "enforce"}}, members=20)
    await court.says(8, "badword", NOON)
    for number in range(4):
        await court.says(7, "哈哈哈哈", NOON + 1 + number)
    (flood,) = await court.decisions(7)
    assert await court.releases(flood.id, NOON + 5 * HOUR)
    (mute,) = [act for act in await court.acts(7) if isinstance(act.act, Restrict)]
    until = (await court.standing(7, NOON + 5 * HOUR)).muted_until
    assert (mute.state, mute.act) == ("pending", Restrict(user_id=7, until=until or 0))
    assert until == NOON + 5 * HOUR + 10 * MINUTE


async def test_a_different_ad_that_joins_is_kept_too_and_the_same_words_once(court: Court) -> None:  # R06
    await court.open(FINES)
    user = await newcomer(court)
    for text in (AD, AD, OTHER_AD):
        await court.says(user, text, NOON)
    fine = (await court.decisions(user))[-1]
    kept = await court.read(lambda unit: asides.of_decision(unit, fine.id))
    assert [each.text for each in kept] == [AD, OTHER_AD]


async def test_settling_a_fine_does_not_spare_its_ad(court: Court) -> None:  # R06
    await court.open(FINES)
    user = await newcomer(court)
    await court.says(user, AD, NOON)
    await court.performed(NOON, but="Delete")
    (owed,) = (await court.standing(user, NOON)).open_fines
    await court.leads(user, NOON + MINUTE, lambda c, p: fines.withdrawn(c, p, owed.fine_id), by=user)
    gone = [act.state for act in await court.acts(user) if isinstance(act.act, Delete) and not act.act.own]
    assert gone == ["pending"]


async def test_a_fine_whose_payment_was_taken_back_can_be_settled_again(court: Court) -> None:
    await court.open(FINES)
    user = await newcomer(court)
    await court.says(user, AD, NOON)
    await court.performed(NOON)
    (owed,) = (await court.standing(user, NOON)).open_fines
    paid = await court.leads(user, NOON + MINUTE, lambda c, p: fines.paid(c, p, owed.fine_id, None))
    assert paid
    assert await court.due(NOON + 30 * DAY) == []
    assert await court.undoes(paid, NOON + 2 * HOUR)
    assert [fine.fine_id for fine in (await court.standing(user, NOON + 2 * HOUR)).open_fines] == [owed.fine_id]
    assert [kind for kind, _ in await court.due(NOON + 30 * DAY)] == ["fine_due"]
    theirs = [act for act in await court.acts(user) if act.decision_id == owed.decision_id]
    assert [act.state for act in theirs if isinstance(act.act, Say)] == ["done", "pending"]
    await court.performed(NOON + 2 * HOUR)
    await court.rings(NOON + 3 * DAY)
    assert (await court.standing(user, NOON + 3 * DAY)).warnings == 1


async def test_a_no_after_the_message_went_is_told_and_gives_it_back(court: Court) -> None:  # fairness 11
    await court.open({**BLOCKED, "ladder": {"highest": "remind"}})
    await court.says(7, "badword", NOON - 3 * HOUR)
    await court.performed(NOON - 3 * HOUR)
    await court.says(7, "badword again", NOON)
    await court.performed(NOON)
    held = (await court.decisions(7))[-1]
    assert await court.write(lambda unit: reversing.dismiss(unit, court.moderator, held.id, 9, NOON + MINUTE))
    undoing = await court.read(lambda unit: books.reversed_by(unit, held.id))
    assert undoing is not None
    (told,) = [act.act for act in await court.acts(7) if act.decision_id == undoing.id]
    assert isinstance(told, Say)
    assert "aside.repost" in [button.action for row in told.buttons for button in row]
    kept = await court.read(lambda unit: asides.get(unit, held.id))
    assert kept is not None
    assert kept.text == "badword again"


async def test_a_name_and_a_pass_that_were_taken_back_leave_no_trace(court: Court) -> None:
    await court.open(FINES)
    user = await newcomer(court)
    first = await court.leads(user, NOON, lambda c, p: measures.register_nick(c, p, "07营-林晓-上海"), by=user)
    second = await court.leads(user, NOON, lambda c, p: measures.register_nick(c, p, "07营-晓晓-上海"), by=user)
    granted = await court.leads(user, NOON, measures.grant_pass)
    assert first
    assert second
    assert granted
    assert (await court.member(user)).nick == "07营-晓晓-上海"
    await court.undoes(second, NOON + 1)
    assert (await court.member(user)).nick == "07营-林晓-上海"
    await court.undoes(first, NOON + 2)
    assert (await court.member(user)).nick == ""
    await court.undoes(granted, NOON + 3)
    assert (await court.says(user, AD, NOON + MINUTE)).step == "fine"


async def test_who_is_gone_is_asked_nothing_any_more(court: Court) -> None:
    await court.open({"nickname_format": {"mode": "enforce"}})
    await court.joins(7, NOON, name="bad")
    await court.joins(8, NOON, name="bad")
    await court.performed(NOON)
    (asked,) = await court.acts(7)
    await court.write(lambda unit: settling.take_down(unit, asked, asked.chat_id, 9001, NOON + DAY))
    for user in (7, 8):
        await court.leaves(user, NOON + MINUTE)
    gone = [act for act in await court.acts(7) if isinstance(act.act, Delete)]
    assert [(act.state, act.not_before) for act in gone] == [("pending", NOON + MINUTE)]
    await court.joins(9, NOON, name="bad")
    await court.leaves(9, NOON + MINUTE)
    assert [act.state for act in await court.acts(9)] == ["refused"]
