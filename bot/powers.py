"""Everything that can be asked of the bot: who may, and what Telegram must let them do by hand; only a table."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Role = Literal[
    "operator", "owner", "officer", "leader", "homework_officer", "reviewer", "volunteer", "member", "person"
]  # fmt: skip

# Each holds the one before: who runs the program, who owns groups, who looks after all of them, who leads one, who may
# look at an appeal, who helps.
OPERATORS: frozenset[Role] = frozenset({"operator"})
OWNERS: frozenset[Role] = OPERATORS | {"owner"}
OFFICERS: frozenset[Role] = OWNERS | {"officer"}
LEADERS: frozenset[Role] = OFFICERS | {"leader"}
REVIEWERS: frozenset[Role] = LEADERS | {"reviewer"}
STAFF: frozenset[Role] = REVIEWERS | {"homework_officer", "volunteer"}
MEMBERS: frozenset[Role] = STAFF | {"member"}
ANYONE: frozenset[Role] = MEMBERS | {"person"}

Audience = Literal["leaders", "reviewers", "officers", "staff"]
# Whom a question is put to; their buttons ask for the action beside it.
AUDIENCES: Mapping[str, frozenset[Role]] = {
    "leaders": LEADERS, "reviewers": REVIEWERS, "officers": OFFICERS, "staff": STAFF,
}  # fmt: skip
ASKS_FOR: Mapping[str, str] = {"leaders": "lead", "reviewers": "review", "officers": "oversee", "staff": "assist"}

# Who may give a role or take it away; nobody gives what is above them.
GIVEN_BY: Mapping[Role, frozenset[Role]] = {
    "owner": OWNERS, "officer": OWNERS, "leader": OWNERS,
    "homework_officer": LEADERS, "reviewer": LEADERS, "volunteer": LEADERS,
}  # fmt: skip

RESTRICT, DELETE, PIN = "can_restrict_members", "can_delete_messages", "can_pin_messages"
INVITE = "can_invite_users"


class Power(NamedTuple):
    """Who may ask it; `needs` are the rights in Telegram without which an administrator may not."""

    who: frozenset[Role]
    needs: frozenset[str] = frozenset()


def asked(names: str, who: frozenset[Role], needs: tuple[str, ...] = ()) -> dict[str, Power]:
    return dict.fromkeys(names.split(), Power(who, frozenset(needs)))


# A new action of leaders belongs to those that need RESTRICT unless it changes nothing for anybody.
ASKED: Mapping[str, Power] = {
    **asked("""
        command.status
        press.adding.yes press.adding.always press.adding.no press.adding.ask_again
    """, OPERATORS),
    **asked("""
        command.policy command.warn command.mute command.unmute command.remove command.readmit command.pardon
        command.undo command.welcome command.import command.nick.exempt command.lockdown command.faq command.askname
        command.grant command.revoke command.shift command.backup command.handover press.team.take press.team.taken
        press.team.given press.team.add press.team.role press.team.handover press.shift.remove press.backup.remove
        press.undo press.fine.paid press.fine.waive press.case.ok press.scam.remove press.sender.ban
        command.care press.preview.send press.preview.good press.preview.drop
        press.care.offer press.care.sure press.care.use press.care.return press.care.keep
        press.ladder.warn press.ladder.ask_to_leave press.ladder.remove press.ladder.stay press.brake.stop
        press.import.ask press.import.words press.import.rules press.import.welcome press.raid.ask press.raid.remove
        press.raid.undo press.lockdown.begin press.lockdown.off press.staff.mute press.staff.remove press.gate.free
        press.faq.switch press.faq.remove press.faq.sure press.faq.add press.faq.edit press.letter.undo
        press.defaults.take press.defaults.keep press.setup.accept press.setup.preset_put press.setup.names_put
        press.setup.names_on press.setup.names_off press.setup.zone press.setup.zone_ask press.setup.language
        press.setup.second press.setup.greet press.setup.desk press.setup.about_ask
    """, LEADERS, needs=(RESTRICT,)),
    **asked("""
        command.fine
        press.case.release press.case.fine press.case.ad press.brake.go_on press.letter.enable
    """, LEADERS, needs=(RESTRICT, DELETE)),
    **asked("""
        press.policy.save press.policy.why press.policy.back_put press.policy.import press.policy.import_here
        press.policy.import_all press.policy.import_many
    """, LEADERS, needs=(RESTRICT,)),
    **asked("""
        press.policy.open press.policy.key press.policy.try press.policy.type press.policy.items press.policy.preview
        press.policy.history press.policy.version press.policy.diff press.policy.rollback press.policy.export
        press.policy.simulate press.policy.others command.simulate
    """, LEADERS),
    # Reading, and answers that change nothing about anybody.
    **asked("""
        command.nickcheck lead command.mark command.here command.letter
        press.confirm.anonymous press.case.not_now press.ticket.seen press.raid.let_be press.raid.back
        press.staff.fine press.care.seen press.gate.keep press.faq.page press.faq.one
        press.menu.unbind press.posted.let_be press.letter.page press.letter.wrong press.letter.right press.letter.later
        press.setup.preset_ask press.setup.names_build press.setup.names_look press.setup.names_ask press.setup.try
        press.setup.again press.doctor.again
    """, LEADERS),
    **asked("""
        command.approval command.filter press.filter.mode
    """, LEADERS, needs=(RESTRICT,)),
    **asked("""
        press.approval.post press.approval.no_links press.approval.as_text press.approval.off_topic
        press.approval.words
    """, LEADERS, needs=(DELETE,)),
    **asked("press.approval.return press.approval.back press.approval.look", LEADERS),
    **asked("command.case press.quarrel.show", STAFF),
    **asked("press.approval.text", ANYONE),
    # What an appeal is answered by; other cards show these buttons to leaders alone.
    **asked("review press.case.keep press.appeal.keep press.appeal.return press.appeal.own_reason", REVIEWERS),
    **asked("""
        press.case.undo press.appeal.accept press.appeal.shorten press.appeal.reason
    """, REVIEWERS, needs=(RESTRICT,)),
    **asked("press.appeal.add", ANYONE),
    **asked("press.link.show command.report", LEADERS),
    **asked("oversee", OFFICERS),
    **asked("""
        press.blacklist.add press.blacklist.lift press.blacklist.accept press.blacklist.refuse press.blacklist.all
        press.blacklist.sure press.blacklist.suggested press.blacklist.import press.blacklist.take
        press.blacklist.export
    """, OFFICERS),
    **asked("""
        command.blacklist press.blacklist.suggest
    """, LEADERS, needs=(RESTRICT,)),
    **asked("""
        press.blacklist.page press.blacklist.one press.blacklist.keep
    """, LEADERS),
    **asked("""
        assist command.team command.why command.inbox command.record.of
        press.ticket.take press.ticket.let_go press.menu.waiting
    """, STAFF),
    **asked("""
        command.rules command.nick command.record command.points command.privacy command.help command.start
        command.language command.appeal command.menu command.notice command.setup command.doctor command.chats
        command.about command.decision command.mydata press.decision.open press.decision.page press.privacy.mine
        press.privacy.forget press.privacy.sure
        press.view press.notice.show press.gathered.press press.quiet.no_more press.appeal.open press.fine.withdraw
        press.name.check press.name.register press.rules.show press.rules.accept press.leave.stay press.leave.go
        press.notice.heard press.leave.care press.care.way press.care.home press.care.stay
        press.aside.repost press.checkin press.language.choose press.menu.open press.menu.cancel press.menu.group
        press.team.decline press.menu.page press.menu.name press.chats.page press.chats.open press.setup.many
        press.setup.many_ask
        press.setup.many_put press.setup.tried
    """, ANYONE),
    **asked("""
        press.case.delete
    """, LEADERS, needs=(DELETE,)),
    **asked("""
        command.notice.set
        press.posted.ask press.posted.put press.posted.off press.posted.again
    """, LEADERS, needs=(PIN,)),
    **asked("""
        command.decision.of
    """, REVIEWERS),
    **asked("command.audit press.audit.page press.audit.export", LEADERS),
    # Who comes in.
    **asked("""
        command.approve.of command.decline.of
        press.join.approve press.join.decline press.join.approve_now press.join.decline_now
        press.join.paid press.join.all_ask press.join.all
        command.roster press.roster.import press.roster.take press.roster.export press.roster.look press.roster.remove
        press.roster.sure
    """, LEADERS, needs=(INVITE,)),
    **asked("press.join.ask press.join.show press.join.page", LEADERS),
    **asked("command.approve command.decline press.join.accept press.join.skip press.join.choose", ANYONE),
    **asked("press.join.no_code press.join.go_on", ANYONE),
}  # fmt: skip
"""What is not listed is refused."""
