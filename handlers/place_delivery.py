"""Sends places: as text, and on the map; a point that is only the centre of a commune says so."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from telegram.error import BadRequest

from bot.context import Context
from bot.domain.communes import Commune
from bot.domain.places import Found, Place
from handlers.delivery import markup, send
from handlers.place_data import PlacePressed
from handlers.reading_aloud import deliver
from handlers.render.communes import commune_screen
from handlers.render.places import card_button, list_screen, nothing_screen, shown, venue_address

_log = logging.getLogger(__name__)


async def send_commune(context: Context, chat_id: int, commune: Commune) -> None:
    """Who is competent in a commune, which what is asked next is counted for."""
    services = context.services
    services.recent_communes.remember(chat_id, commune.insee)
    competent = services.places.competent(commune)
    screen = commune_screen(services.knowledge.current, commune, competent)
    await deliver(context.bot, services, chat_id, screen, person=chat_id)


async def send_list(
    context: Context,
    chat_id: int,
    title: str,
    found: Sequence[Found],
    asked: PlacePressed,
    *,
    remark: str = "",
) -> None:
    """The places as text, since a map shows no hours; then each on the map."""
    knowledge = context.services.knowledge.current
    if not shown(found, asked.page):
        await send(context.bot, chat_id, nothing_screen(knowledge, asked.where))
        return
    for one in shown(found, asked.page):
        await send_venue(context, chat_id, one.place, card=True)
    screen = list_screen(knowledge, title, found, asked, remark=remark)
    # What is near tells where somebody is: its sound is not kept.
    await deliver(context.bot, context.services, chat_id, screen, person=chat_id, keep=False)


async def send_venue(context: Context, chat_id: int, place: Place, *, card: bool = False) -> None:
    """A place on the map: where it is, or the centre of its commune with words that say so."""
    knowledge = context.services.knowledge.current
    point = knowledge.places.on_map(place)
    if point is None:
        return
    keyboard = ((card_button(knowledge.texts, place),),) if card and place.phone else ()
    latitude, longitude = point.position.latitude, point.position.longitude
    address = venue_address(knowledge, place, point)
    try:
        await context.bot.send_venue(chat_id, latitude, longitude, place.name, address, reply_markup=markup(keyboard))
    except BadRequest as error:  # the text that follows says all of it: a map is a courtesy
        _log.warning("a place could not be shown on the map: %s", error.message)
