"""/bilan for mediators: their own month, and nobody else's."""

from __future__ import annotations

from telegram import InputFile, Update

from bot.context import Context
from handlers.delivery import send
from handlers.render.html import join_blocks
from handlers.render.screen import Screen
from handlers.render.session_figures import own_month_csv, own_month_screen, team_month_blocks


async def show_month(update: Update, context: Context) -> None:
    """The month of whoever asks, with a table; staff see the team's numbers too. The caller has checked the role."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services, knowledge = context.services, context.services.knowledge.current
    own = await services.session_figures.own(user.id)
    if services.roles.is_staff(user.id):
        team = await services.session_figures.team()
        await send(context.bot, message.chat_id, Screen(join_blocks(team_month_blocks(knowledge, team))))
        if not own.sessions:
            return
    await send(context.bot, message.chat_id, own_month_screen(knowledge, own))
    if own.sessions:
        file = InputFile(own_month_csv(knowledge, own), filename=f"seances-{own.month:%Y-%m}.csv")
        await context.bot.send_document(message.chat_id, file, caption=services.texts.say("bilan_fichier"))
