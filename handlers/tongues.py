"""The buttons that lead to an answer in another language, and back to the French one."""

from __future__ import annotations

import contextlib

from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler

from bot.context import Context
from bot.domain.preferences import FRENCH
from handlers.answering import InTongue, send_topic
from handlers.asked import asked_in
from handlers.delivery import send
from handlers.render.outcome import urgence_screen
from handlers.render.tongues import urgence_screen_in
from handlers.tongue_choice import spoken
from handlers.tongue_data import PATTERN, TonguePart, decode


async def press(update: Update, context: Context) -> None:
    """Show the topic or the emergency numbers in the language that the button names."""
    query = update.callback_query
    if query is None:
        return
    services = context.services
    knowledge = services.knowledge.current
    pressed = decode(query.data, knowledge.topics)
    message = query.message if isinstance(query.message, Message) else None
    language = spoken(knowledge, pressed.code) if pressed else None
    known = pressed is not None and message is not None and (language is not None or pressed.code == FRENCH)
    with contextlib.suppress(TelegramError):  # older than Telegram's minutes: what the button does still holds
        await query.answer(None if known else services.texts.say("ancien_bouton"), show_alert=not known)
    if pressed is None or message is None or not known:
        return
    question = asked_in(message)
    reply_to = question.message_id if question else None
    if pressed.part is TonguePart.TOPIC:
        await send_topic(
            context.bot, services, message.chat_id, knowledge.topics[pressed.topic],
            user_id=query.from_user.id, update_id=update.update_id, reply_to=reply_to, tongues=InTongue(language),
        )  # fmt: skip
        return
    services.updates.count(update.update_id, "urgence")
    screen = urgence_screen_in(knowledge, language) if language else urgence_screen(knowledge)
    await send(context.bot, message.chat_id, screen)


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(CallbackQueryHandler(press, pattern=PATTERN))
