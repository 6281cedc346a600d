"""Sends the figures of a period: all of it as text at once, then the picture with what it shows in words."""

from __future__ import annotations

import logging

from telegram import Bot, InputFile
from telegram.constants import ParseMode

from bot.context import Services
from bot.domain.figures import Figures
from bot.domain.periods import Period
from bot.services.apart import ApartError
from bot.services.clock import paris_day
from bot.services.figure_files import figures_csv, figures_picture, figures_xlsx
from handlers.bilan.button_data import BilanAction
from handlers.delivery import markup, send
from handlers.render.answer import french_date
from handlers.render.figures import caption, digest_screen, figures_screen, title
from handlers.render.html import escape
from handlers.render.screen import Screen

_log = logging.getLogger(__name__)


async def send_figures(bot: Bot, services: Services, chat_id: int, period: Period) -> None:
    """Raises StorageError; a picture that cannot be drawn costs nobody the figures."""
    figures = await services.figures.collect(period)
    texts, digest = services.texts, await services.digest.wanted()
    await send(bot, chat_id, figures_screen(texts, figures, paris_day(services.clock), digest=digest))
    if not figures.total.questions:
        return
    picture = await _picture(services, figures)
    if picture is None:
        await send(bot, chat_id, Screen((escape(texts.say("chiffres_sans_image")),)))
        return
    await bot.send_photo(chat_id, picture, caption=caption(texts, figures), parse_mode=ParseMode.HTML)


async def send_digest(bot: Bot, services: Services, chat_id: int, period: Period) -> None:
    """Monday's figures in one message: taken by Telegram whole, or not at all."""
    figures = await services.figures.collect(period)
    screen = digest_screen(services.texts, figures)
    picture = await _picture(services, figures)
    if picture is None:
        await send(bot, chat_id, screen)
        return
    await bot.send_photo(
        chat_id, picture, caption=screen.parts[0], parse_mode=ParseMode.HTML, reply_markup=markup(screen.keyboard)
    )


async def send_file(bot: Bot, services: Services, chat_id: int, action: BilanAction, period: Period) -> None:
    """The figures as a file; raises StorageError and ApartError."""
    figures = await services.figures.collect(period)
    content = figures_csv(figures) if action is BilanAction.CSV else await figures_xlsx(figures)
    kind = "csv" if action is BilanAction.CSV else "xlsx"
    name = f"bilan-{period.start.isoformat()}-{figures.until.isoformat()}.{kind}"
    told = services.texts.say("chiffres_fichier", debut=french_date(period.start), fin=french_date(figures.until))
    await bot.send_document(chat_id, InputFile(content, filename=name), caption=told)


async def _picture(services: Services, figures: Figures) -> bytes | None:
    try:
        return await figures_picture(figures, title(services.texts, figures))
    except (ApartError, OSError) as error:
        _log.error("the picture of the figures could not be drawn: %s", type(error).__name__)
        return None
