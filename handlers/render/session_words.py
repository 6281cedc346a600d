"""The words that the card, the draft and the figures of sessions share."""

from __future__ import annotations

from bot.domain.coop import label_of, usual_duration
from bot.domain.knowledge import Knowledge
from bot.domain.sessions import LISTED, Kind, Session
from bot.domain.texts import Texts

_KIND_TEXTS: dict[Kind, str] = {
    "individual": "seance_individuelle",
    "workshop": "seance_atelier",
    "remote": "seance_distance",
}


def kind_name(texts: Texts, kind: Kind) -> str:
    """A kind of session in French."""
    return texts.say(_KIND_TEXTS[kind])


def clock_words(minutes: int) -> str:
    """45 min, 1 h, 1 h 30."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def duration_words(texts: Texts, minutes: int) -> str:
    """A duration as La Coop's form has it, and what was measured when that is something else."""
    usual = usual_duration(minutes)
    if usual is None:
        return texts.say("coop_duree_autre", duree=clock_words(minutes))
    if usual == minutes:
        return clock_words(minutes)
    return texts.say("coop_duree_proche", proche=clock_words(usual), duree=clock_words(minutes))


def place_words(knowledge: Knowledge, session: Session) -> str:
    """La Coop's kind of place, and the place itself when one was named."""
    kind = label_of(knowledge.coop.place_types, session.place_type)
    return ", ".join(filter(None, (kind, place_title(knowledge, session.place_type, session.place))))


def place_title(knowledge: Knowledge, place_type: str, place: str) -> str:
    """The name of a place, of ours or typed."""
    known = knowledge.places.places.get(place) if place_type == LISTED else None
    return known.name if known else place


def equipment_words(knowledge: Knowledge, session: Session) -> str:
    """The equipment, in La Coop's words and order."""
    chosen = [option.label for option in knowledge.coop.equipment if option.code in session.equipment]
    return ", ".join(chosen)


def topic_names(knowledge: Knowledge, topics: tuple[str, ...]) -> list[str]:
    """Topics by the short name of their button; one that is gone from the base by its id."""
    return [knowledge.topics[topic].button if topic in knowledge.topics else topic for topic in topics]
