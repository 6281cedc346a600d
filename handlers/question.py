"""A resident writes: at any moment, buttons or not, and again when they correct their message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Message, Update
from telegram.ext import Application, MessageHandler, filters

from bot.context import Context
from bot.domain.decision import Answer
from bot.services.ask import SESSION, Asked
from handlers.answering import send_asked
from handlers.delivery import typing
from handlers.other_messages import other_message
from handlers.relays import open_typed
from handlers.scam import answer_scam
from handlers.sessions.closing import close_forgotten


async def question(update: Update, context: Context) -> None:
    """Answer a text message, new or edited."""
    message = update.effective_message
    if message is None or not message.text:
        return
    if message.via_bot is not None and message.via_bot.id == context.bot.id:
        return  # a card of ours, shared into this very chat
    if await open_typed(update, context):
        return
    if await answer_scam(update, context):
        return
    await answer_words(message, message.text, update, context)


async def captioned(update: Update, context: Context) -> None:
    """Words under a picture or a file: answered when they tell of danger, else as any picture is."""
    message = update.effective_message
    caption = message.caption if message else None
    if message is None or not caption or context.services.knowledge.understanding.danger(caption) is None:
        await other_message(update, context)
        return
    await answer_words(message, caption, update, context)


async def answer_words(
    message: Message,
    text: str,
    update: Update,
    context: Context,
    *,
    echo: Callable[[Asked], Awaitable[int]] | None = None,
) -> None:
    """Answer what somebody asks with a message; `echo` shows it back when they did not type it."""
    services = context.services
    person = message.from_user.id if message.from_user else None
    after = services.recent.last(message.chat_id)
    near = services.recent_communes.last(message.chat_id)
    if services.roles.is_mediator(person):
        await close_forgotten(context.bot, services)
    session = await services.sessions.under_way(person)
    async with typing(context.bot, message.chat_id):
        asked = await services.ask.ask(
            text,
            update_id=update.update_id,
            channel=SESSION if session else None,
            after=after,
            near=near,
        )
    # Nothing is kept of a danger, and a question that is corrected was counted already.
    if session is not None and asked.understood.danger is None and update.edited_message is None:
        topic = asked.understood.outcome.topic if isinstance(asked.understood.outcome, Answer) else ""
        await services.sessions.note_quietly(session, "question", topic=topic, text=text, update_id=update.update_id)
    await send_asked(
        context.bot,
        services,
        message.chat_id,
        asked,
        user_id=person,
        update_id=update.update_id,
        reply_to=message.message_id,
        echo=echo,
        telephone=message.from_user.language_code if message.from_user else None,
    )


def register(application: Application) -> None:  # type: ignore[type-arg]
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGES
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND & private, question))
    application.add_handler(MessageHandler(filters.CAPTION & private, captioned))
