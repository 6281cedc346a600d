"""The buttons that say why an answer was wrong."""

from __future__ import annotations

import contextlib

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, CallbackQueryHandler

from bot.context import Context
from bot.services.updates import Said
from handlers.asked import asked_in, question_text
from handlers.delivery import send
from handlers.feedback_data import PATTERN, PREFIX, decode
from handlers.reading_aloud import still_listenable
from handlers.render.answer import answer_keyboard
from handlers.render.feedback import remark_screen
from handlers.render.kept import may_wait
from handlers.session_rows import with_session_rows


async def press(update: Update, context: Context) -> None:
    """Note a reason once; old or forged data ends in a kind sentence."""
    query = update.callback_query
    if query is None:
        return
    services = context.services
    texts, knowledge = services.texts, services.knowledge.current
    pressed = decode(query.data, knowledge.topics)
    message = query.message if isinstance(query.message, Message) else None
    if pressed is None or message is None:
        await _acknowledge(query, texts.say("ancien_bouton"), alert=True)
        return
    said = Said(message.chat_id, message.message_id, PREFIX)
    if services.updates.was_said(said):
        await _acknowledge(query, texts.say("deja_compte"))
        return
    question = asked_in(message)
    kept = await services.feedback.say(
        pressed.why,
        pressed.topic,
        question_text(message),
        eraser=pressed.eraser,
        person=query.from_user.id,
        update_id=update.update_id,
    )
    await _acknowledge(query, texts.say("pourquoi_equipe" if pressed.why == "false" else "pourquoi_note"))
    services.updates.count(update.update_id, f"why_{pressed.why}", pressed.topic)
    services.updates.note(said)
    with contextlib.suppress(BadRequest):  # the message is gone, or its buttons are
        keyboard = answer_keyboard(knowledge, knowledge.topics[pressed.topic], asked=False)
        await message.edit_reply_markup(with_session_rows(message, still_listenable(message, keyboard)))
    if kept is not None and may_wait(kept):
        reply_to = question.message_id if question else None
        await send(context.bot, message.chat_id, remark_screen(knowledge, kept), reply_to=reply_to)


async def _acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    with contextlib.suppress(TelegramError):  # older than Telegram's minutes: what the button does still holds
        await query.answer(text, show_alert=alert)


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(CallbackQueryHandler(press, pattern=PATTERN))
