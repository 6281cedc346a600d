"""The names of staff, as Telegram knows them now: none is written down."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from telegram.error import TelegramError

from bot.context import Context


async def names_of(context: Context, pseudonyms: Iterable[str]) -> dict[str, str]:
    """Names by pseudonym; who is no longer staff, or left Telegram, has none."""
    persons = context.services.desk.names.persons()
    names: dict[str, str] = {}
    for one in set(pseudonyms) & set(persons):
        with contextlib.suppress(TelegramError):
            names[one] = (await context.bot.get_chat(persons[one])).full_name or ""
    return {one: name for one, name in names.items() if name}


async def name_of(context: Context, pseudonym: str) -> str:
    """One name, or a word for somebody."""
    return (await names_of(context, [pseudonym])).get(pseudonym, context.services.texts.say("file_quelquun"))
