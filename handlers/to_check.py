"""/verifier: the entries that staff should read again, the stalest first."""

from __future__ import annotations

from telegram import Update
from telegram.ext import Application, CommandHandler, filters

from bot.context import Context
from bot.domain.freshness import ToCheck, to_check
from bot.domain.knowledge import Knowledge
from bot.services.clock import paris_day
from handlers.callback_data import Action, encode
from handlers.delivery import send
from handlers.other_messages import unknown_command
from handlers.render.answer import french_date
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import Button, Screen

_SHOWN = 12
_POINTS = 2


async def show_to_check(update: Update, context: Context) -> None:
    """List what is past its day, then what was never confirmed, with the points to confirm."""
    services, user, chat = context.services, update.effective_user, update.effective_chat
    if user is None or chat is None or not services.roles.is_staff(user.id):
        await unknown_command(update, context)
        return
    knowledge = services.knowledge.current
    await send(
        context.bot, chat.id, to_check_screen(knowledge, to_check(knowledge.topics.values(), paris_day(services.clock)))
    )


def to_check_screen(knowledge: Knowledge, entries: list[ToCheck]) -> Screen:
    """The first entries of the list, each with a button to its answer."""
    texts = knowledge.texts
    if not entries:
        return Screen((escape(texts.say("equipe_verifier_vide")),))
    overdue = sum(entry.overdue for entry in entries)
    blocks = [bold(texts.say("equipe_verifier_titre", perimes=overdue, nombre=len(entries)))]
    blocks += [_entry(knowledge, entry) for entry in entries[:_SHOWN]]
    rows = tuple((Button(one.topic.button, encode(Action.TOPIC, one.topic.id)),) for one in entries[:_SHOWN])
    return Screen(join_blocks(blocks), rows)


def _entry(knowledge: Knowledge, entry: ToCheck) -> str:
    topic = entry.topic
    key = "equipe_verifier_perime" if entry.overdue else "equipe_verifier_points"
    state = knowledge.texts.say(key, date=french_date(topic.checked_on), fraicheur=round(100 * entry.freshness))
    points = "".join(f"\n• {escape(point)}" for point in topic.to_check[:_POINTS])
    return f"{bold(topic.title)}\n{escape(state)}{points}"


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(CommandHandler("verifier", show_to_check, filters=filters.ChatType.PRIVATE))
