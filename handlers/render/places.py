"""Places as residents read them: lists, one place, and who is competent in a commune."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.knowledge import Knowledge
from bot.domain.place_directory import MapPoint
from bot.domain.places import Found, Place
from bot.domain.positions import Unit, spoken_distance
from bot.domain.texts import Texts
from handlers.callback_data import Action
from handlers.callback_data import encode as encode_action
from handlers.place_data import PlaceAction, PlacePressed, encode
from handlers.render.answer import french_date, french_partial_date, international_number
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import Button, Keyboard, Screen, cut_label, rows_of

PER_PAGE = 3
_MAX_TOPICS = 4


def shown(found: Sequence[Found], page: int) -> Sequence[Found]:
    """The places of one page."""
    return found[page * PER_PAGE : (page + 1) * PER_PAGE]


def list_screen(
    knowledge: Knowledge, title: str, found: Sequence[Found], asked: PlacePressed, *, remark: str = ""
) -> Screen:
    """One page of places: each with its distance, its address, its number and its hours."""
    texts = knowledge.texts
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(asked.page, pages - 1)
    here = shown(found, page)
    blocks = [bold(title), escape(remark)]
    blocks += [_entry(knowledge, one) for one in here]
    rows: list[tuple[Button, ...]] = [(place_button(one.place),) for one in here]
    if page < pages - 1:
        rows.append((Button(texts.say("bouton_lieux_suite"), encode(asked.turned(page + 1))),))
    rows.append((needs_button(texts, asked.where),))
    return Screen(join_blocks(blocks), tuple(rows))


def nothing_screen(knowledge: Knowledge, where: str) -> Screen:
    """No place is known: whom to call instead."""
    return Screen((escape(knowledge.texts.say("lieux_aucun", numero=switchboard(knowledge))),), (
        (needs_button(knowledge.texts, where),),
    ))  # fmt: skip


def place_screen(knowledge: Knowledge, place: Place, today: date) -> Screen:
    """All that is known of one place, with its date and source."""
    texts = knowledge.texts
    lines = [escape(place.full_address)] if place.full_address else []
    lines += phone_lines(knowledge, place)
    international = international_number(place.phone) if place.phone else None
    if international:
        lines.append(escape(texts.say("appeler", numero=international)))
    lines += _hours_lines(texts, place)
    lines += doubt_lines(knowledge, place)
    topics = [knowledge.topics[topic] for topic in place.topics if topic in knowledge.topics]
    helps = texts.say("lieux_aide_pour", sujets=", ".join(topic.button for topic in topics)) if topics else ""
    blocks = [bold(place.name), "\n".join(lines), escape(helps), _proof(texts, place, today)]
    buttons = [Button(texts.say("bouton_site"), url=place.websites[0])] if place.websites else []
    if place.phone:
        buttons.insert(0, card_button(texts, place))
    rows: Keyboard = (
        *((tuple(buttons),) if buttons else ()),
        *rows_of([Button(t.button, encode_action(Action.TOPIC, t.id)) for t in topics[:_MAX_TOPICS]], 2),
        (needs_button(texts, ""),),
    )
    return Screen(join_blocks(blocks), rows)


def venue_address(knowledge: Knowledge, place: Place, point: MapPoint) -> str:
    """What stands under a place on the map: its address, after a warning when the point is not the place itself."""
    if point.centre_of is None:
        return place.full_address or place.name
    if not place.address:
        return knowledge.texts.say("lieux_point_sans_adresse", commune=point.centre_of.name)
    return knowledge.texts.say("lieux_point_commune", commune=point.centre_of.name, adresse=place.full_address)


def card_button(texts: Texts, place: Place) -> Button:
    """The number as a contact card, on demand."""
    return Button(texts.say("bouton_contact"), encode(PlacePressed(PlaceAction.CARD, place.id)))


def place_button(place: Place) -> Button:
    return Button(cut_label(place.button), encode(PlacePressed(PlaceAction.PLACE, place.id)))


def distance_words(texts: Texts, kilometres: float) -> str:
    """ "à environ 2 km"."""
    number, unit = spoken_distance(kilometres)
    if unit is Unit.NEXT_DOOR:
        return texts.say("lieux_tout_pres")
    return texts.say("lieux_metres" if unit is Unit.METRES else "lieux_kilometres", nombre=number)


def _entry(knowledge: Knowledge, found: Found) -> str:
    texts, place = knowledge.texts, found.place
    head = bold(place.name)
    if found.kilometres is not None:
        if place.position is not None:
            head += f" – {escape(distance_words(texts, found.kilometres))}"
        elif found.kilometres >= 1 and place.commune:
            away = distance_words(texts, found.kilometres)
            head += f" – {escape(texts.say('lieux_vers', commune=place.commune, distance=away))}"
    lines = [head, *([escape(place.full_address)] if place.full_address else [])]
    lines += [*phone_lines(knowledge, place), *_hours_lines(texts, place), *doubt_lines(knowledge, place)]
    return "\n".join(lines)


def phone_lines(knowledge: Knowledge, place: Place) -> list[str]:
    """The number of a place, or whom to call for it."""
    if place.phone:
        return [bold(place.phone)]
    contact = knowledge.places.contact_for(place)
    if contact is None or not contact.phone:
        return []
    if contact != knowledge.places.switchboard:
        return [escape(knowledge.texts.say("lieux_joindre", nom=contact.name, numero=contact.phone))]
    # An unsure place says by itself to call the switchboard.
    return [escape(knowledge.texts.say("lieux_sans_numero", numero=contact.phone))] if place.is_sure else []


def doubt_lines(knowledge: Knowledge, place: Place) -> list[str]:
    """What is to be confirmed before one goes there."""
    lines = [escape(place.note)] if place.note else []
    if not place.is_sure:
        lines.append(escape(knowledge.texts.say("lieux_a_confirmer", numero=switchboard(knowledge))))
    return lines


def _hours_lines(texts: Texts, place: Place) -> list[str]:
    if not place.hours:
        return []
    read = french_partial_date(place.hours_read) if place.hours_read else ""
    return [escape(place.hours), f"<i>{escape(texts.say('lieux_horaires_releves', date=read))}</i>"]


def _proof(texts: Texts, place: Place, today: date) -> str:
    dated = [source for source in place.sources if source.date]
    newest = sorted(dated, key=lambda source: source.date, reverse=True)[:2]
    said = [f"{source.title} ({french_partial_date(source.date)})" for source in newest]
    said = said or [source.title for source in place.sources[:1]]
    lines = [escape(texts.say("source", sources=" ; ".join(said)))] if said else []
    if today > place.review_on:
        lines.append(escape(texts.say("lieux_perime", date=french_date(place.checked_on))))
    return f"<i>{chr(10).join(lines)}</i>" if lines else ""


def switchboard(knowledge: Knowledge) -> str:
    """The number to call when no other is known."""
    place = knowledge.places.switchboard
    return place.phone if place and place.phone else "05 53 35 86 00"


def needs_button(texts: Texts, where: str) -> Button:
    """The way to the needs, from where one is."""
    return Button(texts.say("bouton_lieux_besoin"), encode(PlacePressed(PlaceAction.NEEDS, where=where)))
