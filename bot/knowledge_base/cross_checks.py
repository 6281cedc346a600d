"""What no single block can tell: ids that clash, references to nowhere, one phrase in two topics, hard sentences."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from bot.domain.models import Theme
from bot.domain.text import fold
from bot.domain.texts import REQUIRED, Texts, placeholders
from bot.knowledge_base.coop_schema import CoopFile
from bot.knowledge_base.problems import ProblemList
from bot.knowledge_base.readability import MAX_WORDS, sentence_count, sentences, word_count
from bot.knowledge_base.schema import BUTTON_CHARACTERS
from bot.knowledge_base.topic_file import TopicFile
from bot.knowledge_base.yaml_file import Place, read_yaml

_MAX_SENTENCES = 5


def check_topics(topics: list[TopicFile], written: AbstractSet[str], problems: ProblemList) -> None:
    """Report what is wrong between topics, and what residents would find hard to read.

    `written` are the ids that have a file, also one that cannot be read: a reference to it is no second mistake.
    """
    by_id: dict[str, TopicFile] = {}
    for topic in topics:
        path, entry = topic.file.path, topic.entry
        if entry.id != path.stem:
            line = topic.file.line(("id",))
            problems.report(path, line, f"l'identifiant « {entry.id} » doit être égal au nom du fichier")
        if entry.id in by_id:
            other = by_id[entry.id].file.path
            line = topic.file.line(("id",))
            problems.report(
                path, line, f"l'identifiant « {entry.id} » existe déjà dans {other.parent.name}/{other.name}"
            )
        by_id.setdefault(entry.id, topic)
    phrases: dict[str, tuple[TopicFile, int]] = {}
    for topic in topics:
        _check_references(topic, written | by_id.keys(), problems)
        _check_phrases(topic, phrases, problems)
        _check_contacts(topic, problems)
        _check_links(topic, problems)
        _check_sentences(topic, problems)


def check_themes(path: Path, themes: Sequence[Theme], topics: list[TopicFile], problems: ProblemList) -> None:
    """Report a theme written twice, and one whose menu would be empty."""
    filled = {topic.theme for topic in topics}
    placed = {topic.entry.id: topic.theme for topic in topics}
    seen: set[str] = set()
    for theme in themes:
        if theme.id in seen:
            problems.report(path, 1, f"le thème « {theme.id} » est écrit deux fois")
        elif theme.id not in filled:
            problems.report(path, 1, f"le thème « {theme.id} » n'a aucun sujet", blocking=False)
        seen.add(theme.id)
        for name in theme.first:
            if placed.get(name) != theme.id:
                message = f"« en_premier » : le sujet « {name} » n'est pas dans le thème « {theme.id} »"
                problems.report(path, 1, message, blocking=False)


def check_coop(
    path: Path,
    coop: CoopFile,
    topics: Sequence[TopicFile],
    written: AbstractSet[str],
    themes: AbstractSet[str],
    problems: ProblemList,
) -> None:
    """Report what leads nowhere, and topics that would count for no theme of La Coop."""
    known = written | {topic.entry.id for topic in topics}
    for name in sorted(coop.par_sujet.keys() - known):
        problems.report(path, 1, f"le sujet « {name} » n'existe pas", blocking=False)
    for name in sorted(coop.par_theme.keys() - themes):
        problems.report(path, 1, f"le thème « {name} » n'existe pas", blocking=False)
    for topic in topics:
        if topic.entry.id not in coop.par_sujet and topic.theme not in coop.par_theme:
            message = f"le sujet « {topic.entry.id} » n'a pas de thématique de La Coop"
            problems.report(path, 1, message, blocking=False)


def _check_references(topic: TopicFile, known: AbstractSet[str], problems: ProblemList) -> None:
    for key in ("voir_aussi", "pas_avec"):
        for index, target in enumerate(getattr(topic.entry, key)):
            line = topic.file.line((key, index))
            if target == topic.entry.id:
                problems.report(topic.file.path, line, f"« {key} » renvoie au sujet lui-même")
            elif target not in known:
                problems.report(topic.file.path, line, f"« {key} » renvoie au sujet « {target} », qui n'existe pas")


def _check_phrases(topic: TopicFile, seen: dict[str, tuple[TopicFile, int]], problems: ProblemList) -> None:
    for index, phrase in enumerate(topic.entry.phrases):
        key = " ".join(fold(phrase).replace("?", " ").replace("!", " ").replace(".", " ").split())
        line = topic.file.line(("phrases", index))
        if not key:
            problems.report(topic.file.path, line, "cette phrase est vide")
        elif key in seen:
            other, other_line = seen[key]
            place = f"{other.theme}/{other.file.path.name}:{other_line}"
            problems.report(topic.file.path, line, f"la phrase « {phrase} » est déjà dans {place}")
        else:
            seen[key] = (topic, line)


def _check_contacts(topic: TopicFile, problems: ProblemList) -> None:
    for index, contact in enumerate(topic.entry.contacts):
        if not (contact.telephone or contact.sms or contact.adresse or contact.lien):
            line = topic.file.line(("contacts", index))
            problems.report(
                topic.file.path, line, f"le contact « {contact.nom} » n'a ni téléphone, ni adresse, ni lien"
            )
    if not any(contact.telephone or contact.sms or contact.adresse for contact in topic.entry.contacts):
        line = topic.file.line(("contacts",))
        problems.report(topic.file.path, line, "il faut au moins un contact humain : un téléphone ou une adresse")


def _check_links(topic: TopicFile, problems: ProblemList) -> None:
    for index, link in enumerate(topic.entry.liens):
        if link.titre_court is None and len(link.titre) > BUTTON_CHARACTERS:
            line = topic.file.line(("liens", index, "titre"))
            message = f"le bouton « {link.titre} » dépasse {BUTTON_CHARACTERS} caractères : ajoutez « titre_court »"
            problems.report(topic.file.path, line, message, blocking=False)


def _check_sentences(topic: TopicFile, problems: ProblemList) -> None:
    entry = topic.entry
    count = sentence_count(entry.reponse)
    if not 2 <= count <= _MAX_SENTENCES:
        message = f"« reponse » doit avoir de 2 à 5 phrases, il y en a {count}"
        problems.report(topic.file.path, topic.file.line(("reponse",)), message, blocking=False)
    places: list[tuple[Place, str]] = [(("reponse",), entry.reponse)]
    places += [(("etapes", index), step) for index, step in enumerate(entry.etapes)]
    places += [(("facettes", name), text) for name, text in entry.facettes.model_dump().items() if text]
    if entry.mediateur:
        places += [(("mediateur",), text) for text in entry.mediateur.texts]
    for place, text in places:
        for sentence in sentences(text):
            count = word_count(sentence)
            if count > MAX_WORDS:
                message = f"phrase trop longue ({count} mots, {MAX_WORDS} au plus) : « {sentence} »"
                problems.report(topic.file.path, topic.file.line(place), message, blocking=False)


def read_texts(path: Path, problems: ProblemList) -> Texts | None:
    """The bot's own sentences: none missing, none unknown, the words between braces untouched."""
    file = read_yaml(path, problems)
    if file is None:
        return None
    if not isinstance(file.data, dict):
        problems.report(path, 1, "ce fichier doit contenir des lignes « nom: texte »")
        return None
    for key in sorted(REQUIRED.keys() - file.data.keys()):
        problems.report(path, 1, f"il manque le texte « {key} »")
    for key, text in file.data.items():
        line = file.line((key,))
        if key not in REQUIRED:
            problems.report(path, line, f"le texte « {key} » n'est pas utilisé : vérifiez son nom")
        elif not isinstance(text, str) or not text.strip():
            problems.report(path, line, f"le texte « {key} » est vide")
        elif not placeholders(text) <= REQUIRED[key]:
            wrong = ", ".join(sorted(placeholders(text) - REQUIRED[key]))
            problems.report(path, line, f"le texte « {key} » ne connaît pas : {wrong}")
        elif key.startswith("bouton_") and not placeholders(text) and len(text) > BUTTON_CHARACTERS:
            problems.report(path, line, f"le bouton « {text} » dépasse {BUTTON_CHARACTERS} caractères")
    return Texts({key: text.strip() for key, text in file.data.items() if isinstance(text, str)})
