"""/file: the cards that wait for staff, filtered and turned page by page."""

from __future__ import annotations

from telegram import Update

from bot.context import Context
from bot.domain.cards import Wanted
from bot.storage.errors import StorageError
from handlers.delivery import send
from handlers.desk.pressed import Press
from handlers.guards import staff_only
from handlers.render.desk_data import wanted_of
from handlers.render.desk_queue import filter_screen, queue_screen
from handlers.render.html import escape
from handlers.render.screen import Screen


@staff_only
async def show(update: Update, context: Context) -> None:
    """/file: the first page of what is to be done."""
    message = update.effective_message
    if message is None:
        return
    services, wanted = context.services, Wanted()
    try:
        page = await services.desk.queue.page(wanted)
    except StorageError as error:
        await services.health.failed(error)
        await send(context.bot, message.chat_id, Screen((escape(str(error)),)))
        return
    await send(context.bot, message.chat_id, queue_screen(services.knowledge.current, page, wanted))


async def turn(press: Press) -> None:
    """Another page, or another filter."""
    wanted = wanted_of(press.pressed.code, press.pressed.about)
    page = await press.desk.queue.page(wanted, press.pressed.number)
    await press.show(queue_screen(press.knowledge, page, wanted))


async def choose_filter(press: Press) -> None:
    """The values of a filter."""
    wanted = wanted_of(press.pressed.code, press.pressed.about)
    await press.show(filter_screen(press.knowledge, wanted, press.pressed.number))
