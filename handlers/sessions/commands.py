"""/seance, /besoin and /fin: the whole session by typing, for mediators; buttons do the same."""

from __future__ import annotations

import re

from telegram import Update
from telegram.ext import Application, CommandHandler, filters

from bot.context import Context
from bot.domain.danger import Danger
from bot.domain.sessions import Kind
from bot.domain.text import fold
from handlers.delivery import send
from handlers.guards import mediator_only
from handlers.render.html import escape, join_blocks
from handlers.render.outcome import danger_screen
from handlers.render.screen import Screen
from handlers.render.session_card import begin_screen, places_screen
from handlers.sessions.closing import close_forgotten
from handlers.sessions.delivery import send_session

_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"individuel(?:le)?\b"), "individual"),
    (re.compile(r"(?:atelier(?: collectif)?|collecti(?:f|ve))\b"), "workshop"),
    (re.compile(r"(?:a )?distance\b"), "remote"),
)


@mediator_only
async def begin(update: Update, context: Context) -> None:
    """/seance [individuelle|atelier|distance] [lieu]: begin, or say where an open session is."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services, knowledge = context.services, context.services.knowledge.current
    await close_forgotten(context.bot, services)
    kind, place = _read(" ".join(context.args or ()))
    danger = services.knowledge.understanding.read(place).danger if place else None
    if danger is not None:
        await _answer_danger(update, context, danger)
        return
    session = await services.sessions.open_one(user.id)
    if session is None and kind is None and not place:
        await send(context.bot, message.chat_id, begin_screen(knowledge))
        return
    opening = services.texts.say("seance_deja") if session else ""
    new = False
    if session is None:
        session, new = await services.sessions.start(user.id, kind or "individual")
        services.updates.count(update.update_id, "session")
    if place:
        opening = ""
        session = await services.sessions.type_place(session, place)
    if new and not session.place_type:
        recent = await services.sessions.recent_places(user.id)
        await send(context.bot, message.chat_id, places_screen(knowledge, session, recent))
        return
    await send_session(context.bot, services, message.chat_id, session, opening)


@mediator_only
async def tell_need(update: Update, context: Context) -> None:
    """/besoin <texte>: what is missing, or where it blocked; for the session and for the team."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services, texts = context.services, context.services.texts
    await close_forgotten(context.bot, services)
    text = " ".join(context.args or ())
    if not text:
        await send(context.bot, message.chat_id, Screen((escape(texts.say("besoin_mode")),)))
        return
    told = await services.ask.told(text, update_id=update.update_id)
    if told.kept is None:
        await _answer_danger(update, context, told.understood.danger)
        return
    kept, session = told.kept, await services.sessions.under_way(user.id)
    if session is not None:
        await services.sessions.note_quietly(session, "need", text=text, update_id=update.update_id)
    services.updates.count(update.update_id, "told")
    unkept = "inconnu_garde_bientot" if kept.later else "inconnu_non_garde"
    blocks = [texts.say("besoin_note", texte=kept.text) if kept.stored else texts.say(unkept)]
    blocks.append("" if session else texts.say("besoin_sans_seance"))
    await send(context.bot, message.chat_id, Screen(join_blocks([escape(block) for block in blocks])))


@mediator_only
async def end(update: Update, context: Context) -> None:
    """/fin: the summary and the draft; a second one shows them again and changes nothing."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services = context.services
    await close_forgotten(context.bot, services)
    ended = await services.sessions.finish(user.id)
    opening = "seance_finie"
    if ended is None:
        ended, opening = await services.sessions.last_ended(user.id), "seance_deja_finie"
    if ended is None:
        await send(context.bot, message.chat_id, Screen((escape(services.texts.say("seance_aucune")),)))
        return
    await send_session(context.bot, services, message.chat_id, ended, services.texts.say(opening))


async def _answer_danger(update: Update, context: Context, danger: Danger | None) -> None:
    """The numbers to call, first and alone; nothing of the message is kept."""
    services, chat = context.services, update.effective_chat
    if danger is None or chat is None:
        return
    await send(context.bot, chat.id, danger_screen(services.knowledge.current, danger))
    services.updates.count(update.update_id, "danger", danger.kind)


def _read(words: str) -> tuple[Kind | None, str]:
    """The kind that the words begin with, if any, and the rest: a place."""
    folded = fold(words)
    for pattern, kind in _KINDS:
        found = pattern.match(folded)
        if found:
            return kind, " ".join(words.split()[len(found.group().split()) :]).strip(" ,:")
    return None, words.strip(" ,:")


def register(application: Application) -> None:  # type: ignore[type-arg]
    private = filters.ChatType.PRIVATE
    application.add_handler(CommandHandler("seance", begin, filters=private))
    application.add_handler(CommandHandler("besoin", tell_need, filters=private))
    application.add_handler(CommandHandler("fin", end, filters=private))
