"""[签到]: whoever presses has checked in for the day of the post, once, and reads it alone."""

from bot import programme
from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.reading.targets import group_row
from handlers.saying.answers import alert
from rules.conduct.effects import Phrase
from rules.programme.localtime import business_day, parse_clock


@press("checkin")
async def check_in(talk: Talk, button: ButtonRow) -> None:
    group, policy = group_row(talk), await talk.policy()
    today = business_day(talk.at, talk.zone, parse_clock(policy.checkin.day_starts_at))
    if button.note and button.note != today.isoformat():
        await alert(talk, Phrase("programme.checkin_closed"))
        return
    done = await programme.check_in(talk.unit, group, policy, talk.actor.user_id, talk.at)
    key = "checkin_again" if not done.new else "checkin_done" if done.points else "checkin_plain"
    await alert(talk, Phrase(f"programme.{key}", (("streak", done.streak), ("points", done.points))))
