"""/start, with or without a deep link to a topic."""

from __future__ import annotations

from telegram import Update
from telegram.ext import Application, CommandHandler, filters

from bot.context import Context
from handlers import relays, team
from handlers.answering import InTongue, send_topic
from handlers.delivery import send
from handlers.inline import QUESTION_LINK
from handlers.reading_aloud import deliver
from handlers.render.html import escape
from handlers.render.inline import THEME_LINK
from handlers.render.menus import start_screen, theme_buttons, theme_screen
from handlers.render.screen import Screen
from handlers.render.tongues import start_screen_in
from handlers.tongue_choice import tongue_of


async def start(update: Update, context: Context) -> None:
    """Say who we are, what we can do, what we do with people's words; a deep link opens its topic."""
    message = update.effective_message
    if message is None:
        return
    services = context.services
    knowledge = services.knowledge.current
    wanted = context.args[0] if context.args else ""
    if not wanted:
        tongue = await tongue_of(services, message.from_user)
        if tongue.chosen is not None:
            await send(context.bot, message.chat_id, start_screen_in(knowledge, tongue.chosen))
        elif tongue.phone is not None:  # our voice speaks French only
            await send(context.bot, message.chat_id, start_screen(knowledge, tongue.phone))
        else:
            screen = start_screen(knowledge)
            await deliver(context.bot, services, message.chat_id, screen, person=message.chat_id)
        return
    if await team.accept(update, context, wanted):
        return
    if await relays.open_link(update, context, wanted):
        return
    if wanted == QUESTION_LINK:
        await send(context.bot, message.chat_id, Screen((escape(knowledge.texts.say("question_ici")),)))
        return
    theme = next((theme for theme in knowledge.themes if wanted == f"{THEME_LINK}{theme.id}"), None)
    if theme is not None:
        await send(context.bot, message.chat_id, theme_screen(knowledge, theme, 0))
        return
    topic = knowledge.topics.get(wanted)
    if topic is None:
        missing = Screen((escape(knowledge.texts.say("sujet_inconnu")),), theme_buttons(knowledge))
        await send(context.bot, message.chat_id, missing)
        return
    await send_topic(
        context.bot,
        services,
        message.chat_id,
        topic,
        user_id=message.from_user.id if message.from_user else None,
        update_id=update.update_id,
        tongues=InTongue((await tongue_of(services, message.from_user)).either),
    )


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(CommandHandler("start", start, filters=filters.ChatType.PRIVATE))
