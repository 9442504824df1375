"""Polls: made, voted in, closed by hand or by the clock."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sandbox.errors import Refused
from sandbox.world.records import Ballot, Chat, Json, Message
from sandbox.world.views import user_json

if TYPE_CHECKING:
    from sandbox.world.world import World


def make(world: World, question: str, options: list[str], given: Json) -> Json:
    """A Poll object with nobody having voted; `given` overrides fields."""
    poll: Json = {
        "id": str(5_000_000_000 + world.serial()),
        "question": question,
        "options": [
            {"persistent_id": f"o{number}", "text": text, "voter_count": 0} for number, text in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": given.get("type") != "quiz",
        "members_only": False,
    }
    return poll | given


def register(world: World, chat: Chat, message: Message) -> None:
    """Keep the ballot of a message with a poll; a poll with an end closes by the clock."""
    poll: Json = message.body["poll"]
    world.polls[poll["id"]] = Ballot(poll, chat.id, message.id, message.by_bot)
    end = poll.get("close_date") or (message.date + poll["open_period"] if poll.get("open_period") else 0)
    if end:
        world.at(end, partial(run_out, world, poll["id"]))


def run_out(world: World, poll_id: str) -> None:
    close(world, poll_id)


def current(world: World, poll_id: str) -> Ballot:
    ballot = world.polls.get(poll_id)
    if ballot is None:
        raise Refused(f"no such poll: {poll_id}")
    return ballot


def vote(world: World, poll_id: str, user_id: int, options: list[int]) -> None:
    """Vote, change a vote, or take it back (no options)."""
    ballot = current(world, poll_id)
    poll = ballot.body
    if poll["is_closed"]:
        raise Refused("the poll is closed")
    if any(not 0 <= option < len(poll["options"]) for option in options):
        raise Refused("no such option")
    if len(options) > 1 and not poll["allows_multiple_answers"]:
        raise Refused("the poll takes one answer")
    if ballot.votes.get(user_id) and not poll["allows_revoting"]:
        raise Refused("the poll takes no second vote")
    ballot.votes[user_id] = options
    if not options:
        del ballot.votes[user_id]
    recount(world, ballot)
    if ballot.by_bot:
        world.updates.emit("poll", ballot.body, f"poll{poll_id}")
        if not poll["is_anonymous"]:
            world.updates.emit("poll_answer", answer(world, ballot, user_id, options), f"user{user_id}")
    told = {"chat": ballot.chat, "message_id": ballot.message_id, "poll": poll_id}
    world.record("vote", told | {"user": user_id, "options": options})
    world.touch()


def answer(world: World, ballot: Ballot, user_id: int, options: list[int]) -> Json:
    chosen = [ballot.body["options"][option]["persistent_id"] for option in options]
    return {
        "poll_id": ballot.body["id"],
        "user": user_json(world.users[user_id]),
        "option_ids": options,
        "option_persistent_ids": chosen,
    }


def recount(world: World, ballot: Ballot) -> None:
    counts = [0] * len(ballot.body["options"])
    for options in ballot.votes.values():
        for option in options:
            counts[option] += 1
    options = [old | {"voter_count": count} for old, count in zip(ballot.body["options"], counts, strict=True)]
    replace(world, ballot, ballot.body | {"options": options, "total_voter_count": len(ballot.votes)})


def replace(world: World, ballot: Ballot, body: Json) -> None:
    ballot.body = body
    message = world.chats[ballot.chat].messages.get(ballot.message_id)
    if message is not None:
        message.body = message.body | {"poll": body}


def close(world: World, poll_id: str) -> Json:
    ballot = current(world, poll_id)
    if not ballot.body["is_closed"]:
        replace(world, ballot, ballot.body | {"is_closed": True})
        world.record("poll", {"chat": ballot.chat, "message_id": ballot.message_id, "poll": poll_id})
        if ballot.by_bot:
            world.updates.emit("poll", ballot.body, f"poll{poll_id}")
        world.touch()
    return ballot.body
