"""Every button of the desk: the role is asked at each press; old, forged or foreign data ends in a kind sentence."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Awaitable, Callable

from telegram import Message, Update
from telegram.error import TelegramError

from bot.context import Context
from bot.errors import AccesDroitsError
from bot.services.desk import CardTakenError, DeskError
from bot.storage.errors import StorageError
from handlers.desk import cards, history, publishing, queue
from handlers.desk.names import name_of
from handlers.desk.pressed import Press
from handlers.render.desk_card import held_screen, queue_row
from handlers.render.desk_data import DeskAction, decode
from handlers.render.html import escape
from handlers.render.screen import Screen

_log = logging.getLogger(__name__)


async def press(update: Update, context: Context) -> None:
    """Answer the press, then do what the button says; for anyone but staff these buttons do not exist."""
    query = update.callback_query
    if query is None:
        return
    services = context.services
    knowledge = services.knowledge.current
    pressed = decode(query.data, [*knowledge.topics, *(theme.id for theme in knowledge.themes)])
    message = query.message if isinstance(query.message, Message) else None
    if pressed is None or message is None or not services.roles.is_staff(query.from_user.id):
        with contextlib.suppress(TelegramError):
            await query.answer(services.texts.say("ancien_bouton"), show_alert=True)
        return
    with contextlib.suppress(TelegramError):  # older than Telegram's minutes: what the button does still holds
        await query.answer()
    one = Press(message, pressed, query.from_user.id, context)
    await guarded(one, _ACTIONS[pressed.action])


async def guarded(press: Press, action: Callable[[Press], Awaitable[None]]) -> None:
    """Do it, and say in French what stood in the way."""
    services, knowledge = press.services, press.knowledge
    try:
        await action(press)
    except CardTakenError as error:
        await press.say(held_screen(knowledge, await name_of(press.context, error.holder)))
    except DeskError as error:
        await press.say(Screen((escape(services.texts.say(error.key)),), (queue_row(knowledge),)))
    except StorageError as error:
        await services.health.failed(error)
        await press.say(Screen((escape(services.texts.say("file_panne", raison=str(error))),)))
    except AccesDroitsError as error:
        _log.info("a gesture was refused: %s", type(error).__name__)
        await press.say(Screen((escape(str(error)),), (queue_row(knowledge),)))


_ACTIONS: dict[DeskAction, Callable[[Press], Awaitable[None]]] = {
    DeskAction.QUEUE: queue.turn,
    DeskAction.FILTER: queue.choose_filter,
    DeskAction.HISTORY: history.show,
    DeskAction.UNDO: history.undo,
    DeskAction.CARD: cards.show,
    DeskAction.CLOSE: cards.close,
    DeskAction.WORDINGS: cards.wordings,
    DeskAction.OFF_TOPIC: cards.ask_off_topic,
    DeskAction.OFF_TOPIC_YES: cards.off_topic,
    DeskAction.IGNORE: cards.ask_ignore,
    DeskAction.IGNORE_YES: cards.ignore,
    DeskAction.MERGE: cards.ask_merge,
    DeskAction.MERGE_YES: cards.merge,
    DeskAction.SPLIT: cards.ask_split,
    DeskAction.SPLIT_TOGGLE: cards.toggle_split,
    DeskAction.SPLIT_YES: cards.split,
    DeskAction.POSTPONE: cards.ask_postpone,
    DeskAction.POSTPONE_YES: cards.postpone,
    DeskAction.ATTACH: publishing.ask_attach,
    DeskAction.ATTACH_TO: publishing.attach_to,
    DeskAction.ATTACH_YES: publishing.attach,
    DeskAction.SEARCH: publishing.ask_search,
    DeskAction.ANSWER: publishing.ask_answer,
    DeskAction.ANSWER_YES: publishing.answer,
    DeskAction.CREATE: publishing.ask_create,
    DeskAction.CREATE_THEME: publishing.choose_theme,
    DeskAction.CREATE_STEP: publishing.ask_step,
    DeskAction.CREATE_SKIP: publishing.skip_step,
    DeskAction.CREATE_CHECK: publishing.check_create,
    DeskAction.CREATE_YES: publishing.create,
    DeskAction.CORRECT: publishing.ask_correct,
    DeskAction.CORRECT_TOPIC: publishing.choose_field,
    DeskAction.CORRECT_FIELD: publishing.ask_value,
    DeskAction.CORRECT_YES: publishing.correct,
    DeskAction.PUT_ASIDE: publishing.put_aside,
    DeskAction.GIVE_UP: publishing.give_up,
}
