"""A message with a suspicious link is answered before any topic is looked for, and never stored."""

from __future__ import annotations

from telegram import Update

from bot.context import Context
from handlers.reading_aloud import deliver
from handlers.render.scam import scam_screen


async def answer_scam(update: Update, context: Context) -> bool:
    """Say what the links of a message look like; False for any other message, and for danger, which goes first."""
    message, services = update.effective_message, context.services
    if message is None or not message.text:
        return False
    verdict = await services.scams.judge(message.text)
    if verdict is None or services.knowledge.understanding.read(message.text).danger is not None:
        return False
    screen = scam_screen(services.knowledge.current, verdict)
    person = message.from_user.id if message.from_user else None
    await deliver(
        context.bot, services, message.chat_id, screen, person=person, reply_to=message.message_id, keep=False
    )
    services.updates.count(update.update_id, "scam", verdict.worst.kind.value)
    return True
