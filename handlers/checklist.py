"""The list of papers under an answer: ticked in place. What somebody has stands in the buttons, nowhere else."""

from __future__ import annotations

import contextlib

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler

from bot.context import Context
from bot.domain.checklist import Checklist
from bot.services.recent_ticks import ListPlace
from handlers.checklist_data import PATTERN, PaperAction, PaperPressed, decode, papers_name
from handlers.delivery import edit, send
from handlers.render.checklist import checklist_screen


async def press(update: Update, context: Context) -> None:
    """Open a list, tick or untick one paper, or turn a page."""
    query = update.callback_query
    if query is None:
        return
    services = context.services
    knowledge = services.knowledge.current
    pressed = decode(query.data, knowledge.topics)
    message = query.message if isinstance(query.message, Message) else None
    topic = knowledge.topics[pressed.topic] if pressed else None
    if pressed is None or message is None or topic is None or not topic.documents:
        await _acknowledge(query, services.texts.say("ancien_bouton"), alert=True)
        return
    name = papers_name(topic.documents)
    if pressed.action is PaperAction.OPEN:
        await _acknowledge(query)
        services.updates.count(update.update_id, "checklist", topic.id)
        screen = checklist_screen(knowledge, topic, Checklist(topic.documents))
        await send(context.bot, message.chat_id, screen, reply_to=message.message_id)
        return
    if pressed.papers != name:  # staff changed the papers since: ticks of the old list say nothing about the new one
        await _acknowledge(query, services.texts.say("pieces_changees"), alert=True)
        await edit(message, checklist_screen(knowledge, topic, Checklist(topic.documents)))
        return
    place = ListPlace(message.chat_id, message.message_id, name)
    checklist = Checklist(topic.documents, services.ticks.last(place, pressed.ticks))
    if not checklist.valid or pressed.index >= len(topic.documents):
        await _acknowledge(query, services.texts.say("ancien_bouton"), alert=True)
        return
    await _acknowledge(query)
    checklist = _changed(checklist, pressed)
    services.ticks.remember(place, checklist.ticks)
    await edit(message, checklist_screen(knowledge, topic, checklist, pressed.index))


def _changed(checklist: Checklist, pressed: PaperPressed) -> Checklist:
    if pressed.action is PaperAction.PAGE:
        return checklist
    return checklist.ticked(pressed.index, there=pressed.action is PaperAction.HAVE)


async def _acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    with contextlib.suppress(TelegramError):  # older than Telegram's minutes: what the button does still holds
        await query.answer(text, show_alert=alert)


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(CallbackQueryHandler(press, pattern=PATTERN))
