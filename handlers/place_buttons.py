"""The buttons of places. Old, forged or foreign data ends in a kind sentence, never in an error."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest

from bot.context import Context, Services
from bot.domain.places import Found
from bot.domain.positions import Position
from bot.services.clock import paris_day
from handlers.delivery import edit, send
from handlers.place_data import PREFIX, PlaceAction, PlacePressed, decode
from handlers.place_delivery import send_commune, send_list, send_venue
from handlers.reading_aloud import deliver
from handlers.render.place_needs import needs_screen, theme_needs_screen
from handlers.render.places import place_screen
from handlers.render.screen import Screen


async def press(update: Update, context: Context) -> None:
    """A button of places; an old or forged one ends in a kind sentence."""
    query = update.callback_query
    if query is None:
        return
    services = context.services
    knowledge = services.knowledge.current
    known = [*knowledge.places.places, *knowledge.topics, *(theme.id for theme in knowledge.themes)]
    pressed = decode(query.data, known)
    message = query.message if isinstance(query.message, Message) else None
    if pressed is None or message is None or not _fits(pressed, services):
        await _acknowledge(query, services.texts.say("ancien_bouton"), alert=True)
        return
    await _acknowledge(query)
    services.updates.count(update.update_id, "lieux")
    await _ACTIONS[pressed.action](context, message, pressed)


def _fits(pressed: PlacePressed, services: Services) -> bool:
    """Whether what the button names is there and of the right kind."""
    knowledge = services.knowledge.current
    if pressed.insee and services.places.commune_of(pressed.insee) is None:
        return False
    match pressed.action:
        case PlaceAction.PLACE | PlaceAction.CARD:
            return pressed.about in knowledge.places.places
        case PlaceAction.NEED:
            return pressed.about in knowledge.topics
        case PlaceAction.THEME:
            return any(theme.id == pressed.about for theme in knowledge.themes)
        case PlaceAction.NEAR:
            return pressed.position is not None
        case PlaceAction.COMMUNE | PlaceAction.WITHIN:
            return pressed.insee is not None
        case PlaceAction.NEEDS:
            return True


async def _acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    try:
        await query.answer(text, show_alert=alert)
    except BadRequest:
        return  # the press is older than Telegram's minutes: what the button does still holds


async def _show_needs(context: Context, message: Message, pressed: PlacePressed) -> None:
    services = context.services
    screen = needs_screen(services.knowledge.current, services.places.themes(), pressed.where)
    await _in_place(context, message, screen)


async def _show_theme(context: Context, message: Message, pressed: PlacePressed) -> None:
    services = context.services
    knowledge = services.knowledge.current
    theme = next(theme for theme in knowledge.themes if theme.id == pressed.about)
    screen = theme_needs_screen(knowledge, theme, services.places.topics_of(theme), pressed.where)
    await _in_place(context, message, screen)


async def _show_need(context: Context, message: Message, pressed: PlacePressed) -> None:
    services = context.services
    topic = services.knowledge.current.topics[pressed.about]
    origin = _origin(services, pressed)
    places = services.places
    found = places.near(origin, topic.id) if origin else places.for_topic(topic.id)
    title = services.texts.say("lieux_pour", sujet=topic.button)
    remark = "" if origin else services.texts.say("lieux_dire_ou")
    await send_list(context, message.chat_id, title, found, pressed, remark=remark)


async def _show_near(context: Context, message: Message, pressed: PlacePressed) -> None:
    origin = _origin(context.services, pressed)
    found = context.services.places.near(origin) if origin else []
    await send_list(context, message.chat_id, context.services.texts.say("lieux_pres"), found, pressed)


async def _show_commune(context: Context, message: Message, pressed: PlacePressed) -> None:
    commune = context.services.places.commune_of(pressed.insee or "")
    if commune is not None:
        await send_commune(context, message.chat_id, commune)


async def _show_within(context: Context, message: Message, pressed: PlacePressed) -> None:
    services = context.services
    commune = services.places.commune_of(pressed.insee or "")
    if commune is None:
        return
    found = [Found(one.place) for one in services.places.within(commune)]
    title = services.texts.say("lieux_dans", commune=commune.name)
    await send_list(context, message.chat_id, title, found, pressed)


async def _show_place(context: Context, message: Message, pressed: PlacePressed) -> None:
    services = context.services
    knowledge = services.knowledge.current
    place = knowledge.places.places[pressed.about]
    await send_venue(context, message.chat_id, place)
    screen = place_screen(knowledge, place, paris_day(services.clock))
    await deliver(context.bot, services, message.chat_id, screen, person=message.chat_id)


async def _send_card(context: Context, message: Message, pressed: PlacePressed) -> None:
    place = context.services.knowledge.current.places.places[pressed.about]
    if place.phone:
        await context.bot.send_contact(message.chat_id, place.phone, place.name[:64])


def _origin(services: Services, pressed: PlacePressed) -> Position | None:
    commune = services.places.commune_of(pressed.insee) if pressed.insee else None
    return commune.centre if commune else pressed.position


async def _in_place(context: Context, message: Message, screen: Screen) -> None:
    """Turn a page of the needs menu in place; a list that people may still be reading stays."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    datas = [str(button.callback_data) for row in rows for button in row]
    menus = tuple(f"{PREFIX}:{one.value}:" for one in (PlaceAction.NEEDS, PlaceAction.THEME, PlaceAction.NEED))
    if datas and message.text and len(datas) > 1 and all(data.startswith(menus) for data in datas):
        await edit(message, screen)
    else:
        await send(context.bot, message.chat_id, screen)


_ACTIONS: dict[PlaceAction, Callable[[Context, Message, PlacePressed], Awaitable[None]]] = {
    PlaceAction.NEEDS: _show_needs,
    PlaceAction.THEME: _show_theme,
    PlaceAction.NEED: _show_need,
    PlaceAction.NEAR: _show_near,
    PlaceAction.COMMUNE: _show_commune,
    PlaceAction.WITHIN: _show_within,
    PlaceAction.PLACE: _show_place,
    PlaceAction.CARD: _send_card,
}
