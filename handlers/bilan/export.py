"""/export: the needs that are kept, as files for staff."""

from __future__ import annotations

from telegram import InputFile, Update
from telegram.constants import ChatAction

from bot.context import Context
from bot.services.apart import ApartError
from bot.services.clock import paris_day
from bot.storage.errors import StorageError
from handlers.delivery import send
from handlers.guards import staff_only
from handlers.render.answer import french_date
from handlers.render.figures import number
from handlers.render.html import escape
from handlers.render.screen import Screen

_FORMATS = ("csv", "xlsx")


@staff_only
async def export(update: Update, context: Context) -> None:
    """Send every need that is kept, as CSV and as XLSX."""
    message, services = update.effective_message, context.services
    if message is None:
        return
    try:
        count = await services.need_store.count()
        if not count:
            await send(context.bot, message.chat_id, Screen((escape(services.texts.say("export_vide")),)))
            return
        today = paris_day(services.clock)
        told = services.texts.say("export_fichier", nombre=number(count), date=french_date(today))
        for kind in _FORMATS:
            await context.bot.send_chat_action(message.chat_id, ChatAction.UPLOAD_DOCUMENT)
            content = await services.need_files.make(kind)
            file = InputFile(content, filename=f"questions-{today.isoformat()}.{kind}")
            await context.bot.send_document(message.chat_id, file, caption=told)
    except StorageError as error:
        await services.health.failed(error)
        await send(context.bot, message.chat_id, Screen((escape(str(error)),)))
    except ApartError as error:
        await send(context.bot, message.chat_id, Screen((escape(str(error)),)))
