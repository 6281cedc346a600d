"""Takes staff's contributions over into the files that editors write, a line here and a text there, never a whole file.

Planned in memory first: what the plan shows is what is written. Whatever an editor changed meanwhile stays theirs, and
is told as a conflict with both texts.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.contributions import wording_key
from bot.errors import AccesDroitsError
from bot.knowledge_base.atomic_file import alone_in, remove, write_whole
from bot.knowledge_base.contribution_files import FOLDER, ContributionFiles
from bot.knowledge_base.contribution_schema import LIST_FIELDS, Correction, LearntWording, Question
from bot.knowledge_base.overlay import Overlay, place_of, read_overlay, value_at
from bot.knowledge_base.problems import KnowledgeError, ProblemList
from bot.knowledge_base.text_edits import (
    EditError,
    add_key,
    append_item,
    plain_data,
    remove_item,
    replace_items,
    replace_scalar,
)
from bot.knowledge_base.yaml_file import Place

_BOM = "\ufeff"
QUESTIONS = Path("evaluation") / "contributions.jsonl"


class ReviewError(AccesDroitsError):
    """The contributions cannot be taken over."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What an editor must decide: the place, why, what the base says there and what staff want."""

    path: Path
    where: str
    reason: str
    base: str
    wanted: str


@dataclass(slots=True)
class Plan:
    """The texts of files before and after (None: no such file), by path; and what cannot be done."""

    folder: Path
    before: dict[Path, str | None] = field(default_factory=dict)
    after: dict[Path, str | None] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    taken_over: int = 0

    def text(self, path: Path) -> str | None:
        """The file as the plan leaves it."""
        if path not in self.before:
            try:
                self.before[path] = path.read_bytes().decode("utf-8")
            except FileNotFoundError:
                self.before[path] = None
            except (OSError, UnicodeDecodeError) as error:
                raise ReviewError(f"{path} ne peut pas être lu") from error
            self.after[path] = self.before[path]
        return self.after[path]

    def changed(self, *, overlay: bool) -> list[Path]:
        """The files that change, in order: those of editors, or those of the overlay."""
        root = self.folder / FOLDER
        return [
            path
            for path in sorted(self.after)
            if self.after[path] != self.before[path] and (root in path.parents) == overlay
        ]

    def diff(self) -> Iterator[str]:
        """A unified diff of the editors' files, line by line."""
        for path in self.changed(overlay=False):
            name = path.relative_to(self.folder.parent).as_posix()
            old, new = self.before[path], self.after[path] or ""
            for line in difflib.unified_diff(
                (old or "").splitlines(keepends=True),
                new.splitlines(keepends=True),
                f"a/{name}" if old is not None else "/dev/null",
                f"b/{name}",
            ):
                yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def plan_review(folder: Path) -> Plan:
    """What taking everything over would do; raises KnowledgeError when a contribution cannot be read."""
    problems = ProblemList(folder)
    overlay, plan = read_overlay(folder, problems), Plan(folder)
    if problems:
        raise KnowledgeError(problems)
    questions = _take_topics(plan, overlay)
    questions += _take_phrases(plan, overlay)
    _take_corrections(plan, overlay)
    questions += _take_off_topic(plan, overlay)
    _add_questions(plan, questions)
    return plan


def apply_review(folder: Path) -> Plan:
    """Take over what can be, file by file, the editors' files first: stopped half way, it may be run again."""
    if not (folder / FOLDER).is_dir():
        return Plan(folder)
    try:
        with alone_in(folder / FOLDER):
            plan = plan_review(folder)
            for path in (*plan.changed(overlay=False), *plan.changed(overlay=True)):
                _write(path, plan.before[path], plan.after[path])
    except OSError as error:
        reason = error.strerror or "erreur du disque"
        raise ReviewError(f"{error.filename or folder} ne peut pas être écrit ({reason})") from error
    return plan


def _write(path: Path, before: str | None, after: str | None) -> None:
    now = path.read_bytes().decode("utf-8", "replace") if path.exists() else None
    if now != before:
        raise ReviewError(f"{path} vient d'être changé par quelqu'un : relancez la commande")
    if after is None:
        remove(path)
    else:
        write_whole(path, after)


def _take_topics(plan: Plan, overlay: Overlay) -> list[Question]:
    questions: list[Question] = []
    for topic in overlay.topics:
        source, name = topic.file.path, topic.entry.id
        text = (plan.text(source) or "").replace("$schema=../../../schema/", "$schema=../../schema/", 1)
        other = _topic_path(plan, name)
        if other is not None and plan.text(other) != text:
            reason = "un sujet du même nom est déjà dans la base"
            plan.conflicts.append(Conflict(source, "id", reason, plan.text(other) or "", text))
            continue
        target = other or plan.folder / "sujets" / topic.theme / f"{name}.yaml"
        plan.text(target)
        plan.after[target], plan.after[source] = text, None
        plan.taken_over += 1
        questions += [Question(q=phrase, id=name) for phrase in topic.entry.phrases]
    return questions


def _take_phrases(plan: Plan, overlay: Overlay) -> list[Question]:
    questions: list[Question] = []
    owners = _owners(plan) if overlay.phrases else {}
    for file, learnt in overlay.phrases:
        path = _topic_path(plan, learnt.sujet)
        done: list[int] = []
        for index, item in enumerate(learnt.phrases):
            owner = owners.get(wording_key(item.texte))
            where = f"phrases n° {index + 1}"
            if path is None:
                reason = f"le sujet « {learnt.sujet} » n'existe plus"
                plan.conflicts.append(Conflict(file.path, where, reason, "", item.texte))
            elif owner not in (None, learnt.sujet):
                reason = f"cette phrase est déjà dans le sujet « {owner} »"
                plan.conflicts.append(Conflict(file.path, where, reason, item.texte, item.texte))
            elif owner == learnt.sujet or _append(plan, path, ("phrases",), item, file.path, where):
                owners[wording_key(item.texte)] = learnt.sujet
                done.append(index)
                questions.append(item.question)
        _drop(plan, file.path, "phrases", done, len(learnt.phrases))
    return questions


def _take_off_topic(plan: Plan, overlay: Overlay) -> list[Question]:
    if not overlay.off_topic:
        return []
    path, source = plan.folder / "hors-champ.yaml", ContributionFiles(plan.folder).off_topic_path
    known = {wording_key(text) for text in plain_data(_bare(plan.text(path))).get("hors_champ", ())}
    done: list[int] = []
    for index, item in enumerate(overlay.off_topic):
        where = f"hors_champ n° {index + 1}"
        if wording_key(item.texte) in known or _append(plan, path, ("hors_champ",), item, source, where):
            known.add(wording_key(item.texte))
            done.append(index)
    _drop(plan, source, "hors_champ", done, len(overlay.off_topic))
    return [overlay.off_topic[index].question for index in done]


def _append(plan: Plan, path: Path, place: Place, item: LearntWording, source: Path, where: str) -> bool:
    try:
        _edit(plan, path, append_item(_bare(plan.text(path)), place, item.texte))
    except EditError as error:
        plan.conflicts.append(Conflict(source, where, str(error), "", item.texte))
        return False
    return True


def _drop(plan: Plan, path: Path, key: str, done: list[int], total: int) -> None:
    """Leave in the overlay only what could not be taken over."""
    plan.taken_over += len(done)
    text = plan.text(path) or ""
    if len(done) == total:
        plan.after[path] = None
        return
    for index in reversed(done):
        text = remove_item(text, (key,), index)
    plan.after[path] = text


def _take_corrections(plan: Plan, overlay: Overlay) -> None:
    for file, correction in overlay.corrections:
        path = _topic_path(plan, correction.sujet)
        if path is None:
            reason = f"le sujet « {correction.sujet} » n'existe plus"
            plan.conflicts.append(Conflict(file.path, correction.champ, reason, "", _shown(correction.new())))
            continue
        text, place = _bare(plan.text(path)), place_of(correction.champ)
        now = value_at(plain_data(text), place)
        try:
            if now != correction.new():
                if now != correction.old():
                    raise EditError("ce texte a changé dans la base depuis la correction")
                _edit(plan, path, _corrected(text, place, now, correction))
        except EditError as error:
            wanted = _shown(correction.new())
            plan.conflicts.append(Conflict(path, correction.champ, str(error), _shown(now), wanted))
            continue
        plan.text(file.path)
        plan.after[file.path] = None
        plan.taken_over += 1


def _corrected(text: str, place: Place, now: Any, correction: Correction) -> str:
    new = correction.new()
    if now == []:
        return add_key(text, place, _one(new))
    if correction.champ in LIST_FIELDS:
        return replace_items(text, place, new if isinstance(new, list) else [new])
    return replace_scalar(text, place, _one(new))


def _one(value: str | list[str]) -> str:
    if isinstance(value, list):
        raise EditError("cette liste n'existe pas encore dans le fichier : ajoutez-la à la main")
    return value


def _edit(plan: Plan, path: Path, text: str) -> None:
    mark = _BOM if (plan.text(path) or "").startswith(_BOM) else ""
    plan.after[path] = mark + text


def _bare(text: str | None) -> str:
    return (text or "").removeprefix(_BOM)


def _topic_path(plan: Plan, topic: str) -> Path | None:
    """The editors' file of a topic, as the plan leaves the folder."""
    root = plan.folder / "sujets"
    moved = next(
        (path for path, text in plan.after.items() if path.stem == topic and text and root in path.parents), None
    )
    return moved or next(root.glob(f"*/{topic}.yaml"), None)


def _owners(plan: Plan) -> dict[str, str]:
    """Which topic holds each phrase of the editors' files."""
    paths = {*(plan.folder / "sujets").glob("*/*.yaml"), *plan.changed(overlay=False)}
    found: dict[str, str] = {}
    for path in sorted(paths):
        try:
            phrases = plain_data(_bare(plan.text(path))).get("phrases", ())
        except (EditError, AttributeError) as error:
            raise ReviewError(f"{path} n'est pas lisible : lancez « acces-droits check »") from error
        found.update((wording_key(phrase), path.stem) for phrase in phrases)
    return found


def _add_questions(plan: Plan, questions: Iterable[Question]) -> None:
    path = plan.folder / QUESTIONS
    text = plan.text(path) or ""
    known = {(row["q"], row["id"]) for row in map(json.loads, filter(None, text.split("\n")))}
    lines = [text if text.endswith("\n") or not text else f"{text}\n"]
    for one in questions:
        if (one.q, one.id) not in known:
            known.add((one.q, one.id))
            row = {"q": one.q, "id": one.id, "register": one.registre, "also": list(one.also)}
            lines.append(json.dumps(row if one.id else {**row, "kind": "hors-sujet"}, ensure_ascii=False) + "\n")
    if len(lines) > 1:
        plan.after[path] = "".join(lines)


def _shown(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
