"""What staff type at a step of a guided conversation. Anything else that they type is answered as for a resident."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Message, Update
from telegram.ext import Application, MessageHandler, filters

from bot.context import SERVICES, Context, Services
from bot.domain.desk_drafts import LONGEST_ANSWER
from bot.storage.desk import DraftRow
from handlers.delivery import send
from handlers.desk import publishing
from handlers.desk.press import guarded
from handlers.desk.pressed import Press
from handlers.guards import staff_only
from handlers.render.desk_card import queue_row
from handlers.render.desk_data import DeskAction, DeskPressed
from handlers.render.desk_draft import step_screen
from handlers.render.html import escape
from handlers.render.screen import Screen

_LONGEST_STEP = 1_500
_TAKEN_BY: dict[str, Callable[[Press, DraftRow, str], Awaitable[None]]] = {
    publishing.ANSWER: publishing.answered,
    publishing.CREATE: publishing.told,
    publishing.CORRECT: publishing.valued,
    publishing.SEARCH: publishing.searched,
}


async def step(update: Update, context: Context) -> None:
    """Take what was typed into the draft. Who is no longer staff is told so, and nothing of it is published."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not message.text:
        return
    services = context.services
    drafts = services.desk.drafts
    draft = drafts.writing(user.id)
    if draft is None:
        return
    if not services.roles.is_staff(user.id):
        await drafts.put_aside(user.id)
        await send(context.bot, message.chat_id, Screen((escape(services.texts.say("file_role_retire")),)))
        return
    press = Press(message, DeskPressed(DeskAction.CARD, draft.card), user.id, context)
    longest = LONGEST_ANSWER if draft.kind == publishing.ANSWER else _LONGEST_STEP
    if len(message.text) > longest:
        remark = services.texts.say("file_trop_long", nombre=len(message.text), limite=longest)
        key = draft.step if draft.step != publishing.PREVIEW else "texte"
        await press.say(step_screen(services.knowledge.current, draft.card, key, {}, remark=remark))
        return
    text = message.text.strip()
    taken_by = _TAKEN_BY.get(draft.kind)
    if taken_by is not None and text:
        await guarded(press, lambda one: taken_by(one, draft, text))


@staff_only
async def cancel(update: Update, context: Context) -> None:
    """/annuler: stop writing; the draft stays for seven days."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services = context.services
    stopped = await services.desk.drafts.put_aside(user.id)
    text = services.texts.say("file_plus_tard" if stopped else "file_rien_a_annuler")
    await send(context.bot, message.chat_id, Screen((escape(text),), (queue_row(services.knowledge.current),)))


class _Writing(filters.MessageFilter):
    """Lets through what somebody types while a draft of theirs waits for it."""

    def __init__(self, services: Callable[[], Services]) -> None:
        super().__init__("writing a draft")
        self._services = services

    def filter(self, message: Message) -> bool:
        return message.from_user is not None and self._services().desk.drafts.writing(message.from_user.id) is not None


def register(application: Application[Any, Context, Any, Any, Any, Any]) -> None:
    def services() -> Services:
        found: Services = application.bot_data[SERVICES]
        return found

    typed = filters.TEXT & ~filters.COMMAND & filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    application.add_handler(MessageHandler(typed & _Writing(services), step))
