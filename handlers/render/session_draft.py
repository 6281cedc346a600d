"""A session that is over, as a draft to paste into La Coop's form, field by field in its own words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.coop import label_of
from bot.domain.knowledge import Knowledge
from bot.domain.sessions import ACTIVITY, Session
from bot.services.clock import PARIS
from handlers.render.html import MESSAGE_LIMIT, escape, visible_length
from handlers.render.screen import Screen
from handlers.render.session_card import card_text, delete_row, field_buttons
from handlers.render.session_words import duration_words, equipment_words, place_words, topic_names

_NO = "aucune"


def draft_lines(knowledge: Knowledge, session: Session) -> list[str]:
    """One line for each field of the form; what was not said is left to be filled in."""
    texts, coop = knowledge.texts, knowledge.coop
    themes = session_themes(knowledge, session)
    digital = [theme for theme in themes if theme in coop.digital]
    administrative = [theme for theme in themes if theme in coop.administrative]
    begun = session.started.astimezone(PARIS)
    oriented = label_of(coop.orientation, session.orientation)
    fields = [
        ("coop_activite", label_of(coop.activities, ACTIVITY[session.kind])),
        ("coop_date", begun.strftime("%d/%m/%Y")),
        ("coop_duree", duration_words(texts, session.minutes)),
        ("coop_lieu", place_words(knowledge, session)),
        ("coop_materiel", equipment_words(knowledge, session)),
        ("coop_thematiques", ", ".join(digital)),
    ]
    if administrative:
        fields.append(("coop_administratives", ", ".join(administrative)))
        fields.append(("coop_demarche", ", ".join(topic_names(knowledge, session.topics))))
    fields.append(("coop_autonomie", label_of(coop.autonomy, session.autonomy)))
    if session.orientation == _NO or not oriented:
        fields.append(("coop_orientation", oriented))
    else:
        fields += [("coop_orientation", texts.say("coop_oui")), ("coop_structure", oriented)]
    empty = texts.say("coop_a_remplir")
    return [f"{texts.say(key)} : {value or empty}" for key, value in fields]


def note_lines(knowledge: Knowledge, session: Session) -> list[str]:
    """The notes of the form: the questions asked, what was missing or blocked, and the sheets handed out."""
    texts = knowledge.texts
    handouts = topic_names(knowledge, tuple(note.topic for note in session.noted("handout")))
    groups: list[tuple[str, Sequence[str]]] = [
        ("coop_questions", [note.text for note in session.noted("question") if note.text]),
        ("coop_besoins", [note.text for note in session.noted("need")]),
        ("coop_fiches", handouts),
    ]
    lines: list[str] = []
    for key, entries in groups:
        if entries:
            lines += [texts.say(key), *(f"- {entry}" for entry in entries)]
    return lines


def draft_text(knowledge: Knowledge, session: Session) -> str:
    """The whole draft, ready to paste."""
    notes = note_lines(knowledge, session)
    head = [f"{knowledge.texts.say('coop_notes')} :"] if notes else []
    return "\n".join([*draft_lines(knowledge, session), *head, *notes])


def ended_screen(knowledge: Knowledge, session: Session, opening: str) -> Screen:
    """The summary and, as far as one message holds it, the draft; both can be corrected from here."""
    summary = f"{escape(opening)}\n\n{card_text(knowledge, session)}"
    draft = f"<pre>{escape(draft_text(knowledge, session))}</pre>"
    text = f"{summary}\n\n{draft}"
    fits = visible_length(text) <= MESSAGE_LIMIT
    keyboard = (*field_buttons(knowledge, session), delete_row(knowledge, session))
    return Screen((text if fits else summary,), keyboard)


def draft_fits(knowledge: Knowledge, session: Session, opening: str) -> bool:
    """Whether the draft stands in the message; otherwise it comes as a file."""
    return "<pre>" in ended_screen(knowledge, session, opening).parts[0]


def session_themes(knowledge: Knowledge, session: Session) -> tuple[str, ...]:
    """La Coop's themes for what the session was about."""
    topics = [knowledge.topics[topic] for topic in session.topics if topic in knowledge.topics]
    return knowledge.coop.ordered(theme for topic in topics for theme in knowledge.coop.themes_of(topic))
