"""What is kept about a person, the erasure, and the privacy notice, as residents read them."""

from __future__ import annotations

from bot.domain.knowledge import Knowledge
from bot.domain.roles import Role
from bot.domain.texts import Texts
from bot.services.clock import PARIS
from bot.services.my_data import PersonalData
from bot.services.retention import SESSIONS
from handlers.personal_data_buttons import Kind, encode
from handlers.render.answer import french_date
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import Button, Screen

_QUESTION = 200  # characters of a question; the file has it whole


def role_name(texts: Texts, role: Role) -> str:
    """A role in French."""
    return texts.say("role_equipe" if role == "staff" else "role_mediateur")


def my_data_screen(knowledge: Knowledge, data: PersonalData) -> Screen:
    """Everything tied to a person, each with its last day."""
    texts = knowledge.texts
    lines: list[str] = []
    if data.role is not None and data.role_expires is not None:
        until = french_date(data.role_expires)
        lines.append(texts.say("donnees_role", role=role_name(texts, data.role), date=until))
    elif data.role is not None:
        lines.append(texts.say("donnees_role_reglages", role=role_name(texts, data.role)))
    for choice in data.preferences:
        value, until = _choice(texts, choice.name, choice.value), french_date(choice.expires)
        lines.append(texts.say("donnees_reglage", valeur=value, date=until))
    for one in data.follow_ups:
        question = one.question if len(one.question) <= _QUESTION else f"{one.question[:_QUESTION]}…"
        lines.append(texts.say("donnees_avis", question=question, date=french_date(one.expires)))
    if data.sessions:
        until = french_date(SESSIONS.last_day(data.sessions[-1].started.astimezone(PARIS).date()))
        lines.append(texts.say("donnees_seances", nombre=len(data.sessions), date=until))
    if data.is_empty:
        lines.append(texts.say("donnees_rien"))
    blocks = [
        bold(texts.say("donnees_titre")),
        "\n".join(f"• {escape(line)}" for line in lines),
        escape(texts.say("donnees_questions")),
        escape(texts.say("donnees_suite")),
    ]
    return Screen(join_blocks(blocks))


def _choice(texts: Texts, name: str, value: str) -> str:
    if name == "short_answers":
        return texts.say("donnees_courtes" if value == "yes" else "donnees_completes")
    if name == "one_step":
        return texts.say("donnees_une_etape" if value == "yes" else "donnees_etapes")
    if name == "language":
        return texts.say("donnees_langue", langue=value)
    if name == "read_aloud":
        return texts.say("donnees_lecture" if value == "yes" else "donnees_sans_lecture")
    return f"{name} : {value}"


def erase_screen(knowledge: Knowledge) -> Screen:
    """The question before everything is erased."""
    texts = knowledge.texts
    return Screen(
        join_blocks([escape(texts.say("effacer_question")), escape(texts.say("donnees_questions"))]),
        (
            (Button(texts.say("bouton_effacer_oui"), encode(Kind.ERASE_ALL, "oui")),),
            (Button(texts.say("bouton_effacer_non"), encode(Kind.ERASE_ALL, "non")),),
        ),
    )


def all_erased_screen(knowledge: Knowledge, *, role_stays: bool) -> Screen:
    """What was done, what only others can do, and how to empty the conversation itself."""
    texts = knowledge.texts
    blocks = [texts.say("effacer_fait"), texts.say("effacer_role_reglages") if role_stays else ""]
    return Screen(join_blocks([escape(block) for block in (*blocks, texts.say("effacer_conversation"))]))


def privacy_screen(knowledge: Knowledge) -> Screen:
    """Who, what, why, how long, which rights, and the CNIL."""
    title, *paragraphs = knowledge.texts.say("confidentialite").split("\n\n")
    return Screen(join_blocks([bold(title), *map(escape, paragraphs)]))
