"""A session as the mediator sees it: what is known of it so far, and a button for each thing left to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.coop import DURATIONS, Option, label_of
from bot.domain.knowledge import Knowledge
from bot.domain.places import welcoming
from bot.domain.sessions import KINDS, LISTED, OTHER, Field, Session
from bot.domain.texts import Texts
from bot.services.clock import PARIS
from handlers.render.answer import french_date
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import Button, Keyboard, Screen, cut_label, rows_of
from handlers.render.session_words import (
    clock_words,
    equipment_words,
    kind_name,
    place_title,
    place_words,
    topic_names,
)
from handlers.session_data import SessionAction, encode, option, place_name

_FIELD_BUTTONS: tuple[tuple[Field, str], ...] = (
    ("place_type", "bouton_seance_lieu"),
    ("autonomy", "bouton_seance_autonomie"),
    ("equipment", "bouton_seance_materiel"),
    ("orientation", "bouton_seance_orientation"),
)
_MOST_PLACES = 6


def begin_screen(knowledge: Knowledge) -> Screen:
    """Which kind of session: one press begins it."""
    texts = knowledge.texts
    rows = tuple((Button(kind_name(texts, kind), encode(SessionAction.START, about=kind)),) for kind in KINDS)
    return Screen(join_blocks([bold(texts.say("seance_quelle")), escape(texts.say("seance_mode"))]), rows)


def card_screen(knowledge: Knowledge, session: Session, *, opening: str = "") -> Screen:
    """An open session."""
    texts = knowledge.texts
    blocks = [escape(opening), card_text(knowledge, session), escape(texts.say("seance_aide"))]
    ending = (Button(texts.say("bouton_seance_fin"), encode(SessionAction.END, session.id)),)
    return Screen(join_blocks(blocks), (*field_buttons(knowledge, session), ending, delete_row(knowledge, session)))


def card_text(knowledge: Knowledge, session: Session) -> str:
    """What is known of a session, a line each."""
    texts, coop = knowledge.texts, knowledge.coop
    begun = session.started.astimezone(PARIS)
    title = texts.say(
        "seance_titre", nom=kind_name(texts, session.kind), jour=french_date(begun.date()), heure=_hour(begun)
    )
    left = texts.say("seance_a_choisir")
    said = {
        "bouton_seance_lieu": place_words(knowledge, session),
        "bouton_seance_autonomie": label_of(coop.autonomy, session.autonomy),
        "bouton_seance_materiel": equipment_words(knowledge, session),
        "bouton_seance_orientation": label_of(coop.orientation, session.orientation),
    }
    lines = [texts.say("seance_ligne", nom=texts.say(key), valeur=value or left) for key, value in said.items()]
    if session.kept:
        lines.append(texts.say("seance_sujets", sujets=", ".join(topic_names(knowledge, session.kept))))
    lines.append(
        texts.say(
            "seance_compte",
            questions=len(session.noted("question")),
            besoins=len(session.noted("need")),
            fiches=len(session.noted("handout")),
        )
    )
    return "\n".join([bold(title), *map(escape, lines)])


def field_buttons(knowledge: Knowledge, session: Session) -> Keyboard:
    """A button for each thing that can be set; the duration once there is one."""
    texts = knowledge.texts
    fields = [*_FIELD_BUTTONS, *((("duration", "bouton_seance_duree"),) if not session.is_open else ())]
    buttons = [Button(texts.say(key), encode(SessionAction.FIELD, session.id, field)) for field, key in fields]
    return rows_of(buttons, 2)


def delete_row(knowledge: Knowledge, session: Session) -> tuple[Button, ...]:
    """One press deletes the session."""
    return (Button(knowledge.texts.say("bouton_seance_supprimer"), encode(SessionAction.DELETE, session.id)),)


def field_screen(knowledge: Knowledge, session: Session, field: Field) -> Screen:
    """The choices of one field; equipment stays open, since there may be several."""
    texts, coop = knowledge.texts, knowledge.coop
    offered: dict[Field, tuple[Option, ...]] = {
        "equipment": coop.equipment,
        "autonomy": coop.autonomy,
        "orientation": coop.orientation,
    }
    if field == "duration":
        buttons = [_option(session, field, str(minutes), clock_words(minutes)) for minutes in DURATIONS]
        return Screen(
            _asked(knowledge, session, "seance_duree_question"), (*rows_of(buttons, 3), _back(texts, session))
        )
    buttons = [_option(session, field, one.code, _ticked(session, field, one)) for one in offered.get(field, ())]
    rows = rows_of(buttons, 1)
    return Screen(_asked(knowledge, session, f"seance_{_QUESTIONS[field]}_question"), (*rows, _back(texts, session)))


def places_screen(knowledge: Knowledge, session: Session, recent: Sequence[tuple[str, str]]) -> Screen:
    """Where: the last places first, then those that receive anybody, then La Coop's other kinds."""
    offered = list(recent)
    for place in welcoming(knowledge.places.places.values()):
        if len(offered) >= _MOST_PLACES:
            break
        if (LISTED, place.id) not in offered:
            offered.append((LISTED, place.id))
    buttons = [
        Button(
            _place_label(knowledge, place_type, place),
            encode(SessionAction.PLACE, session.id, place_name(place_type, place)),
        )
        for place_type, place in offered
    ]
    kinds = [
        _option(session, "place_type", one.code, one.button) for one in knowledge.coop.place_types if one.code != LISTED
    ]
    rows = (*rows_of(buttons, 1), *rows_of(kinds, 3), _back(knowledge.texts, session))
    return Screen(_asked(knowledge, session, "seance_lieu_question"), rows)


def known_places(knowledge: Knowledge, recent: Sequence[tuple[str, str]]) -> list[str]:
    """The names of every place that a button may stand for."""
    ours = (place_name(LISTED, place) for place in knowledge.places.places)
    return [*ours, *(place_name(place_type, place) for place_type, place in recent)]


_QUESTIONS: dict[Field, str] = {"equipment": "materiel", "autonomy": "autonomie", "orientation": "orientation"}


def _asked(knowledge: Knowledge, session: Session, key: str) -> tuple[str, ...]:
    return join_blocks([card_text(knowledge, session), bold(knowledge.texts.say(key))])


def _option(session: Session, field: Field, code: str, label: str) -> Button:
    return Button(label, encode(SessionAction.SET, session.id, option(field, code)))


def _ticked(session: Session, field: Field, one: Option) -> str:
    return f"✓ {one.button}" if field == "equipment" and one.code in session.equipment else one.button


def _place_label(knowledge: Knowledge, place_type: str, place: str) -> str:
    known = knowledge.places.places.get(place) if place_type == LISTED else None
    return cut_label(known.button if known else place_title(knowledge, place_type, place) or OTHER)


def _back(texts: Texts, session: Session) -> tuple[Button, ...]:
    return (Button(texts.say("bouton_seance_voir"), encode(SessionAction.CARD, session.id)),)


def _hour(moment: datetime) -> str:
    return f"{moment.hour} h {moment.minute:02d}"
