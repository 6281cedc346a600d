"""/bilan, and its buttons for staff; mediators see figures of their own."""

from __future__ import annotations

import contextlib

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, filters

from bot.context import Context
from bot.domain.periods import Span
from bot.services.apart import ApartError
from bot.services.clock import paris_day
from bot.storage.errors import StorageError
from handlers.bilan.button_data import PATTERN, BilanAction, BilanPressed, decode, decode_digest
from handlers.bilan.delivery import send_figures, send_file
from handlers.bilan.export import export
from handlers.delivery import markup, send, typing
from handlers.guards import mediator_only
from handlers.render.figures import digest_button
from handlers.render.html import escape
from handlers.render.screen import Button, Screen
from handlers.sessions.month import show_month

_SPANS = {"": Span.MONTH, "mois": Span.MONTH, "semaine": Span.WEEK, "trimestre": Span.QUARTER}


@mediator_only
async def show_figures(update: Update, context: Context) -> None:
    """/bilan: mediators see their own sessions; staff the period that today is in (semaine|mois|trimestre)."""
    message, user, services = update.effective_message, update.effective_user, context.services
    if message is None or user is None:
        return
    if not services.roles.is_staff(user.id):
        await show_month(update, context)
        return
    span = _SPANS.get(" ".join(context.args or ()).lower())
    if span is None:
        await send(context.bot, message.chat_id, Screen((escape(services.texts.say("chiffres_mode")),)))
        return
    try:
        async with typing(context.bot, message.chat_id):
            await send_figures(context.bot, services, message.chat_id, services.figures.current(span))
        if span is Span.MONTH:
            await show_month(update, context)
    except StorageError as error:
        await services.health.failed(error)
        await send(context.bot, message.chat_id, Screen((escape(str(error)),)))


async def press(update: Update, context: Context) -> None:
    """A button of figures. For anyone but staff these buttons do not exist."""
    query, services = update.callback_query, context.services
    if query is None:
        return
    pressed, wanted = decode(query.data), decode_digest(query.data)
    message = query.message if isinstance(query.message, Message) else None
    known = wanted is not None or (pressed is not None and pressed.period.start <= paris_day(services.clock))
    if not known or message is None or not services.roles.is_staff(query.from_user.id):
        await _acknowledge(query, services.texts.say("ancien_bouton"), alert=True)
        return
    try:
        if wanted is not None:
            await _choose(query, message, context, wanted=wanted)
        elif pressed is not None:
            await _acknowledge(query)
            await _open(message, context, pressed)
    except StorageError as error:
        await services.health.failed(error)
        await send(context.bot, message.chat_id, Screen((escape(str(error)),)))
    except ApartError as error:
        await send(context.bot, message.chat_id, Screen((escape(str(error)),)))


async def _open(message: Message, context: Context, pressed: BilanPressed) -> None:
    async with typing(context.bot, message.chat_id):
        if pressed.action is BilanAction.SHOW:
            await send_figures(context.bot, context.services, message.chat_id, pressed.period)
        else:
            await send_file(context.bot, context.services, message.chat_id, pressed.action, pressed.period)


async def _choose(query: CallbackQuery, message: Message, context: Context, *, wanted: bool) -> None:
    """Turn Monday's digest on or off; the button then offers the contrary, the others stay."""
    services = context.services
    await services.digest.want(wanted)
    await _acknowledge(query, services.texts.say("lundi_oui" if wanted else "lundi_non"), alert=True)
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    keyboard = tuple(
        tuple(
            digest_button(services.texts, wanted=wanted)
            if decode_digest(str(button.callback_data)) is not None
            else Button(button.text, str(button.callback_data))
            for button in row
        )
        for row in rows
    )
    with contextlib.suppress(BadRequest):  # the message is gone, or says so already
        await message.edit_reply_markup(markup(keyboard))


async def _acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    with contextlib.suppress(TelegramError):  # older than Telegram's minutes: what the button does still holds
        await query.answer(text, show_alert=alert)


def register(application: Application) -> None:  # type: ignore[type-arg]
    private = filters.ChatType.PRIVATE
    application.add_handler(CommandHandler("bilan", show_figures, filters=private))
    application.add_handler(CommandHandler("export", export, filters=private))
    application.add_handler(CallbackQueryHandler(press, pattern=PATTERN))
