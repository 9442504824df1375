"""Many people in several groups who speak by a seed, and what the books must say of it, counted as they speak."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sandbox.control import VERBS
from sandbox.world import World
from tests.faults.process import ENFORCED, INSULT

# Nothing here asks a person: every measure is decided and done.
POLICY = {
    **ENFORCED,
    "brakes": {"least": 1000, "most": 1000, "installation_most": 100_000},
    "flooding": {"mode": "enforce", "messages": 100, "same_text": 4, "same_text_seconds": 60, "mute_minutes": 600},
    "welcome": {"enabled": False},
}
FLOOD = 6


class Said(NamedTuple):
    chat: int
    message_id: int


@dataclass
class Crowd:
    """`script` is who says what in which order; `books` and the sets are the model."""

    world: World
    chance: random.Random
    groups: list[int] = field(default_factory=list)
    people: list[tuple[int, int]] = field(default_factory=list)
    messages: Counter[tuple[int, int]] = field(default_factory=Counter)
    decided: Counter[tuple[int, int, str, str]] = field(default_factory=Counter)
    gone: set[Said] = field(default_factory=set)
    stays: set[Said] = field(default_factory=set)

    def gather(self, groups: int, people: int) -> None:
        """Groups with the bot as administrator, and people in each."""
        owner = VERBS["user_create"](self.world, first_name="群主")["id"]
        for number in range(groups):
            chat = VERBS["chat_create"](self.world, kind="supergroup", title=f"{number:02}营", owner=owner)["id"]
            self.groups.append(chat)
            for one in range(people):
                user = VERBS["user_create"](self.world, first_name=f"学员{number:02}{one:02}")["id"]
                VERBS["join"](self.world, chat=chat, user=user)
                self.people.append((chat, user))
            # Last: so many joins at once that the bot saw would be a raid.
            VERBS["add_bot"](self.world, chat=chat, admin="all")

    def script(self, rounds: int, insulting: float = 0.66, flooding: float = 0.33) -> Iterator[tuple[int, int, str]]:
        """Everybody speaks once a round, in an order of chance; some insult once, some end with a flood."""
        insults = {each: self.chance.randrange(rounds - 1) for each in self.people if self.chance.random() < insulting}
        floods = {each for each in self.people if self.chance.random() < flooding}
        for number in range(rounds):
            for each in self.chance.sample(self.people, len(self.people)):
                if insults.get(each) == number:
                    yield (*each, INSULT)
                elif number == rounds - 1 and each in floods:
                    yield (*each, "")
                else:
                    yield (*each, f"第{number}天，{self.chance.randrange(10**9)}，今天读完了一章")

    def say(self, chat: int, user: int, text: str) -> None:
        """An empty text is the same one so often that it is a flood."""
        if not text:
            self._flood(chat, user)
            return
        said = self._post(chat, user, text)
        if text == INSULT:
            self.decided[chat, user, "insult", "remind"] += 1
            self.gone.add(said)
        else:
            self.stays.add(said)

    def _flood(self, chat: int, user: int) -> None:
        first, *others = [self._post(chat, user, "快来看快来看") for _ in range(FLOOD)]
        self.decided[chat, user, "flooding", "mute"] += 1
        self.stays.add(first)
        self.gone.update(others)

    def _post(self, chat: int, user: int, text: str) -> Said:
        self.messages[chat, user] += 1
        return Said(chat, VERBS["post"](self.world, chat=chat, user=user, text=text)["message_id"])

    def stands(self, said: Said) -> bool:
        return self.world.message(self.world.chat(said.chat), said.message_id) is not None

    def wrong_in_the_groups(self) -> list[Said]:
        """What stands and should not, or does not and should."""
        return [*filter(self.stands, self.gone), *(each for each in self.stays if not self.stands(each))]
