"""Ask the bot: is this text an ad, and why. Answered in private and forgotten; no word of it is kept or logged."""

from telegram import Message

from bot.speech import asking
from bot.speech.asking import Opinion, Outcome
from bot.storage import asked
from handlers.frame.context import Talk
from handlers.reading.homes import homes
from handlers.saying.answers import catalogue, plain, word, write
from handlers.speech.asking_facts import asked_about, says_something
from rules.conduct.case import Signal
from rules.conduct.effects import DAY, HOUR, Phrase, Planned, Say
from rules.conduct.facts import Facts
from rules.conduct.policy import DEFAULTS

in_ask = catalogue("ask")

AN_HOUR = 20
WORTH_SECONDS = 600
MOST_SIGNALS, MOST_GROUPS = 8, 3
SHORT = 12
# Of the message's looks each has its own words; of all else the family says enough.
LOOKS = "structure"


async def ask(talk: Talk, message: Message) -> None:
    """Whatever was said in private and is neither a command nor awaited."""
    if talk.services.clock.now() - talk.at > DAY or (message.effective_attachment is None and not message.text):
        return
    so_far = await asked.count(talk.unit, talk.actor.user_id, talk.at - HOUR)
    if so_far >= AN_HOUR:
        if so_far == AN_HOUR:
            await say(talk, message, [in_ask("enough", n=AN_HOUR)])
        return
    facts = asked_about(message)
    await say(talk, message, await about(talk, facts) if says_something(facts) else [in_ask("wordless")])


async def say(talk: Talk, message: Message, words: list[Phrase]) -> None:
    """The answer to an album is written once, whichever of its parts comes first."""
    user_id = talk.actor.user_id
    one = Say(words=tuple(words), language=talk.language, to_user=user_id, purpose="asked")
    key = f"ask:{user_id}:{message.media_group_id}" if message.media_group_id else ""
    await write(talk, Planned(one, expires_at=talk.at + WORTH_SECONDS), user_id, None, key=key)


async def about(talk: Talk, facts: Facts) -> list[Phrase]:
    scanner = talk.services.scanner
    seen = asking.opinion(scanner, facts)
    if seen.kind == "clean" and len(facts.text) < SHORT and not facts.media:
        return [in_ask("is_clean" if facts.forward else "is_small_talk"), in_ask("hint")]
    found = [saw(talk, signal) for signal in seen.signals[:MOST_SIGNALS]]
    return [head(seen), *found, *await outcomes(talk, facts), in_ask("not_kept")]


def head(seen: Opinion) -> Phrase:
    return in_ask(f"is_{seen.kind}", n=len(seen.signals))


def saw(talk: Talk, signal: Signal) -> Phrase:
    """What was seen, in words, with what stood there."""
    family = signal.id.partition(".")[0]
    name = signal.id.replace(".", "_") if family == LOOKS else family
    key = "saw_severe" if signal.severe else "saw_weak" if signal.weak else "saw"
    return in_ask(key, what=plain(talk, in_ask(f"kind_{name}")), word=signal.word.strip())


async def outcomes(talk: Talk, facts: Facts) -> list[Phrase]:
    """What the groups of this person would do, or, where they are in none, a group that changed nothing."""
    found = []
    for group in (await homes(talk))[:MOST_GROUPS]:
        policy = await talk.services.moderator.policy_of(talk.unit, group)
        done = asking.outcome(talk.services.scanner, facts, policy, group)
        found.append(in_ask("in_group", title=group.title, would=would(talk, done)))
    if found:
        return found
    done = asking.outcome(talk.services.scanner, facts, DEFAULTS, None)
    return [in_ask("by_default", would=would(talk, done))]


def would(talk: Talk, done: Outcome) -> str:
    texts, language = talk.services.texts, talk.language
    if not done.rule:
        return texts.plain(in_ask("would_none"), language)
    key = "would_observed" if done.mode == "observe" else f"would_{done.step}"
    return texts.plain(in_ask(key, rule=word(talk, f"rule_{done.rule}")), language)
