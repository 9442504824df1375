"""sendMessage, sendChatAction and the methods that send something without a file."""

from __future__ import annotations

from sandbox.api.access import refuse, writable
from sandbox.api.arguments import Args
from sandbox.api.speech import say, text_content
from sandbox.errors import bad
from sandbox.world import World, media, polls
from sandbox.world.records import Json
from sandbox.world.text import formatted

QUESTION_LIMIT, OPTION_LIMIT, OPTIONS = 300, 100, 12


def send_message(world: World, args: Args) -> Json:
    return say(world, args, "text", text_content(world, args)).body


def send_chat_action(world: World, args: Args) -> bool:
    writable(world, args)
    return True


def send_dice(world: World, args: Args) -> Json:
    emoji = args.text("emoji", "🎲")
    refuse(emoji not in media.DICE_SIDES, bad("wrong dice emoji specified"))
    return say(world, args, "dice", {"dice": media.dice(world, emoji)}).body


def send_contact(world: World, args: Args) -> Json:
    contact = picked(args, "phone_number", "first_name", "last_name", "vcard")
    return say(world, args, "contact", {"contact": contact}).body


def send_location(world: World, args: Args) -> Json:
    place = picked(
        args, "latitude", "longitude", "horizontal_accuracy", "live_period", "heading", "proximity_alert_radius"
    )
    return say(world, args, "location", {"location": place}).body


def send_venue(world: World, args: Args) -> Json:
    venue = picked(args, "title", "address", "foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
    place = picked(args, "latitude", "longitude")
    return say(world, args, "venue", {"location": place, "venue": {"location": place} | venue}).body


def picked(args: Args, *names: str) -> Json:
    return {name: args[name] for name in names if name in args}


def send_poll(world: World, args: Args) -> Json:
    question, marks = formatted(args.text("question"), args.text("question_parse_mode"), args.get("question_entities"))
    options = [str(o.get("text", "") if isinstance(o, dict) else o).strip() for o in args.items_of("options")]
    check_poll(question, options, args)
    given = picked(
        args, "is_anonymous", "type", "allows_multiple_answers", "allows_revoting", "members_only",
        "country_codes", "correct_option_ids", "open_period", "close_date", "is_closed",
    )  # fmt: skip
    if kept := [mark for mark in marks if mark["type"] == "custom_emoji"]:
        given["question_entities"] = kept
    for name in ("explanation", "description"):
        if args.text(name):
            said, found = formatted(args.text(name), args.text(f"{name}_parse_mode"), args.get(f"{name}_entities"))
            given |= {name: said} | ({f"{name}_entities": found} if found else {})
    message = say(world, args, "poll", {"poll": polls.make(world, question, options, given)})
    polls.register(world, world.chats[message.chat_id], message)
    return message.body


def check_poll(question: str, options: list[str], args: Args) -> None:
    refuse(not question, bad("poll question must be non-empty"))
    refuse(len(question) > QUESTION_LIMIT, bad("poll question length must not exceed 300"))
    refuse(not options, bad("poll must have at least 1 option"))
    refuse(len(options) > OPTIONS, bad("poll can't have more than 12 options"))
    refuse(not all(options), bad("poll options must be non-empty"))
    refuse(any(len(option) > OPTION_LIMIT for option in options), bad("poll options length must not exceed 100"))
    quiz = args.text("type") == "quiz"
    refuse(quiz and not args.items_of("correct_option_ids"), bad("invalid option ID specified"))


METHODS = {
    "sendMessage": send_message,
    "sendChatAction": send_chat_action,
    "sendDice": send_dice,
    "sendContact": send_contact,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendPoll": send_poll,
}
