"""A mediator's own month and the team's, as a screen; and the own month as a table with La Coop's columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from bot.domain.coop import label_of
from bot.domain.knowledge import Knowledge
from bot.domain.session_figures import SMALLEST_SHOWN, Shown, shown_counts, shown_parts
from bot.domain.sessions import ACTIVITY, KINDS, Session
from bot.services.clock import PARIS
from bot.services.session_figures import OwnMonth, TeamMonth
from handlers.render.answer import french_partial_date
from handlers.render.html import bold, escape, join_blocks
from handlers.render.screen import Screen
from handlers.render.session_draft import note_lines, session_themes
from handlers.render.session_words import clock_words, equipment_words, kind_name, place_title, topic_names

# The columns of La Coop's own export that a session can fill; those about the person stay out.
COLUMNS = (
    "Date",
    "Type",
    "Canaux d’accompagnement",
    "Lieu",
    "Durée (min)",
    "Matériel numérique utilisé",
    "Thématique(s) d’accompagnement",
    "Nom de la démarche administrative",
    "Niveau d’autonomie du bénéficiaire",
    "Le bénéficiaire est-il orienté vers une autre structure ?",
    "Structure de redirection",
    "Notes supplémentaires",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STARS = {"entierement_accompagne": "1/3", "partiellement_autonome": "2/3", "autonome": "3/3"}


def own_month_screen(knowledge: Knowledge, own: OwnMonth) -> Screen:
    """Only the mediator's own numbers, all of them."""
    texts, counted = knowledge.texts, own.figures
    blocks = [bold(texts.say("bilan_titre", mois=_month_name(own.month)))]
    if not counted.sessions:
        return Screen(join_blocks([*blocks, escape(texts.say("bilan_rien"))]))
    blocks.append(_totals(knowledge, own))
    kinds = [(kind_name(texts, kind), counted.kinds[kind]) for kind in KINDS if counted.kinds.get(kind)]
    themes = sorted(counted.themes.items(), key=lambda item: (-item[1], item[0]))
    autonomy = [(one.button, counted.autonomy.get(one.code, 0)) for one in knowledge.coop.autonomy]
    for key, rows in (("bilan_sortes", kinds), ("bilan_themes", themes), ("bilan_autonomie", autonomy)):
        blocks.append(_table(knowledge, key, (Shown(name, number) for name, number in rows if number)))
    return Screen(join_blocks(blocks))


def team_month_blocks(knowledge: Knowledge, team: TeamMonth) -> list[str]:
    """The team's numbers for staff: nothing that is one mediator's."""
    texts, counted = knowledge.texts, team.figures
    blocks = [bold(texts.say("bilan_equipe", mois=_month_name(team.month)))]
    if counted is None:
        return [*blocks, escape(texts.say("bilan_equipe_trop_peu"))]
    blocks.append(_totals(knowledge, team))
    names = {kind: kind_name(texts, kind) for kind in KINDS}
    kinds = [Shown(names[one.name], one.number) for one in shown_parts(counted.kinds)]  # type: ignore[index]
    codes = [one.code for one in knowledge.coop.autonomy]
    autonomy = [
        Shown(next(option.button for option in knowledge.coop.autonomy if option.code == one.name), one.number)
        for one in shown_parts(counted.autonomy, names=codes)
    ]
    for key, rows in (
        ("bilan_sortes", kinds),
        ("bilan_themes", shown_counts(counted.themes)),
        ("bilan_autonomie", autonomy),
    ):
        blocks.append(_table(knowledge, key, rows))
    blocks.append(escape(texts.say("bilan_equipe_regle", nombre=SMALLEST_SHOWN)))
    return blocks


def own_month_csv(knowledge: Knowledge, own: OwnMonth) -> bytes:
    """One row a session, as spreadsheets in French open it."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(value) for value in _row(knowledge, session)] for session in own.sessions)
    return table.getvalue().encode("utf-8-sig")


def _row(knowledge: Knowledge, session: Session) -> tuple[str, ...]:
    coop, texts = knowledge.coop, knowledge.texts
    oriented = label_of(coop.orientation, session.orientation)
    elsewhere = bool(oriented) and session.orientation != "aucune"
    return (
        f"{session.started.astimezone(PARIS):%d/%m/%Y}",
        label_of(coop.activities, ACTIVITY[session.kind]),
        label_of(coop.place_types, session.place_type),
        place_title(knowledge, session.place_type, session.place),
        str(session.minutes),
        equipment_words(knowledge, session),
        ", ".join(session_themes(knowledge, session)),
        ", ".join(topic_names(knowledge, session.topics)),
        _STARS.get(session.autonomy, ""),
        texts.say("coop_oui") if elsewhere else oriented,
        oriented if elsewhere else "",
        " ; ".join(note_lines(knowledge, session)),
    )


def _cell(value: str) -> str:
    """A spreadsheet must take no cell for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def _totals(knowledge: Knowledge, month: OwnMonth | TeamMonth) -> str:
    counted = month.figures
    if counted is None:
        return ""
    texts = knowledge.texts
    lines = [
        texts.say("bilan_seances", nombre=counted.sessions, duree=clock_words(counted.minutes)),
        texts.say("bilan_compte", questions=counted.questions, besoins=counted.needs, fiches=counted.handouts),
    ]
    return "\n".join(map(escape, lines))


def _table(knowledge: Knowledge, title: str, rows: Iterable[Shown]) -> str:
    texts = knowledge.texts
    lines = [
        texts.say("bilan_moins", nom=one.name, nombre=SMALLEST_SHOWN)
        if one.number is None
        else texts.say("bilan_ligne", nom=one.name, nombre=one.number)
        for one in rows
    ]
    return "\n".join([bold(texts.say(title)), *(f"• {escape(line)}" for line in lines)]) if lines else ""


def _month_name(month: date) -> str:
    return french_partial_date(f"{month:%Y-%m}")
