"""Reads the whole knowledge folder: every mistake at once, or a value that can answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel

from bot.domain.coop import Coop
from bot.domain.danger import BUILT_IN
from bot.domain.danger.points import DangerPoints
from bot.domain.danger.rules import DangerRules
from bot.domain.facets import Cues
from bot.domain.knowledge import Knowledge
from bot.domain.language import Languages
from bot.domain.models import SmallTalk, Theme, Vocabulary
from bot.domain.scam.lists import ScamLists
from bot.domain.texts import Texts
from bot.knowledge_base import cross_checks
from bot.knowledge_base.contribution_schema import Correction, LearntOffTopic, LearntPhrases
from bot.knowledge_base.coop_schema import CoopFile
from bot.knowledge_base.danger import DangerProblemsError, load_danger
from bot.knowledge_base.danger_points import NAME, DangerPointsError, load_points
from bot.knowledge_base.fingerprint import fingerprint
from bot.knowledge_base.french_errors import Model, validate
from bot.knowledge_base.language_schema import LanguageFile
from bot.knowledge_base.overlay import Overlay, all_off_topic, lay_over, read_overlay
from bot.knowledge_base.place_files import read_directory
from bot.knowledge_base.place_schema import CommuneFile, PlaceEntry
from bot.knowledge_base.problems import KnowledgeError, Problem, ProblemList
from bot.knowledge_base.scam_schema import ScamFile
from bot.knowledge_base.schema import PHRASES_WANTED, ShortTopic, Themes
from bot.knowledge_base.schema import Topic as TopicEntry
from bot.knowledge_base.speech_files import read_speeches
from bot.knowledge_base.speech_schema import SpeechFile
from bot.knowledge_base.stray_files import check_stray_files, is_hidden
from bot.knowledge_base.topic_file import TopicFile, topic_value
from bot.knowledge_base.translation_checks import check_translations
from bot.knowledge_base.words_schema import (
    AcronymFile,
    FacetFile,
    NeverBridgedFile,
    OffTopicFile,
    SmallTalkFile,
    SpellingFile,
    SynonymFile,
)
from bot.knowledge_base.yaml_file import read_yaml

_LOCATED = re.compile(r"(?::(\d+))?:? *(.*)", re.DOTALL)


def load_knowledge(folder: Path) -> Knowledge:
    """The knowledge base of a folder; raises KnowledgeError when a mistake keeps it from being used."""
    knowledge, problems = inspect_knowledge(folder)
    blocking = [problem for problem in problems if problem.blocking]
    if knowledge is None or blocking:
        raise KnowledgeError(blocking or problems)
    return knowledge


def inspect_knowledge(folder: Path) -> tuple[Knowledge | None, list[Problem]]:
    """The base as far as it can be read, and every problem, also those that only the check minds."""
    problems = ProblemList(folder)
    if not folder.is_dir():
        problems.report(folder, 1, "ce dossier n'existe pas ou ne peut pas être ouvert")
        return None, list(problems)
    state = fingerprint(folder)  # first: what changes while the rest is read makes it another state
    check_stray_files(folder, problems)
    themes = _themes(folder, problems)
    overlay = read_overlay(folder, problems)
    topics = _topics(folder, [theme.id for theme in themes], overlay, problems)
    small_talk = _small_talk(folder, problems)
    vocabulary = _vocabulary(folder, problems)
    off_topic = _one(folder / "hors-champ.yaml", OffTopicFile, problems)
    cues = _cues(folder / "facettes.yaml", problems)
    texts = cross_checks.read_texts(folder / "textes.yaml", problems)
    danger, dropped = _danger(folder / "danger.yaml", problems)
    languages = _one(folder / "langues.yaml", LanguageFile, problems) if (folder / "langues.yaml").exists() else None
    coop = _one(folder / "coop.yaml", CoopFile, problems) if (folder / "coop.yaml").exists() else None
    scams = _one(folder / "arnaques.yaml", ScamFile, problems) if (folder / "arnaques.yaml").exists() else None
    written = {path.stem for path in (folder / "sujets").glob("*/*.yaml")}
    written |= {topic.file.path.stem for topic in overlay.topics}
    cross_checks.check_topics(topics, written, problems)
    if topics:
        cross_checks.check_themes(folder / "themes.yaml", themes, topics, problems)
    if coop:
        names = {theme.id for theme in themes}
        cross_checks.check_coop(folder / "coop.yaml", coop, topics, written, names, problems)
    known = languages.value() if languages else Languages()
    spoken = read_speeches(folder / "langues", known, texts, themes, problems)
    check_translations(topics, {language.code for language in spoken.spoken}, problems)
    places = read_directory(folder, written | {topic.entry.id for topic in topics}, problems)
    if not topics and not problems:
        problems.report(folder / "sujets", 1, "il n'y a aucun sujet dans ce dossier")
    knowledge = Knowledge(
        themes=themes,
        topics={topic.entry.id: topic_value(topic) for topic in topics},
        small_talk=small_talk,
        vocabulary=vocabulary,
        texts=texts or Texts({}),
        danger=danger,
        off_topic=all_off_topic(off_topic.hors_champ if off_topic else (), overlay),
        cues=cues,
        languages=spoken,
        places=places,
        coop=coop.value() if coop else Coop(),
        scams=scams.value() if scams else ScamLists(),
        fingerprint=state,
        warnings=dropped,
    )
    return knowledge, sorted(problems)


def _one(path: Path, model: type[Model], problems: ProblemList) -> Model | None:
    file = read_yaml(path, problems)
    return validate(model, file, problems) if file else None


def _themes(folder: Path, problems: ProblemList) -> tuple[Theme, ...]:
    read = _one(folder / "themes.yaml", Themes, problems)
    return tuple(Theme(t.id, t.titre, t.bouton, t.aide, tuple(t.en_premier)) for t in read.themes) if read else ()


def _topics(folder: Path, themes: list[str], overlay: Overlay, problems: ProblemList) -> list[TopicFile]:
    """The topics of editors and of staff, in the order of their themes and names."""
    found: list[TopicFile] = []
    root = folder / "sujets"
    order = {theme: place for place, theme in enumerate(themes)}
    for path in sorted(root.rglob("*.yaml"), key=lambda p: (order.get(p.parent.name, 99), p.as_posix())):
        if path.parent.parent != root or is_hidden(path):
            continue  # said by check_stray_files, or an editor's own file
        if themes and path.parent.name not in order:
            problems.report(path, 1, f"le thème « {path.parent.name} » n'est pas dans themes.yaml")
        file = read_yaml(path, problems)
        entry = validate(ShortTopic, file, problems) if file else None
        if file and entry:
            found.append(TopicFile(path.parent.name, entry, file))
            if (count := len(entry.phrases)) < PHRASES_WANTED:
                message = f"« phrases » : il en faut au moins {PHRASES_WANTED}, il y en a {count}"
                problems.report(path, file.line(("phrases",)), message, blocking=False)
    for topic in overlay.topics:
        if themes and topic.theme not in order:
            problems.report(topic.file.path, 1, f"le thème « {topic.theme} » n'est pas dans themes.yaml")
    found = lay_over(found, overlay, problems)
    return sorted(found, key=lambda one: (order.get(one.theme, 99), f"{one.theme}/{one.file.path.name}"))


def _small_talk(folder: Path, problems: ProblemList) -> dict[str, SmallTalk]:
    path = folder / "bavardage.yaml"
    file = read_yaml(path, problems)
    read = validate(SmallTalkFile, file, problems) if file else None
    if not file or not read:
        return {}
    seen: set[str] = set()
    for index, entry in enumerate(read.bavardage):
        if entry.id in seen:
            line = file.line(("bavardage", index, "id"))
            problems.report(path, line, f"l'identifiant « {entry.id} » existe déjà dans ce fichier")
        seen.add(entry.id)
    return {
        entry.id: SmallTalk(entry.id, entry.reponse, tuple(entry.phrases), entry.proposer_aide)
        for entry in read.bavardage
    }


def _vocabulary(folder: Path, problems: ProblemList) -> Vocabulary:
    base = folder / "vocabulaire"
    synonyms = _one(base / "synonymes.yaml", SynonymFile, problems)
    spellings = _one(base / "ecritures.yaml", SpellingFile, problems)
    acronyms = _one(base / "sigles.yaml", AcronymFile, problems)
    for unknown in sorted(set(acronyms.se_dit) - set(acronyms.sigles)) if acronyms else ():
        problems.report(base / "sigles.yaml", 1, f"« {unknown} » se dit, mais ce sigle n'est pas défini plus haut")
    pairs = _one(base / "paires.yaml", NeverBridgedFile, problems)
    for number, pair in enumerate(pairs.paires if pairs else ()):
        if len(pair) != 2:
            problems.report(base / "paires.yaml", 1, f"la paire n° {number + 1} doit contenir deux mots")
    return Vocabulary(
        synonyms=tuple(tuple(group) for group in synonyms.synonymes) if synonyms else (),
        spellings=dict(spellings.ecritures) if spellings else {},
        acronyms=dict(acronyms.sigles) if acronyms else {},
        said=dict(acronyms.se_dit) if acronyms else {},
        never_bridged=tuple((pair[0], pair[1]) for pair in pairs.paires if len(pair) == 2) if pairs else (),
    )


def _cues(path: Path, problems: ProblemList) -> Cues:
    """The cues of precise questions; without the file there are none, and nothing else is lost."""
    read = _one(path, FacetFile, problems) if path.exists() else None
    if read is None:
        return Cues({})
    facets: dict[str, tuple[str, ...]] = {facet: tuple(texts) for facet, texts in read.facettes.items()}
    return Cues(facets, tuple(read.proches), tuple(read.mots_neutres))


def _danger(path: Path, problems: ProblemList) -> tuple[DangerRules, tuple[str, ...]]:
    """The danger rules of the file; the built-in ones, and why, when it cannot be used: danger answers never fail."""
    found = ProblemList(path.parent)
    rules = BUILT_IN
    if read_yaml(path, found) is not None:
        try:
            rules = load_danger(path)
        except DangerProblemsError as error:
            for text in error.problems:
                line, message = _LOCATED.fullmatch(text.removeprefix(str(path))).groups()  # type: ignore[union-attr]
                found.report(path, int(line or 1), message)
        else:
            rules = replace(rules, points=_points(path.with_name(NAME), found))
    problems.extend(replace(problem, blocking=False) for problem in found)
    return rules, tuple(map(str, found))


def _points(path: Path, problems: ProblemList) -> DangerPoints | None:
    """The points of words; without them, the rules stand alone."""
    try:
        return load_points(path)
    except DangerPointsError as error:
        problems.report(path, error.line, str(error))
        return None


def known_models() -> Iterable[tuple[str, type[BaseModel]]]:
    """The files an editor completes, with the model behind each (for the JSON Schemas)."""
    return (
        ("sujet", TopicEntry),
        ("themes", Themes),
        ("bavardage", SmallTalkFile),
        ("synonymes", SynonymFile),
        ("ecritures", SpellingFile),
        ("sigles", AcronymFile),
        ("paires", NeverBridgedFile),
        ("hors-champ", OffTopicFile),
        ("langues", LanguageFile),
        ("langue", SpeechFile),
        ("facettes", FacetFile),
        ("lieu", PlaceEntry),
        ("communes", CommuneFile),
        ("coop", CoopFile),
        ("arnaques", ScamFile),
        ("phrases-apprises", LearntPhrases),
        ("hors-champ-appris", LearntOffTopic),
        ("correction", Correction),
    )
