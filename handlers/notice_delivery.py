"""Delivers one notice to one person, as far as Telegram takes it now."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.context import Services
from bot.services.clock import paris_day
from bot.services.notices import Deliver, Delivery, Outcome
from bot.storage.follow_ups import DueRow
from handlers.delivery import send_once
from handlers.render.html import escape, to_plain
from handlers.render.notice import text_notice, topic_notice
from handlers.render.screen import Screen
from handlers.render.voice import listenable

_PAUSE_SECONDS = 2.0
_log = logging.getLogger(__name__)


def notice_delivery(bot: ExtBot[Any], services: Services) -> Deliver:
    """How the notice sender reaches people."""
    doubtful = False  # a call ended without an answer: nobody is tried before Telegram answers again

    async def deliver(due: DueRow, parts: int) -> Delivery:
        nonlocal doubtful
        screen = await _screen(services, due)
        done = min(parts, len(screen.parts) - 1)
        try:
            if doubtful:
                await bot.get_me()
                doubtful = False
            for place in range(done, len(screen.parts)):
                await _send_part(bot, due.person, screen, place)
                done = place + 1
        except Forbidden:
            return Delivery(Outcome.GONE, done)
        except RetryAfter as error:
            pause = error.retry_after
            return Delivery(Outcome.LATER, done, pause if isinstance(pause, int) else pause.total_seconds())
        except BadRequest as error:
            gone = "chat not found" in str(error).lower()
            return Delivery(Outcome.GONE if gone else await _refused(services, due.notice.id), done)
        except TelegramError as error:
            doubtful = True
            _log.info("a notice was interrupted: %s", type(error).__name__)
            return Delivery(Outcome.LATER, done, _PAUSE_SECONDS)
        return Delivery(Outcome.TOLD, done)

    return deliver


async def _screen(services: Services, due: DueRow) -> Screen:
    screen = await _notice(services, due)
    return listenable(services.texts, screen, keep=False) if services.speech.available else screen


async def _notice(services: Services, due: DueRow) -> Screen:
    knowledge = services.knowledge.current
    if due.notice.topic is None:
        return text_notice(knowledge, due.notice.text or "", due.question)
    short = await services.preferences.short_answers(due.person)
    return topic_notice(knowledge, due.notice.topic, due.question, paris_day(services.clock), short=short)


async def _send_part(bot: Bot, person: int, screen: Screen, place: int) -> None:
    """One part; without its markup where Telegram cannot read that."""
    keyboard = screen.keyboard if place == len(screen.parts) - 1 else ()
    try:
        await send_once(bot, person, screen.parts[place], keyboard)
    except BadRequest as error:
        if "parse" not in str(error).lower():
            raise
        await send_once(bot, person, escape(to_plain(screen.parts[place])), keyboard)


async def _refused(services: Services, notice: int) -> Outcome:
    """Telegram does not take this notice: staff must know, once."""
    _log.error("Telegram refuses a notice")
    await services.alerts.trouble(f"notice {notice}", services.texts.say("equipe_avis_refuse"))
    return Outcome.REFUSED
