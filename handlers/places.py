"""/lieux: places by shared position, by commune, by need; each on the map, with its number as a card on demand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from telegram import KeyboardButton, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.context import SERVICES, Context, Services
from bot.domain.positions import Position
from bot.services.places import FAR_KM
from handlers.delivery import send
from handlers.place_buttons import press
from handlers.place_data import PATTERN, PlaceAction, PlacePressed, where_of
from handlers.place_delivery import send_commune, send_list
from handlers.render.communes import communes_screen
from handlers.render.place_needs import needs_screen


async def show_places(update: Update, context: Context) -> None:
    """/lieux: how to say where one is, and what one may look for; /lieux <commune> answers at once."""
    message = update.effective_message
    if message is None:
        return
    services = context.services
    services.updates.count(update.update_id, "lieux")
    if context.args:
        await _answer_commune(context, message.chat_id, " ".join(context.args))
        return
    texts = services.texts
    share = KeyboardButton(texts.say("bouton_position"), request_location=True)
    keyboard = ReplyKeyboardMarkup(
        [[share]], resize_keyboard=True, one_time_keyboard=True, input_field_placeholder=texts.say("lieux_saisie")
    )
    await context.bot.send_message(message.chat_id, texts.say("lieux_consigne"), reply_markup=keyboard)
    await send(context.bot, message.chat_id, needs_screen(services.knowledge.current, services.places.themes(), ""))


async def near_me(update: Update, context: Context) -> None:
    """A shared position: the nearest places. The position is used and forgotten."""
    message = update.effective_message
    if message is None or message.location is None:
        return
    services = context.services
    services.updates.count(update.update_id, "lieux")
    position = Position(message.location.latitude, message.location.longitude)
    thanks = services.texts.say("lieux_position_recue")
    await context.bot.send_message(message.chat_id, thanks, reply_markup=ReplyKeyboardRemove())
    found = services.places.near(position)
    far = bool(found) and (found[0].kilometres or 0) > FAR_KM
    asked = PlacePressed(PlaceAction.NEAR, where=where_of(position))
    title = services.texts.say("lieux_pres")
    remark = services.texts.say("lieux_loin") if far else ""
    await send_list(context, message.chat_id, title, found, asked, remark=remark)


async def ignore(_update: Update, _context: Context) -> None:
    """A live position moves every few seconds: one answer was enough."""


async def commune_named(update: Update, context: Context) -> None:
    """A message that is a commune's name and nothing else."""
    message = update.effective_message
    if message is None or not message.text:
        return
    context.services.updates.count(update.update_id, "lieux")
    await _answer_commune(context, message.chat_id, message.text)


async def _answer_commune(context: Context, chat_id: int, text: str) -> None:
    services = context.services
    commune = services.places.commune(text)
    if commune is not None:
        await send_commune(context, chat_id, commune)
        return
    communes = [match.commune for match in services.places.communes_like(text)]
    await send(context.bot, chat_id, communes_screen(services.knowledge.current, communes))


class _CommuneAlone(filters.MessageFilter):
    """Lets through a message that is a commune's name and nothing else."""

    def __init__(self, services: Callable[[], Services]) -> None:
        super().__init__("commune alone")
        self._services = services

    def filter(self, message: Message) -> bool:
        return bool(message.text) and self._services().places.commune_alone(str(message.text)) is not None


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    private = filters.ChatType.PRIVATE
    fresh, changed = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE

    def services() -> Services:
        found: Services = application.bot_data[SERVICES]
        return found

    alone = _CommuneAlone(services)
    application.add_handler(CommandHandler("lieux", show_places, filters=private))
    application.add_handler(MessageHandler(filters.LOCATION & private & fresh, near_me))
    application.add_handler(MessageHandler(filters.LOCATION & private & changed, ignore))
    application.add_handler(CallbackQueryHandler(press, pattern=PATTERN))
    typed = filters.TEXT & ~filters.COMMAND & private & filters.UpdateType.MESSAGES
    application.add_handler(MessageHandler(typed & alone, commune_named))
