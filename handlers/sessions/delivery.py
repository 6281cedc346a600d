"""Sends and edits what belongs to a session: the card, the draft, and the file of a long draft."""

from __future__ import annotations

from telegram import Bot, InputFile, Message

from bot.context import Services
from bot.domain.sessions import Session
from handlers.delivery import edit, send
from handlers.render.session_card import card_screen
from handlers.render.session_draft import draft_fits, draft_text, ended_screen


async def send_session(bot: Bot, services: Services, chat_id: int, session: Session, opening: str = "") -> None:
    """The card of an open session, or the draft of one that is over."""
    knowledge = services.knowledge.current
    if session.is_open:
        await send(bot, chat_id, card_screen(knowledge, session, opening=opening))
        return
    await send(bot, chat_id, ended_screen(knowledge, session, opening))
    if not draft_fits(knowledge, session, opening):
        await _send_file(bot, services, chat_id, session)


async def show_session(message: Message, services: Services, session: Session) -> None:
    """The same in place of a message."""
    knowledge = services.knowledge.current
    if session.is_open:
        await edit(message, card_screen(knowledge, session))
        return
    opening = services.texts.say("seance_finie")
    await edit(message, ended_screen(knowledge, session, opening))
    if not draft_fits(knowledge, session, opening):
        await _send_file(message.get_bot(), services, message.chat_id, session)


async def _send_file(bot: Bot, services: Services, chat_id: int, session: Session) -> None:
    name = f"seance-{session.started:%Y-%m-%d}.txt"
    file = InputFile(draft_text(services.knowledge.current, session).encode(), filename=name)
    await bot.send_document(chat_id, file, caption=services.texts.say("seance_fichier"))
