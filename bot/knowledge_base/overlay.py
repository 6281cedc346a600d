"""Lays `knowledge/contributions/` over the files that editors write: topics, wordings and corrections of staff.

An editor's file always wins: a correction of a text that was changed meanwhile is told and left out.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.contributions import wording_key
from bot.knowledge_base.contribution_files import FOLDER, ContributionFiles
from bot.knowledge_base.contribution_schema import Correction, LearntOffTopic, LearntPhrases, LearntWording, Question
from bot.knowledge_base.french_errors import validate
from bot.knowledge_base.problems import ProblemList
from bot.knowledge_base.schema import PHRASES_WANTED, ShortTopic
from bot.knowledge_base.topic_file import TopicFile
from bot.knowledge_base.yaml_file import Place, YamlFile, read_yaml


@dataclass(slots=True)
class Overlay:
    """What staff taught, file by file."""

    topics: list[TopicFile] = field(default_factory=list)
    phrases: list[tuple[YamlFile, LearntPhrases]] = field(default_factory=list)
    corrections: list[tuple[YamlFile, Correction]] = field(default_factory=list)
    off_topic: list[LearntWording] = field(default_factory=list)

    def questions(self) -> list[Question]:
        """The regression questions: those of attached wordings, and the phrases of new topics."""
        found = [item.question for _, learnt in self.phrases for item in learnt.phrases]
        found += [item.question for item in self.off_topic]
        found += [Question(q=phrase, id=topic.entry.id) for topic in self.topics for phrase in topic.entry.phrases]
        return found


def read_overlay(folder: Path, problems: ProblemList) -> Overlay:
    """Everything under `contributions/`; what cannot be used is a problem like in any other file."""
    files, found = ContributionFiles(folder), Overlay()
    if not (folder / FOLDER).is_dir():
        return found
    for path in files.topics():
        file = read_yaml(path, problems)
        entry = validate(ShortTopic, file, problems) if file else None
        if file and entry:
            found.topics.append(TopicFile(path.parent.name, entry, file))
    for path in files.phrases():
        file = read_yaml(path, problems)
        learnt = validate(LearntPhrases, file, problems) if file else None
        if file and learnt:
            found.phrases.append((file, learnt))
    for path in files.corrections():
        file = read_yaml(path, problems)
        correction = validate(Correction, file, problems) if file else None
        if file and correction:
            found.corrections.append((file, correction))
    if files.off_topic_path.exists():
        file = read_yaml(files.off_topic_path, problems)
        off_topic = validate(LearntOffTopic, file, problems) if file else None
        found.off_topic = list(off_topic.hors_champ) if off_topic else []
    return found


def lay_over(topics: Sequence[TopicFile], overlay: Overlay, problems: ProblemList) -> list[TopicFile]:
    """The topics with what staff added and corrected."""
    for topic in overlay.topics:
        count = len(topic.entry.phrases)
        if count < PHRASES_WANTED:
            message = f"sujet créé par l'équipe, à compléter : {count} phrase(s), il en faut {PHRASES_WANTED}"
            problems.report(topic.file.path, topic.file.line(("phrases",)), message, blocking=False, hint=True)
    in_base = {topic.entry.id for topic in topics}
    added = [topic for topic in overlay.topics if topic.entry.id not in in_base]
    for topic in overlay.topics:
        if topic not in added:
            message = f"le sujet « {topic.entry.id} » est déjà dans la base : celui-ci n'est pas lu"
            problems.report(topic.file.path, topic.file.line(("id",)), message, blocking=False)
    together = {topic.entry.id: topic for topic in (*topics, *added)}
    for file, learnt in overlay.phrases:
        if learnt.sujet not in together:
            message = f"le sujet « {learnt.sujet} » n'existe plus : ces phrases ne sont pas lues"
            problems.report(file.path, file.line(("sujet",)), message, blocking=False)
    corrected = _corrected(together, overlay, problems)
    return [_with_phrases(corrected.get(topic.entry.id, topic), overlay) for topic in (*topics, *added)]


def all_off_topic(base: Sequence[str], overlay: Overlay) -> tuple[str, ...]:
    """The messages that no topic covers, those of staff last."""
    return _joined(base, [item.texte for item in overlay.off_topic])


def place_of(name: str) -> Place:
    """« contacts.0.telephone » as a place in the data."""
    return tuple(int(part) if part.isdigit() else part for part in name.split("."))


def value_at(data: Any, place: Place) -> Any:
    """What stands at a place; [] where there is nothing."""
    for part in place:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return []
    return data


def change_at(data: Any, place: Place, value: str | list[str]) -> bool:
    """Put a value at a place; False when there is nowhere to put it."""
    holder = value_at(data, place[:-1]) if len(place) > 1 else data
    last = place[-1]
    if isinstance(last, int):
        if not isinstance(holder, list) or last >= len(holder):
            return False
    elif not isinstance(holder, dict):
        return False
    holder[last] = value
    return True


def _corrected(topics: dict[str, TopicFile], overlay: Overlay, problems: ProblemList) -> dict[str, TopicFile]:
    """The corrected topics, by id."""
    by_topic: dict[str, list[tuple[YamlFile, Correction]]] = defaultdict(list)
    for file, correction in overlay.corrections:
        by_topic[correction.sujet].append((file, correction))
    found: dict[str, TopicFile] = {}
    for name, corrections in by_topic.items():
        topic = topics.get(name)
        if topic is None:
            for file, _ in corrections:
                message = f"le sujet « {name} » n'existe plus : cette correction n'est pas lue"
                problems.report(file.path, file.line(("sujet",)), message, blocking=False)
            continue
        data = copy.deepcopy(topic.file.data)
        for file, correction in corrections:
            place = place_of(correction.champ)
            now = value_at(data, place)
            if now == correction.new():
                continue
            if now != correction.old() or not change_at(data, place, correction.new()):
                message = f"« {correction.champ} » a changé dans la base depuis : cette correction n'est pas lue"
                problems.report(file.path, file.line(("avant",)), message, blocking=False)
        entry = validate(ShortTopic, YamlFile(topic.file.path, data, topic.file.lines), problems)
        if entry is not None:
            found[name] = TopicFile(topic.theme, entry, topic.file)
    return found


def _with_phrases(topic: TopicFile, overlay: Overlay) -> TopicFile:
    learnt = [item.texte for _, one in overlay.phrases if one.sujet == topic.entry.id for item in one.phrases]
    if not learnt:
        return topic
    phrases = list(_joined(topic.entry.phrases, learnt))
    return TopicFile(topic.theme, topic.entry.model_copy(update={"phrases": phrases}), topic.file)


def _joined(base: Sequence[str], learnt: Sequence[str]) -> tuple[str, ...]:
    """The learnt ones behind the others, without what an editor wrote meanwhile."""
    seen = {wording_key(text) for text in base}
    found = list(base)
    for text in learnt:
        if (key := wording_key(text)) not in seen:
            seen.add(key)
            found.append(text)
    return tuple(found)
