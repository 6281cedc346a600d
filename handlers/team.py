"""/inviter and /equipe: roles by invitation, for staff; and the link by which one is accepted."""

from __future__ import annotations

import contextlib

from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, filters
from telegram.helpers import create_deep_linked_url

from bot.context import Context
from bot.domain.roles import Role
from bot.services.tokens import is_token
from handlers.command_menus import set_menu_of
from handlers.delivery import edit, send
from handlers.guards import staff_only
from handlers.personal_data_buttons import Kind, decode, pattern
from handlers.render.html import escape
from handlers.render.screen import Screen
from handlers.render.team import accepted_screen, invitation_screen, team_screen

INVITATION = "inv-"
_ROLES: dict[str, Role] = {"mediateur": "mediator", "médiateur": "mediator", "equipe": "staff", "équipe": "staff"}


@staff_only
async def invite(update: Update, context: Context) -> None:
    """/inviter mediateur|equipe: a link for one person and one day."""
    if update.effective_message is None:
        return
    services, chat_id = context.services, update.effective_message.chat_id
    role = _ROLES.get(" ".join(context.args or ()).lower())
    if role is None:
        await send(context.bot, chat_id, Screen((escape(services.texts.say("equipe_inviter_mode")),)))
        return
    token = await services.team.invite(role)
    link = create_deep_linked_url(context.bot.username, f"{INVITATION}{token}")
    await send(context.bot, chat_id, invitation_screen(services.knowledge.current, role, link))


@staff_only
async def show_team(update: Update, context: Context) -> None:
    """/equipe: who has a role, and the invitations that are open."""
    if update.effective_message is not None:
        await send(context.bot, update.effective_message.chat_id, await _team(context))


async def press(update: Update, context: Context) -> None:
    """Take a role or an invitation back. For anyone but staff these buttons do not exist."""
    query = update.callback_query
    if query is None:
        return
    services = context.services
    pressed = decode(query.data)
    message = query.message if isinstance(query.message, Message) else None
    if pressed is None or message is None or not services.roles.is_staff(query.from_user.id):
        with contextlib.suppress(TelegramError):
            await query.answer(services.texts.say("ancien_bouton"), show_alert=True)
        return
    kind, handle = pressed
    if kind is Kind.REVOKE:
        person = await services.team.revoke(handle)
        done = person is not None
    else:
        person, done = None, await services.team.cancel(handle)
    with contextlib.suppress(TelegramError):
        await query.answer(services.texts.say("equipe_retire" if done else "equipe_deja_retire"))
    if services.roles.is_staff(query.from_user.id):  # who took back their own role sees no more of the team
        await edit(message, await _team(context))
    else:
        await edit(message, Screen((escape(services.texts.say("equipe_retire")),)))
    if person is not None:
        await set_menu_of(context.bot, services, person)


async def accept(update: Update, context: Context, payload: str) -> bool:
    """Open an invitation link; False when the link is no invitation."""
    message, user = update.effective_message, update.effective_user
    token = payload.removeprefix(INVITATION)
    if message is None or user is None or token == payload or not is_token(token):
        return False
    services = context.services
    accepted = await services.team.accept(token, user.id)
    await send(context.bot, message.chat_id, accepted_screen(services.knowledge.current, accepted))
    if accepted is not None and accepted.expires is not None:
        await set_menu_of(context.bot, services, user.id)
    return True


async def _team(context: Context) -> Screen:
    services = context.services
    members = await services.team.members()
    names: dict[int, str] = {}
    for member in members:
        with contextlib.suppress(TelegramError):  # who blocked the bot or left Telegram has no name for us
            names[member.person] = (await context.bot.get_chat(member.person)).full_name or ""
    pending = await services.team.pending()
    return team_screen(services.knowledge.current, members, names, pending, services.roles.in_settings)


def register(application: Application) -> None:  # type: ignore[type-arg]
    private = filters.ChatType.PRIVATE
    application.add_handler(CommandHandler("inviter", invite, filters=private))
    application.add_handler(CommandHandler("equipe", show_team, filters=private))
    application.add_handler(CallbackQueryHandler(press, pattern=pattern(Kind.REVOKE, Kind.CANCEL_INVITATION)))
