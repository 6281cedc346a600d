"""What staff see on Telegram: the needs that nobody could answer."""

from __future__ import annotations

from telegram import Update
from telegram.ext import Application, CommandHandler, filters

from bot.context import Context
from bot.domain.needs import Need
from bot.storage.errors import StorageError
from handlers.delivery import send
from handlers.other_messages import unknown_command
from handlers.render.answer import french_date
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import Screen

_SHOWN = 30


async def show_queue(update: Update, context: Context) -> None:
    """/file: the latest needs, newest first, with the topics that came closest."""
    services, user = context.services, update.effective_user
    if user is None or not services.roles.is_staff(user.id) or update.effective_chat is None:
        await unknown_command(update, context)
        return
    texts = services.texts
    try:
        needs = await services.need_store.since()
    except StorageError as error:
        await services.health.failed(error)
        await send(context.bot, update.effective_chat.id, Screen((escape(str(error)),)))
        return
    if not needs:
        await send(context.bot, update.effective_chat.id, Screen((escape(texts.say("equipe_file_vide")),)))
        return
    blocks = [bold(texts.say("equipe_file_titre", nombre=len(needs)))]
    blocks += [_line(need) for need in reversed(needs[-_SHOWN:])]
    await send(context.bot, update.effective_chat.id, Screen(join_blocks(blocks)))


def _line(need: Need) -> str:
    near = ", ".join(f"{one.topic} {one.score:.2f}" for one in need.candidates[:3])
    shown = f"« {escape(need.text)} »" if need.text else "(message effacé)"
    if need.language:
        shown += f" ({escape(need.language)})"
    return f"{shown}\n<i>{french_date(need.day)}{escape(' – proche de : ' + near) if near else ''}</i>"


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(CommandHandler("file", show_queue, filters=filters.ChatType.PRIVATE))
