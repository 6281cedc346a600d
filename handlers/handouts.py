"""The card to take home: /fiche for mediators, and a button under every answer for everybody."""

from __future__ import annotations

import contextlib
import logging
import re

from telegram import Bot, CallbackQuery, InputFile, Message, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, filters
from telegram.helpers import create_deep_linked_url

from bot.context import Context, Services
from bot.domain.decision import Answer, Choices
from bot.domain.handout import PaperSize
from bot.domain.models import Topic
from bot.services.ask import PAGE, SESSION
from bot.services.clock import paris_day
from bot.services.handouts import HandoutError
from handlers.delivery import markup, send, typing
from handlers.guards import mediator_only
from handlers.handout_data import PATTERN, decode
from handlers.render.handout import (
    handout_caption,
    handout_keyboard,
    handout_of,
    no_handout_screen,
    which_handout_screen,
)
from handlers.render.html import escape
from handlers.render.outcome import danger_screen, unknown_screen
from handlers.render.screen import Screen

_SIZE = re.compile(r"\b(?:en|format)?\s*\b(a[45])\b\s*$", re.I)
_log = logging.getLogger(__name__)


@mediator_only
async def make(update: Update, context: Context) -> None:
    """/fiche <sujet> [A5]: the card of what the words mean; without words, of the last answer here."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services = context.services
    knowledge = services.knowledge.current
    text, size = _read(" ".join(context.args or ()))
    if not text:
        topic = knowledge.topics.get(services.recent.last(message.chat_id) or "")
        if topic is None:
            await send(context.bot, message.chat_id, Screen((escape(services.texts.say("fiche_consigne")),)))
        else:
            await send_handout(context.bot, services, message.chat_id, topic, size, user.id, update.update_id)
        return
    channel = SESSION if await services.sessions.under_way(user.id) else None
    asked = await services.ask.ask(text, update_id=update.update_id, channel=channel)
    understood, outcome = asked.understood, asked.understood.outcome
    if understood.danger is not None:  # somebody may sit beside who is in danger: the numbers before any paper
        await send(context.bot, message.chat_id, danger_screen(knowledge, understood.danger))
    if isinstance(outcome, Answer):
        topic = knowledge.topics[outcome.topic]
        await send_handout(context.bot, services, message.chat_id, topic, size, user.id, update.update_id)
    elif isinstance(outcome, Choices):
        await send(context.bot, message.chat_id, which_handout_screen(knowledge, outcome.topics, size))
    elif understood.danger is None:
        screen = unknown_screen(knowledge, asked.kept) if understood.readable and asked.kept else _unclear(services)
        await send(context.bot, message.chat_id, screen, reply_to=message.message_id)


async def press(update: Update, context: Context) -> None:
    """The button under an answer, under a choice, or under a card of the other size."""
    query = update.callback_query
    if query is None:
        return
    services = context.services
    pressed = decode(query.data, services.knowledge.current.topics)
    message = query.message if isinstance(query.message, Message) else None
    if pressed is None or message is None:
        await _acknowledge(query, services.texts.say("ancien_bouton"), alert=True)
        return
    await _acknowledge(query)
    topic = services.knowledge.current.topics[pressed.topic]
    await send_handout(
        context.bot, services, message.chat_id, topic, pressed.size, query.from_user.id, update.update_id
    )


async def send_handout(
    bot: Bot, services: Services, chat_id: int, topic: Topic, size: PaperSize, person: int, update_id: int
) -> None:
    """Send the card as a file, or say kindly that it could not be made; a mediator's open session counts it."""
    knowledge, today = services.knowledge.current, paris_day(services.clock)
    # Behind the page there is no account on Telegram: a code would lead to nobody, or to a stranger of that name.
    link = "" if services.ask.channel == PAGE else create_deep_linked_url(bot.username, topic.id)
    handout = handout_of(knowledge, topic, size, today, link=link, bot=bot.username)
    try:
        async with typing(bot, chat_id):
            pdf = await services.handouts.pdf(handout)
    except HandoutError as error:
        _log.warning("no card: %s", type(error).__name__)
        services.updates.count(update_id, "handout_failed", topic.id)
        await send(bot, chat_id, no_handout_screen(knowledge, topic))
        return
    await bot.send_document(
        chat_id,
        InputFile(pdf, filename=f"fiche-{topic.id}-{size.value}.pdf"),
        caption=handout_caption(knowledge, topic),
        reply_markup=markup(handout_keyboard(knowledge, topic, size)),
    )
    services.updates.count(update_id, "handout", topic.id)
    if services.roles.is_mediator(person):
        await services.sessions.handed_out(person, topic.id, update_id)


def _read(text: str) -> tuple[str, PaperSize]:
    found = _SIZE.search(text)
    if found is None:
        return text.strip(), PaperSize.A4
    return text[: found.start()].strip(), PaperSize(found.group(1).upper())


def _unclear(services: Services) -> Screen:
    return Screen((escape(services.texts.say("fiche_consigne")),))


async def _acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    with contextlib.suppress(TelegramError):  # older than Telegram's minutes: what the button does still holds
        await query.answer(text, show_alert=alert)


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(CommandHandler("fiche", make, filters=filters.ChatType.PRIVATE))
    application.add_handler(CallbackQueryHandler(press, pattern=PATTERN))
