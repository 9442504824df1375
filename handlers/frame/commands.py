"""Every command there is, and the words that do the same as a reply; who may is `bot.roles.ACTIONS`."""

from collections.abc import Mapping

from handlers.arrival import chats, doctor, here, importing, language, letter, setup
from handlers.conduct import (
    agreements,
    appeals_command,
    askname,
    explaining,
    fines,
    measures,
    nickcheck,
    nicks,
    pardons,
    policies,
    records,
    undoing,
)
from handlers.frame.obey import Command
from handlers.home import inbox, menu, starting, status
from handlers.programme import marking, welcomes
from handlers.protection import lockdown
from handlers.speech import about, faq, notice

COMMANDS: Mapping[str, Command] = {
    each.name: each
    for each in (
        Command("rules", agreements.rules),
        Command("nick", nicks.nick),
        Command("record", records.record),
        Command("points", records.points),
        Command("privacy", agreements.privacy),
        Command("help", agreements.help_),
        Command("appeal", appeals_command.appeal),
        Command("menu", menu.menu),
        Command("askname", askname.askname),
        Command("mark", marking.mark),
        Command("here", here.here),
        Command("notice", notice.notice),
        Command("faq", faq.faq),
        Command("start", starting.start),
        Command("language", language.language),
        Command("status", status.status),
        Command("warn", measures.warn),
        Command("mute", measures.mute),
        Command("unmute", measures.unmute),
        Command("remove", measures.remove),
        Command("readmit", measures.readmit),
        Command("pardon", pardons.pardon),
        Command("fine", fines.fine),
        Command("why", explaining.why),
        Command("undo", undoing.undo),
        Command("policy", policies.policy),
        Command("welcome", welcomes.welcome),
        Command("inbox", inbox.inbox),
        Command("nickcheck", nickcheck.nickcheck),
        Command("import", importing.import_),
        Command("setup", setup.setup),
        Command("doctor", doctor.doctor),
        Command("chats", chats.chats),
        Command("about", about.about),
        Command("letter", letter.show_letter),
        Command("lockdown", lockdown.lockdown_),
    )
}

WORDS: Mapping[str, str] = {
    "菜单": "menu", "选单": "menu", "警告": "warn", "禁言": "mute", "移出": "remove", "撤销": "undo", "为什么": "why",
    "记录": "record", "纪录": "record", "昵称": "askname", "补发": "fine 补发", "公告": "notice set", "打卡": "mark",
    "紧急": "lockdown 10m",
}  # fmt: skip
"""As a reply to a message, by a leader; typed in simplified or traditional characters (選單, 紀錄 are Taiwan's)."""

IN_CHINESE: Mapping[str, str] = {
    "菜单": "menu", "选单": "menu", "群规": "rules", "规则": "rules", "约定": "rules", "记录": "record",
    "纪录": "record", "积分": "points", "昵称": "nick", "名片": "nick", "隐私": "privacy", "帮助": "help",
    "说明": "help", "申诉": "appeal", "语言": "language", "介绍": "about", "开始": "start", "为什么": "why",
    "待办": "inbox", "警告": "warn", "禁言": "mute", "解禁": "unmute", "移出": "remove", "撤销": "undo",
    "补发": "fine", "公告": "notice", "打卡": "mark", "紧急": "lockdown", "欢迎": "welcome", "设置": "setup",
    "检查": "doctor", "关键词": "faq",
}  # fmt: skip
"""Names that people type after a slash; Telegram makes no commands of them."""
