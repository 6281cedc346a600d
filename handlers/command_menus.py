"""The command menus that Telegram shows, by scope, in French; and how the bot presents itself."""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

from bot.context import Services

_RESIDENT = (("start", "menu_start"), ("themes", "menu_themes"), ("urgence", "menu_urgence"), ("lieux", "menu_lieux"),
             ("reglages", "menu_reglages"), ("mesdonnees", "menu_mesdonnees"),
             ("confidentialite", "menu_confidentialite"), ("aide", "menu_help"))  # fmt: skip
_MEDIATOR = (*_RESIDENT, ("seance", "menu_seance"), ("besoin", "menu_besoin"), ("fin", "menu_fin"),
             ("fiche", "menu_fiche"), ("relais", "menu_relais"), ("bilan", "menu_bilan"))  # fmt: skip
_STAFF = (*_MEDIATOR, ("file", "menu_file"), ("verifier", "menu_verifier"),
          ("export", "menu_export"), ("etat", "menu_etat"), ("equipe", "menu_equipe"),
          ("inviter", "menu_inviter"))  # fmt: skip
_log = logging.getLogger(__name__)


async def set_menus(bot: Bot, services: Services) -> None:
    """Set menus and descriptions; a refusal is logged and stops nothing."""
    texts = services.texts
    try:
        await bot.set_my_commands(_commands(services, _RESIDENT), scope=BotCommandScopeAllPrivateChats())
        await bot.set_my_description(texts.say("bot_description"))
        await bot.set_my_short_description(texts.say("bot_description_courte"))
    except TelegramError as error:
        _log.warning("the command menu could not be set: %s", type(error).__name__)
    for person in sorted(services.roles.everyone):
        menu = _STAFF if services.roles.is_staff(person) else _MEDIATOR
        try:
            await bot.set_my_commands(_commands(services, menu), scope=BotCommandScopeChat(person))
        except TelegramError:  # someone who never wrote to the bot has no chat with it yet
            _log.info("no chat yet with a member of the team: their menu is set after their first message")


async def set_menu_of(bot: Bot, services: Services, person: int) -> None:
    """Set one person's menu after their role changed; a menu is a courtesy, the role is asked at each command."""
    scope = BotCommandScopeChat(person)
    try:
        if services.roles.is_mediator(person):
            menu = _STAFF if services.roles.is_staff(person) else _MEDIATOR
            await bot.set_my_commands(_commands(services, menu), scope=scope)
        else:
            await bot.delete_my_commands(scope=scope)
    except TelegramError as error:
        _log.info("a menu could not be set: %s", type(error).__name__)


def _commands(services: Services, menu: tuple[tuple[str, str], ...]) -> list[BotCommand]:
    return [BotCommand(name, services.texts.say(key)) for name, key in menu]
