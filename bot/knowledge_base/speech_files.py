"""Reads langues/<code>.yaml: what the bot says in each language, held against the French sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.domain.language import Languages
from bot.domain.models import Theme
from bot.domain.speech import SPOKEN, Speech
from bot.domain.texts import Texts
from bot.knowledge_base.faithful import differences
from bot.knowledge_base.french_errors import validate
from bot.knowledge_base.problems import ProblemList
from bot.knowledge_base.schema import BUTTON_CHARACTERS
from bot.knowledge_base.speech_schema import SpeechFile
from bot.knowledge_base.stray_files import is_hidden
from bot.knowledge_base.yaml_file import Place, read_yaml


def read_speeches(
    folder: Path, languages: Languages, texts: Texts | None, themes: Sequence[Theme], problems: ProblemList
) -> Languages:
    """The languages, each with its own sentences where it has a file."""
    known = {language.code for language in languages.foreign}
    speeches: dict[str, Speech] = {}
    for path in sorted(folder.glob("*.yaml")):
        file = None if is_hidden(path) else read_yaml(path, problems)
        entry = validate(SpeechFile, file, problems) if file else None
        if file is None or entry is None:
            continue
        if entry.code != path.stem:
            problems.report(path, file.line(("code",)), f"le code « {entry.code} » doit être égal au nom du fichier")
        if entry.code not in known:
            problems.report(path, file.line(("code",)), f"la langue « {entry.code} » n'est pas dans langues.yaml")
        for place, message in _mistakes(entry, texts or Texts({})):
            problems.report(path, file.line(place), message)
        for theme in themes:
            if theme.id not in entry.themes:
                message = f"il manque le bouton du thème « {theme.id} »"
                problems.report(path, file.line(("themes",)), message, blocking=False)
        said = Texts({key: text.strip() for key, text in entry.textes.items()})
        speeches[entry.code] = Speech(entry.nom, said, dict(entry.themes))
    found = (replace(language, speech=speeches.get(language.code)) for language in languages.foreign)
    return replace(languages, foreign=tuple(found))


def _mistakes(entry: SpeechFile, french: Texts) -> Iterator[tuple[Place, str]]:
    for key in sorted(SPOKEN - entry.textes.keys()):
        yield ("textes",), f"il manque le texte « {key} »"
    for key, text in entry.textes.items():
        if key not in SPOKEN:
            yield ("textes", key), f"le texte « {key} » n'est pas utilisé : vérifiez son nom"
        elif key.startswith("bouton_") and len(text) > BUTTON_CHARACTERS:
            yield ("textes", key), f"le bouton « {text} » dépasse {BUTTON_CHARACTERS} caractères"
        elif key in french.entries:
            for message in differences(french.entries[key], text):
                yield ("textes", key), f"« {key} » : {message}"
