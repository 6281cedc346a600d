"""The buttons of a session. Each acts on a session of whoever presses it; for anybody else they do not exist."""

from __future__ import annotations

import contextlib
from typing import cast, get_args

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, CallbackQueryHandler

from bot.context import Context, Services
from bot.domain.coop import DURATIONS
from bot.domain.knowledge import Knowledge
from bot.domain.sessions import FIELDS, KINDS, Field, Kind, Session
from handlers.delivery import edit
from handlers.render.html import escape
from handlers.render.mediator_card import keep_button
from handlers.render.screen import Screen
from handlers.render.session_card import card_screen, field_screen, known_places, places_screen
from handlers.session_data import PATTERN, SessionAction, SessionPressed, decode, option
from handlers.sessions.closing import close_forgotten
from handlers.sessions.delivery import send_session, show_session


async def press(update: Update, context: Context) -> None:
    """Check who presses and what, then do it."""
    query = update.callback_query
    if query is None:
        return
    services, person = context.services, query.from_user.id
    message = query.message if isinstance(query.message, Message) else None
    if message is None or not services.roles.is_mediator(person):
        await _acknowledge(query, services.texts.say("ancien_bouton"), alert=True)
        return
    recent = await services.sessions.recent_places(person)
    pressed = decode(query.data, _known(services.knowledge.current, recent))
    if pressed is None or not _fits(pressed, services.knowledge.current):
        await _acknowledge(query, services.texts.say("ancien_bouton"), alert=True)
        return
    await close_forgotten(context.bot, services)
    if pressed.action is SessionAction.START:
        await _start(query, message, services, cast(Kind, pressed.about))
        return
    session = await services.sessions.one(person, pressed.session)
    if session is None:
        await _acknowledge(query, services.texts.say("seance_disparue"), alert=True)
        return
    await _act(query, message, services, session, pressed, recent)


async def _act(
    query: CallbackQuery,
    message: Message,
    services: Services,
    session: Session,
    pressed: SessionPressed,
    recent: list[tuple[str, str]],
) -> None:
    sessions, knowledge = services.sessions, services.knowledge.current
    match pressed.action:
        case SessionAction.KEEP | SessionAction.LET_GO:
            await _keep(query, message, services, session, pressed)
        case SessionAction.FIELD:
            await _acknowledge(query)
            field = cast(Field, pressed.about)
            if field == "place_type":
                await edit(message, places_screen(knowledge, session, recent))
            else:
                await edit(message, field_screen(knowledge, session, field))
        case SessionAction.SET:
            name, code = pressed.about.split("=")
            changed = await sessions.set(session, cast(Field, name), code)
            await _acknowledge(query)
            if name == "equipment":  # there may be several
                await edit(message, field_screen(knowledge, changed, "equipment"))
            else:
                await show_session(message, services, changed)
        case SessionAction.PLACE:
            _, place_type, place = pressed.about.split("=", 2)
            changed = await sessions.set_place(session, place_type, place)
            await _acknowledge(query)
            await show_session(message, services, changed)
        case SessionAction.CARD:
            await _acknowledge(query)
            await show_session(message, services, session)
        case SessionAction.END:
            await _end(query, message, services, session)
        case SessionAction.DELETE:
            gone = await sessions.delete(query.from_user.id, session.id)
            await _acknowledge(query)
            if gone:
                await edit(message, Screen((escape(services.texts.say("seance_supprimee")),)))


async def _start(query: CallbackQuery, message: Message, services: Services, kind: Kind) -> None:
    session, new = await services.sessions.start(query.from_user.id, kind)
    await _acknowledge(query)
    knowledge = services.knowledge.current
    if not new:
        await edit(message, card_screen(knowledge, session, opening=services.texts.say("seance_deja")))
    elif session.place_type:
        await edit(message, card_screen(knowledge, session))
    else:
        recent = await services.sessions.recent_places(query.from_user.id)
        await edit(message, places_screen(knowledge, session, recent))


async def _end(query: CallbackQuery, message: Message, services: Services, session: Session) -> None:
    """End that very session; pressed again, it shows the draft again."""
    texts, person = services.texts, query.from_user.id
    opening = "seance_deja_finie"
    if session.is_open and await services.sessions.finish(person):
        opening = "seance_finie"
    ended = await services.sessions.one(person, session.id)
    await _acknowledge(query)
    if ended is not None:
        await send_session(message.get_bot(), services, message.chat_id, ended, texts.say(opening))


async def _keep(
    query: CallbackQuery, message: Message, services: Services, session: Session, pressed: SessionPressed
) -> None:
    """Keep a topic or let it go, and turn the button round. What is over can still be corrected so."""
    keep, topic = pressed.action is SessionAction.KEEP, pressed.about
    if keep:
        await services.sessions.keep(session, topic)
    else:
        await services.sessions.let_go(session, topic)
    await _acknowledge(query, services.texts.say("seance_garde" if keep else "seance_retire"))
    turned = keep_button(services.knowledge.current, topic, session, kept=keep)
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    new = [
        [
            InlineKeyboardButton(turned.label, callback_data=turned.data) if b.callback_data == query.data else b
            for b in row
        ]
        for row in rows
    ]
    with contextlib.suppress(BadRequest):  # the message is gone, or already says so
        await message.edit_reply_markup(InlineKeyboardMarkup(new))


def _known(knowledge: Knowledge, recent: list[tuple[str, str]]) -> list[str]:
    """Everything that a button may be about."""
    coop = knowledge.coop
    options = {
        "place_type": coop.place_types,
        "equipment": coop.equipment,
        "autonomy": coop.autonomy,
        "orientation": coop.orientation,
    }
    choices = [option(field, one.code) for field, offered in options.items() for one in offered]
    durations = [option("duration", str(minutes)) for minutes in DURATIONS]
    return [*KINDS, *FIELDS, *choices, *durations, *known_places(knowledge, recent), *knowledge.topics]


def _fits(pressed: SessionPressed, knowledge: Knowledge) -> bool:
    """Whether what a button is about is of the kind that its action takes."""
    about = pressed.about
    match pressed.action:
        case SessionAction.START:
            return about in get_args(Kind)
        case SessionAction.FIELD:
            return about in get_args(Field)
        case SessionAction.SET:
            return "=" in about and not about.startswith("place=")
        case SessionAction.PLACE:
            return about.startswith("place=")
        case SessionAction.KEEP | SessionAction.LET_GO:
            return about in knowledge.topics
        case _:
            return not about


async def _acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    with contextlib.suppress(TelegramError):  # older than Telegram's minutes: what the button does still holds
        await query.answer(text, show_alert=alert)


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(CallbackQueryHandler(press, pattern=PATTERN))
