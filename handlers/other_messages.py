"""Photos, voice, stickers, contacts …: kindly, with what to do instead. Unknown commands too."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import Application, MessageHandler, filters

from bot.context import Context
from handlers.delivery import send
from handlers.render.html import escape
from handlers.render.menus import theme_buttons
from handlers.render.screen import Screen


def _reply_key(message: Message) -> str:
    if message.photo:
        return "recu_photo"
    if message.voice or message.audio or message.video_note:
        return "recu_voix"
    if message.sticker or message.animation or message.dice:
        return "recu_autocollant"
    if message.contact:
        return "recu_contact"
    if message.location or message.venue:
        return "recu_position"
    if message.document or message.video:
        return "recu_document"
    return "recu_autre"


async def other_message(update: Update, context: Context) -> None:
    """Anything that is not text."""
    message = update.effective_message
    if message is None:
        return
    services = context.services
    caption = Screen((escape(services.texts.say(_reply_key(message))),), theme_buttons(services.knowledge.current))
    services.updates.count(update.update_id, "not_text")
    await send(context.bot, message.chat_id, caption, reply_to=message.message_id)


async def unknown_command(update: Update, context: Context) -> None:
    """A command that does not exist, or not for this person: both look the same."""
    message = update.effective_message
    if message is None:
        return
    services = context.services
    text = escape(services.texts.say("commande_inconnue"))
    await send(context.bot, message.chat_id, Screen((text,), theme_buttons(services.knowledge.current)))


async def in_a_group(update: Update, context: Context) -> None:
    """In a group, only commands are answered: with the way to a private conversation."""
    message = update.effective_message
    if message is not None:
        await send(context.bot, message.chat_id, Screen((escape(context.services.texts.say("groupe")),)))


def register(application: Application) -> None:  # type: ignore[type-arg]
    messages = filters.UpdateType.MESSAGES
    application.add_handler(MessageHandler(filters.COMMAND & filters.ChatType.PRIVATE & messages, unknown_command))
    application.add_handler(
        MessageHandler(filters.ChatType.PRIVATE & messages & ~filters.StatusUpdate.ALL, other_message)
    )
    application.add_handler(MessageHandler(filters.COMMAND & filters.ChatType.GROUPS & messages, in_a_group))
