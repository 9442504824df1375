"""Which update goes to which handler: commands, leaders' words in a reply, presses, and words said in private."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.services import Services
from handlers.arrival import (
    adding,
    claiming,
    importing,
    membership,
    press_defaults,
    press_letter,
    setup_bots,
    setup_names,
    setup_place,
    setup_presets,
    topics,
)
from handlers.conduct import approving, inviting, leaving, press_cards, press_fines, press_notices, press_preview
from handlers.frame import awaiting
from handlers.frame.application import Honest, empty_application
from handlers.frame.context import Talk
from handlers.frame.obey import Command, obey
from handlers.frame.orders import order_of
from handlers.frame.presses import pressed
from handlers.home import menu_members, starting_matters
from handlers.joining import answering, applying, press_desk, roster_import
from handlers.joining import panel as joining_panel
from handlers.privacy import forgetting
from handlers.programme import checkins
from handlers.protection import blacklist_suggested, press_protect
from handlers.routing import confirming
from handlers.routing.commands import COMMANDS
from handlers.routing.typos import LIKE_A_COMMAND, mistyped, was_a_word
from handlers.routing.words import StartsWithAWord, on_word
from handlers.saying import unasked
from handlers.speech import asking, faq_panel
from handlers.team import appointing, taking

# What stands in them registers itself by being imported; every other subject is imported by its command.
REGISTERED = (
    claiming, press_defaults, press_letter, setup_bots, setup_names, setup_place, setup_presets,
    approving, inviting, leaving, press_cards, press_fines, press_notices, press_preview, press_protect, checkins,
    confirming, menu_members, starting_matters, faq_panel, forgetting, answering, press_desk, joining_panel,
    roster_import, blacklist_suggested, appointing, taking,
)  # fmt: skip
# What was said may not be turned into an order afterwards: edits are not among them.
NEW = filters.UpdateType.MESSAGE


def build_application(services: Services) -> Honest:
    """Each update reaches at most one handler; all of them answer inside the Unit they are given."""
    application = empty_application(services)
    # The first that fits takes it: commands before what only looks like one, all of them before what is merely said.
    application.add_handler(CommandHandler("start", adding.template_said, filters=NEW & filters.ChatType.GROUPS))
    for command in COMMANDS.values():
        application.add_handler(CommandHandler(command.name, obedient(command), filters=NEW, block=True))
    in_reply = NEW & filters.REPLY & filters.ChatType.GROUPS & StartsWithAWord()
    application.add_handler(MessageHandler(in_reply, on_word, block=True))
    pasted = NEW & filters.ChatType.PRIVATE & filters.Regex(importing.ANOTHERS_COMMAND)
    application.add_handler(MessageHandler(pasted, anothers_command, block=True))
    application.add_handler(MessageHandler(NEW & filters.Regex(LIKE_A_COMMAND), mistyped, block=True))
    application.add_handler(CallbackQueryHandler(pressed, block=True))
    membership.add_to(application)
    applying.add_to(application)
    topics.add_to(application)
    application.add_handler(MessageHandler(NEW & filters.ChatType.PRIVATE, said_in_private, block=True))
    return application


def obedient(command: Command) -> Callable[[Update, Talk], Coroutine[Any, Any, None]]:
    async def run(update: Update, talk: Talk) -> None:
        if update.message is not None:
            await awaiting.forget(talk)
            await obey(talk, order_of(command.name, update.message), command)

    return run


async def anothers_command(update: Update, talk: Talk) -> None:
    """Another bot's commands are no order where a pasted list is waited for."""
    message = update.message
    if message is not None and not await awaiting.was_awaited(talk, message):
        await mistyped(update, talk)


async def said_in_private(update: Update, talk: Talk) -> None:
    """What a panel waits for, else a word like 菜单, else a text that somebody asks about."""
    message = update.message
    if message is None or await awaiting.was_awaited(talk, message) or await was_a_word(talk, message):
        return
    if await answering.answers_still(talk, message) or await unasked.table(talk, message):
        return
    await asking.ask(talk, message)
