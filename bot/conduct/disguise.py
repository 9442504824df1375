"""Replaces what names a person by something of the same shape and length, so that a case still comes out as it did."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from rules.conduct.case import NOTHING_SEEN, Alike, Case, MemberView
from rules.conduct.facts import Entity, Facts, Media
from rules.conduct.policy import About, Care, Notices, Policy, Welcome
from rules.conduct.policy_rules import NicknameFormat

LOWER, UPPER, HAN = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "甲乙丙丁戊己庚辛壬癸"
# Still a mobile number where a mobile number stood.
DIGITS = "13800138000"
LINK = re.compile(
    r"(?P<scheme>[a-z]+://)?(?P<host>(?:[\w-]+\.)+[a-z]{2,24})(?P<rest>[/?#][^\s,，。)）]*)?", re.ASCII | re.IGNORECASE
)
TELEGRAM = re.compile(r"(?:www\.)?(?:t|telegram)\.(?:me|dog)", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+\w{2,}", re.ASCII)
HANDLE = re.compile(r"@\w{3,}", re.ASCII)
# An account of a messenger: letters with a digit or a dash among them, or whatever stands behind its usual words.
ACCOUNT = re.compile(r"(?<![A-Za-z0-9_-])(?=[A-Za-z0-9-]*[\d_-])[A-Za-z][A-Za-z0-9_-]{4,}", re.ASCII)
NAMED_ACCOUNT = re.compile(r"(?<=[信vVxXqQ:：号])\s{0,2}[A-Za-z][A-Za-z0-9_-]{4,}", re.ASCII)
NUMBER = re.compile(r"\d(?:[\s().·-]{0,2}\d){4,}")
SPELT_NUMBER = re.compile(r"[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺]{7,}")
SHORTEST_NAME = 2
# In place of a hash: an earlier message with the text of this one.
SAME_TEXT = 1
USUAL = NicknameFormat()


class Ids:
    """The same stand-in for the same id; people are above zero, chats below."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {0: 0}

    def of(self, number: int) -> int:
        return self._known.setdefault(number, (1000 + len(self._known)) * (1 if number > 0 else -1))


def disguise(case: Case, policy: Policy) -> tuple[Case, Policy]:
    """Case and policy without names, ids, handles, numbers and links; what the scan saw is left for the scan."""
    ids, keep = Ids(), literals(policy)
    names = known_names(case, keep)
    facts, member, group = case.facts, case.member, case.group
    hashes = {case.view.fold_hash: SAME_TEXT}
    recent = tuple(r._replace(fold_hash=hashes.setdefault(r.fold_hash, len(hashes) + 1)) for r in member.recent)
    new_group = group._replace(
        group_id=1, chat_id=ids.of(group.chat_id), owner_id=ids.of(group.owner_id), title=masked(group.title)
    )
    new_member = member_of(member, ids, keep)._replace(recent=recent)
    new_facts = facts_of(facts, ids, names, keep)
    view = NOTHING_SEEN._replace(resembles=tuple(alike_of(each, ids, keep) for each in case.view.resembles))
    return Case(new_facts, view, new_member, new_group), policy_of(policy, ids, names)


def literals(policy: Policy) -> str:
    """What the name's format spells out, and a name may therefore keep."""
    return "".join(char for char in policy.nickname_format.pattern if not char.isascii())


def known_names(case: Case, keep: str) -> dict[str, str]:
    """Every name of the case and what stands for it, the longest first."""
    facts, member = case.facts, case.member
    raw = {facts.name, facts.username, facts.tag or "", member.name, member.username, member.tag, member.nick}
    raw |= {facts.forward, case.group.title}
    raw |= {name for leader in case.view.resembles for name in (leader.name, leader.username)}
    parts = {part for name in raw for part in re.split(r"[\s_-]+", name)}
    told = {name for name in raw | parts if len(name) >= SHORTEST_NAME and not name.isascii()} | {
        name for name in raw | parts if len(name) > SHORTEST_NAME and name.isascii() and not name.isdigit()
    }
    return {name: masked(name, keep) for name in sorted(told, key=len, reverse=True)}


def facts_of(facts: Facts, ids: Ids, names: Mapping[str, str], keep: str) -> Facts:
    return facts._replace(
        update_id=1, chat_id=ids.of(facts.chat_id), user_id=ids.of(facts.user_id),
        sender_chat_id=ids.of(facts.sender_chat_id), reply_user_id=ids.of(facts.reply_user_id),
        by_user_id=ids.of(facts.by_user_id), name=masked(facts.name, keep), username=masked(facts.username),
        tag=None if facts.tag is None else masked(facts.tag, keep), text=hidden(facts.text, names),
        quote=hidden(facts.quote, names), forward=masked(facts.forward), album_id=facts.album_id and "album",
        invite_link=facts.invite_link and "link", entities=tuple(entity_of(e, ids) for e in facts.entities),
        media=tuple(media_of(m, names) for m in facts.media), buttons=tuple(hidden(b, names) for b in facts.buttons),
    )  # fmt: skip


def entity_of(entity: Entity, ids: Ids) -> Entity:
    return entity._replace(url=hidden(entity.url, {}), user_id=ids.of(entity.user_id))


def media_of(media: Media, names: Mapping[str, str]) -> Media:
    return media._replace(
        file_id=media.file_id and "file", file_name=hidden(media.file_name, names), words=hidden(media.words, names)
    )


def alike_of(leader: Alike, ids: Ids, keep: str) -> Alike:
    return Alike(ids.of(leader.user_id), masked(leader.name, keep), masked(leader.username))


def member_of(member: MemberView, ids: Ids, keep: str) -> MemberView:
    return member._replace(
        user_id=ids.of(member.user_id), name=masked(member.name, keep), username=masked(member.username),
        tag=masked(member.tag, keep), nick=masked(member.nick, keep),
        standing=member.standing._replace(paired=tuple(map(ids.of, member.standing.paired))),
    )  # fmt: skip


def policy_of(policy: Policy, ids: Ids, names: Mapping[str, str]) -> Policy:
    """Words are hidden as in texts, so that they are still found; what is only said to people is left out."""
    blocked, insult, nickname = policy.blocked_text, policy.insult, policy.nickname_format
    return replace(
        policy, welcome=Welcome(), notices=Notices(), about=About(), care=Care(), rules_text=(),
        nickname_format=replace(nickname, example=USUAL.example, words=USUAL.words),
        insult=replace(insult, words=all_hidden(insult.words, names)),
        blocked_text=replace(blocked, words=all_hidden(blocked.words, names), allow=all_hidden(blocked.allow, names)),
        exempt=replace(policy.exempt, user_ids=tuple(map(ids.of, policy.exempt.user_ids))),
    )  # fmt: skip


def all_hidden(words: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(hidden(word, names) for word in words)


def hidden(text: str, names: Mapping[str, str]) -> str:
    """A text in which nobody can be found; as long as before, so that formatting stays where it was."""
    for name, stand_in in names.items():
        text = text.replace(name, stand_in)
    text = EMAIL.sub(lambda found: masked(found[0]), text)
    text = LINK.sub(link, text)
    for pattern in (HANDLE, ACCOUNT, NAMED_ACCOUNT, NUMBER, SPELT_NUMBER):
        text = pattern.sub(lambda found: masked(found[0]), text)
    return text


def link(found: "re.Match[str]") -> str:
    """Scheme and last part stay, and Telegram stays Telegram: that is what makes it this kind of link."""
    host, rest = found["host"], masked(found["rest"] or "")
    if not TELEGRAM.fullmatch(host):
        name, _, last = host.rpartition(".")
        host = f"{masked(name)}.{last}"
    return f"{found['scheme'] or ''}{host}{rest}"


def masked(text: str, keep: str = "") -> str:
    """Letters for letters, digits for digits; all else as it was."""
    return "".join(char if char in keep else stand_in(char, n) for n, char in enumerate(text))


def stand_in(char: str, n: int) -> str:
    if char.isdecimal():
        return chr(ord(char) - unicodedata.decimal(char) + int(DIGITS[n % len(DIGITS)]))
    if char in LOWER:
        return LOWER[n % len(LOWER)]
    if char in UPPER:
        return UPPER[n % len(UPPER)]
    if not char.isalpha():
        return char
    return HAN[n % len(HAN)] if char <= "\uffff" else "\N{MATHEMATICAL BOLD SMALL A}"
