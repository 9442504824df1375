"""Every command there is, described once: what it runs, its Chinese names, the words of a reply that mean it."""

from collections.abc import Mapping

from handlers.arrival import chats, doctor, here, importing, language, letter, setup
from handlers.conduct import (
    agreements,
    appealing,
    auditing,
    caring,
    decision,
    explaining,
    fines,
    measures,
    pardons,
    quarrels,
    records,
    reporting,
    undoing,
)
from handlers.frame.obey import Command
from handlers.home import helping, inbox, menu, starting, status
from handlers.joining import ordering, roster
from handlers.names import askname, nickcheck, nicks
from handlers.policy import approval, filters, policies, simulating
from handlers.privacy import mydata, privacy
from handlers.programme import marking, welcomes
from handlers.protection import blacklist, lockdown
from handlers.speech import about, faq, notice
from handlers.team import backups, granting, handover, shifts, team

COMMANDS: Mapping[str, Command] = {
    each.name: each
    for each in (
        Command("rules", agreements.rules, ("群规", "规则", "约定"), guessed="always"),
        Command("nick", nicks.nick, ("昵称", "名片"), guessed="alone"),
        Command("record", records.record, ("记录", "纪录"), guessed="always", in_reply=("记录", "纪录")),
        Command("decision", decision.decision, ("处理",), guessed="always"),
        Command("points", records.points, ("积分",), guessed="always"),
        Command("privacy", privacy.privacy, ("隐私",), guessed="always"),
        Command("mydata", mydata.mydata, ("我的数据",), guessed="always"),
        Command("help", helping.help_, ("帮助", "说明"), guessed="always"),
        Command("appeal", appealing.appeal, ("申诉",)),
        Command("menu", menu.menu, ("菜单", "选单"), guessed="always", in_reply=("菜单", "选单")),
        Command("askname", askname.askname, in_reply=("昵称",)),
        Command("mark", marking.mark, ("打卡",), in_reply=("打卡",)),
        Command("here", here.here, guessed="alone"),
        Command("notice", notice.notice, ("公告",), guessed="alone", in_reply=("公告",), reply_means="set"),
        Command("faq", faq.faq, ("关键词",), guessed="alone"),
        Command("start", starting.start, ("开始",), guessed="always"),
        Command("language", language.language, ("语言",), guessed="always"),
        Command("status", status.status, guessed="always"),
        Command("warn", measures.warn, ("警告",), in_reply=("警告",)),
        Command("mute", measures.mute, ("禁言",), in_reply=("禁言",)),
        Command("unmute", measures.unmute, ("解禁",)),
        Command("remove", measures.remove, ("移出",), in_reply=("移出",)),
        Command("readmit", measures.readmit),
        Command("pardon", pardons.pardon),
        Command("fine", fines.fine, ("补发",), in_reply=("补发",), reply_means="补发"),
        Command("why", explaining.why, ("为什么",), guessed="always", in_reply=("为什么",)),
        Command("undo", undoing.undo, ("撤销",), in_reply=("撤销",)),
        Command("policy", policies.policy, guessed="alone"),
        Command("simulate", simulating.simulate, ("试算",)),
        Command("approval", approval.approval, ("审批", "先审")),
        Command("filter", filters.filter_, ("过滤", "屏蔽词")),
        Command("case", quarrels.case, ("争执", "纠纷")),
        Command("welcome", welcomes.welcome, ("欢迎",), guessed="alone"),
        Command("audit", auditing.audit_),
        Command("inbox", inbox.inbox, ("待办",), guessed="always"),
        Command("nickcheck", nickcheck.nickcheck),
        Command("import", importing.import_),
        Command("setup", setup.setup, ("设置",), guessed="always"),
        Command("doctor", doctor.doctor, ("检查",), guessed="always"),
        Command("chats", chats.chats, guessed="always"),
        Command("about", about.about, ("介绍",), guessed="always"),
        Command("letter", letter.show_letter, guessed="always"),
        Command("report", reporting.report, ("报告",), guessed="always"),
        Command("grant", granting.grant, ("任命",)),
        Command("revoke", granting.revoke),
        Command("team", team.team, ("团队",), guessed="always"),
        Command("shift", shifts.shift, ("排班",)),
        Command("backup", backups.backup),
        Command("handover", handover.handover),
        Command("blacklist", blacklist.blacklist_, ("黑名单",), guessed="alone"),
        Command("approve", ordering.approve, ("通过",)),
        Command("decline", ordering.decline, ("婉拒",)),
        Command("roster", roster.roster, ("名单",), guessed="always"),
        Command("care", caring.care, ("照顾营",)),
        Command("lockdown", lockdown.lockdown_, ("紧急",), in_reply=("紧急",)),
    )
}

WORDS: Mapping[str, str] = {
    word: f"{each.name} {each.reply_means}".strip() for each in COMMANDS.values() for word in each.in_reply
}
"""What a leader's word in a reply stands for; typed in simplified or traditional characters."""

IN_CHINESE: Mapping[str, str] = {word: each.name for each in COMMANDS.values() for word in each.chinese}
"""Names that people type after a slash; Telegram makes no commands of them."""
