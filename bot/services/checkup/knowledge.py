"""The knowledge base, as `acces-droits check` reads it."""

from __future__ import annotations

import os
from pathlib import Path

from bot.knowledge_base.contribution_files import FOLDER
from bot.knowledge_base.loader import inspect_knowledge
from bot.services.checkup.finding import Finding, fine, problem, warning

_NAME = "Base de connaissances"


def check_knowledge(folder: Path) -> Finding:
    """It can be read, and has no mistake."""
    knowledge, problems = inspect_knowledge(folder)
    wrong = [one for one in problems if not one.hint]
    if knowledge is None:
        first = f" D'abord : {wrong[0]}" if wrong else ""
        advice = f"Corrigez les fichiers de {folder} (liste : acces-droits check), ou remettez ceux d'avant."
        return problem(_NAME, f"Elle ne peut pas être chargée ({len(wrong)} problème(s)).{first}", advice)
    if wrong:
        text = f"{len(knowledge.topics)} sujets, et {len(wrong)} problème(s). D'abord : {wrong[0]}"
        return warning(_NAME, text, "La liste : acces-droits check")
    return fine(_NAME, f"{len(knowledge.topics)} sujets, aucun problème.")


def check_publishing(folder: Path) -> Finding:
    """What staff publish in conversation can be written."""
    overlay = folder / FOLDER
    place = overlay if overlay.is_dir() else folder
    if place.is_dir() and not os.access(place, os.W_OK | os.X_OK):
        advice = f"Créez {overlay} et donnez-le au compte de l'assistant."
        return warning("Publication par l'équipe", f"{place} ne peut pas être écrit par ce compte.", advice)
    return fine("Publication par l'équipe", f"Les réponses publiées vont dans {overlay}.")
