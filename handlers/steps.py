"""An answer one step at a time: the next or the last step takes the place of the one that is shown."""

from __future__ import annotations

import contextlib

from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler

from bot.context import Context
from bot.services.clock import paris_day
from handlers.delivery import edit
from handlers.reading_aloud import still_listenable
from handlers.render.screen import Screen
from handlers.render.steps import has_steps, step_screen
from handlers.step_data import PATTERN, decode


async def press(update: Update, context: Context) -> None:
    """Show the step that the button names."""
    query = update.callback_query
    if query is None:
        return
    services = context.services
    knowledge = services.knowledge.current
    pressed = decode(query.data, knowledge.topics)
    message = query.message if isinstance(query.message, Message) else None
    topic = knowledge.topics[pressed.topic] if pressed else None
    known = pressed is not None and message is not None and topic is not None and has_steps(topic)
    with contextlib.suppress(TelegramError):  # older than Telegram's minutes: what the button does still holds
        await query.answer(None if known else services.texts.say("ancien_bouton"), show_alert=not known)
    if pressed is None or message is None or topic is None or not known:
        return
    choices = await services.preferences.choices(query.from_user.id)
    today = paris_day(services.clock)
    screen = step_screen(knowledge, topic, today, pressed.index, short=choices.short)
    await edit(message, Screen(screen.parts, still_listenable(message, screen.keyboard)))


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(CallbackQueryHandler(press, pattern=PATTERN))
