"""What staff add to the knowledge base in conversation: drafts of topics, and the changes that came of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.domain.models import Contact, Link, Source, Topic
from bot.domain.text import STOP_WORDS, fold
from bot.domain.texts import Texts

_LONGEST_ID = 40
LONGEST_BUTTON = 24
_LONGEST_BRIEF = 70
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
REVIEW_MONTHS = 6
LONGEST_WORDING = 1_000


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """A topic as staff tell it, before anything is checked. `id` is made from the title when it is left empty."""

    theme: str
    titre: str
    reponse: str
    etapes: tuple[str, ...] = ()
    liens: tuple[Link, ...] = ()
    contacts: tuple[Contact, ...] = ()
    sources: tuple[Source, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was written: the files, one French line that says what, and the id that undoes it.

    `topic` is the topic that it is about; None for a wording that no topic covers.
    """

    id: str
    paths: tuple[Path, ...]
    summary: str
    topic: str | None = None


def one_line(text: str) -> str:
    """The text as it may stand in a file: printable, on one line, spaces single."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def wording_key(text: str) -> str:
    """What two wordings that say the same have in common."""
    return " ".join(fold(text).replace("?", " ").replace("!", " ").replace(".", " ").split())


def topic_id(title: str, taken: Collection[str]) -> str:
    """An id made of the title's telling words, that no other topic has."""
    said = _NOT_LETTERS.sub(" ", fold(title)).split()
    told = [word for word in said if word not in STOP_WORDS and len(word) > 1] or said
    name = ""
    for word in told:
        if len(name) + len(word) >= _LONGEST_ID:
            break
        name = f"{name}-{word}" if name else word
    name = name or (told[0][:_LONGEST_ID] if told else "sujet")
    found, number = name, 2
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    return found


def draft_topic(draft: TopicDraft, wordings: tuple[str, ...], *, today: date, texts: Texts) -> Topic:
    """The topic that a draft makes, exactly as residents would read it."""
    title = one_line(draft.titre)
    return Topic(
        id=draft.id,
        theme=draft.theme,
        title=title,
        button=_shortened(title, LONGEST_BUTTON),
        brief=_shortened(title, _LONGEST_BRIEF),
        answer=one_line(draft.reponse),
        steps=tuple(filter(None, map(one_line, draft.etapes))),
        documents=(),
        contacts=draft.contacts,
        links=draft.liens,
        facets=_facets(draft, texts),
        phrases=wordings,
        keywords=(title,) if title else (),
        see_also=(),
        not_with=(),
        sources=draft.sources,
        checked_on=today,
        review_after_months=REVIEW_MONTHS,
        confidence="moyenne",
    )


def _facets(draft: TopicDraft, texts: Texts) -> dict[str, str]:
    """How to do it without the internet: by whoever can be called, else seen."""
    for contact in draft.contacts:
        if contact.phone:
            said = texts.say("contribution_par_telephone", nom=contact.name, numero=contact.phone)
            return {"sans_internet": said}
    for contact in draft.contacts:
        if contact.address:
            said = texts.say("contribution_sur_place", nom=contact.name, adresse=contact.address)
            return {"sans_internet": said}
    return {}


def _shortened(text: str, most: int) -> str:
    """The first words of a text that fit; the last one cut when it is alone."""
    if len(text) <= most:
        return text
    kept = text[: most + 1].rpartition(" ")[0]
    while kept and fold(kept.rpartition(" ")[2].rpartition("'")[2]) in STOP_WORDS:  # "Trouver un stage pour le"
        kept = kept.rpartition(" ")[0]
    return kept.rstrip(" ,;:(") or text[:most]
