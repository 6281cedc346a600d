"""Checks what staff want to publish, with the same models and rules as an editor's file."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.domain.contributions import one_line
from bot.domain.knowledge import Knowledge
from bot.domain.models import Topic
from bot.domain.privacy import redact
from bot.errors import AccesDroitsError
from bot.knowledge_base import cross_checks
from bot.knowledge_base.contribution_files import ContributionFiles
from bot.knowledge_base.contribution_schema import LIST_FIELDS
from bot.knowledge_base.french_errors import validate
from bot.knowledge_base.overlay import change_at, place_of, read_overlay, value_at
from bot.knowledge_base.problems import ProblemList
from bot.knowledge_base.schema import ShortTopic
from bot.knowledge_base.topic_file import TopicFile
from bot.knowledge_base.topic_writing import topic_text
from bot.knowledge_base.yaml_file import YamlFile, parse_yaml, read_yaml

_FIXED = frozenset({"id", "phrases", "voir_aussi", "pas_avec"})
# Personal numbers never belong in an answer; names, phones and addresses of services do.
_NEVER_PUBLISHED = frozenset(
    {"numéro de sécurité sociale", "numéro d'allocataire", "numéro fiscal", "numéro d'étranger", "IBAN",
     "carte bancaire", "date de naissance", "plaque"}
)  # fmt: skip
# What is made from the title and the contacts: their own problem says enough.
_MADE_FROM_OTHERS = re.compile("« (bouton|en_bref|mots|facettes sans_internet)")


class CorrectionError(AccesDroitsError):
    """A correction cannot be made as it was asked."""


def topic_problems(topic: Topic, knowledge: Knowledge) -> tuple[str, ...]:
    """Everything that is wrong with a new topic, one French sentence each."""
    problems = ProblemList(Path())
    if topic.theme not in {theme.id for theme in knowledge.themes}:
        problems.report(Path(), 1, f"le thème « {topic.theme} » n'existe pas")
    if any(one.title == topic.title for one in knowledge.topics.values()):
        problems.report(Path(), 1, f"un sujet s'appelle déjà « {topic.title} »")
    if not any(contact.phone or contact.address for contact in topic.contacts):
        problems.report(Path(), 1, "il faut au moins un contact humain : un téléphone ou une adresse")
    path = Path(f"{topic.id}.yaml")
    file = parse_yaml(path, topic_text(topic, ""), problems)
    if file is not None:
        _check_entry(file, topic.theme, knowledge.topics.keys(), problems)
    for text in (topic.title, topic.answer, *topic.steps):
        for kind in _NEVER_PUBLISHED & set(redact(text).kinds):
            problems.report(path, 1, f"« {text} » semble contenir une donnée personnelle ({kind})")
    return _sentences(problem for problem in problems if not _MADE_FROM_OTHERS.search(problem.message))


def correction(folder: Path, topic: str, field: str, value: str) -> tuple[str | list[str], str | list[str]]:
    """What stands at a place of a topic now, and what would; raises CorrectionError with what is wrong."""
    theme, file = _current(folder, topic)
    place = place_of(field)
    if place[0] in _FIXED:
        raise CorrectionError(f"« {field} » ne se corrige pas ici.")
    before = value_at(file.data, place)
    lines = [line for line in map(one_line, value.splitlines()) if line]
    after: str | list[str] = lines if field in LIST_FIELDS else " ".join(lines)
    if isinstance(before, dict) or (isinstance(before, list) and before and field not in LIST_FIELDS):
        raise CorrectionError(f"« {field} » n'est pas un texte : choisissez une ligne précise.")
    if before == after:
        raise CorrectionError("Ce texte est déjà celui de la réponse.")
    changed = YamlFile(file.path, copy.deepcopy(file.data), file.lines)
    if not after or not change_at(changed.data, place, after):
        raise CorrectionError(f"« {field} » ne peut pas recevoir ce texte.")
    known = {path.stem for path in (folder / "sujets").glob("*/*.yaml")}
    known |= {path.stem for path in ContributionFiles(folder).topics()}
    old, new = ProblemList(folder), ProblemList(folder)
    _check_entry(file, theme, known, old)
    _check_entry(changed, theme, known, new)
    said = {problem.message for problem in old}
    if fresh := [problem for problem in new if problem.message not in said]:
        raise CorrectionError("\n".join(_sentences(fresh)))
    return before, after


def _current(folder: Path, topic: str) -> tuple[str, YamlFile]:
    """A topic's theme and its file as the corrections made so far leave it."""
    contributed = {path.stem: path for path in ContributionFiles(folder).topics()}
    path = next((folder / "sujets").glob(f"*/{topic}.yaml"), contributed.get(topic))
    problems = ProblemList(folder)
    file = read_yaml(path, problems) if path else None
    if path is None or file is None:
        raise CorrectionError(f"Le sujet « {topic} » ne peut pas être lu.")
    for _, made in read_overlay(folder, problems).corrections:
        if made.sujet == topic:
            place = place_of(made.champ)
            if value_at(file.data, place) == made.old():
                change_at(file.data, place, made.new())
    return path.parent.name, file


def _check_entry(file: YamlFile, theme: str, known: Iterable[str], problems: ProblemList) -> None:
    entry = validate(ShortTopic, file, problems)
    if entry is not None:
        cross_checks.check_topics([TopicFile(theme, entry, file)], {*known, entry.id}, problems)


def _sentences(problems: Iterable[Any]) -> tuple[str, ...]:
    said = dict.fromkeys(problem.message for problem in problems)
    return tuple(f"{message[:1].upper()}{message[1:]}" for message in said)
