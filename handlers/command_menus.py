"""The command menus that Telegram shows, by scope, in French; and how the bot presents itself."""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

from bot.context import Services

_RESIDENT = (("start", "menu_start"), ("themes", "menu_themes"), ("urgence", "menu_urgence"), ("lieux", "menu_lieux"),
             ("reglages", "menu_reglages"), ("aide", "menu_help"))  # fmt: skip
_STAFF = (*_RESIDENT, ("file", "menu_file"))
_log = logging.getLogger(__name__)


async def set_menus(bot: Bot, services: Services) -> None:
    """Set menus and descriptions; a refusal is logged and stops nothing."""
    texts = services.texts

    def commands(menu: tuple[tuple[str, str], ...]) -> list[BotCommand]:
        return [BotCommand(name, texts.say(key)) for name, key in menu]

    try:
        await bot.set_my_commands(commands(_RESIDENT), scope=BotCommandScopeAllPrivateChats())
        await bot.set_my_description(texts.say("bot_description"))
        await bot.set_my_short_description(texts.say("bot_description_courte"))
    except TelegramError as error:
        _log.warning("the command menu could not be set: %s", type(error).__name__)
    for staff_id in sorted(services.roles.staff):
        try:
            await bot.set_my_commands(commands(_STAFF), scope=BotCommandScopeChat(staff_id))
        except TelegramError:  # someone who never wrote to the bot has no chat with it yet
            _log.info("no chat yet with a member of staff: their menu is set after their first message")
