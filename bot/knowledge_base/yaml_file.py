"""Reads one YAML file as text only, and remembers on which line every value stands.

YAML's own types are a trap here (`on` is True, `0553` is 363, `9:30` is 570), so every scalar stays a string and
the schema makes the types. Duplicate keys, which YAML keeps in silence, are mistakes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge_base.problems import ProblemList

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MAX_BYTES = 2_000_000
_MAX_DEPTH = 12
_OPENINGS = ("[", "{", "- ", "-\n", "? ", "?\n", ": ", ":\n")
_SAFE_NESTING = 500
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Place = tuple[str | int, ...]

# What libyaml says most often, in words that lead an editor to the mistake.
_FRENCH = (
    ("mapping values are not allowed", "un texte qui contient « : » se met entre guillemets, ou la ligne est décalée"),
    ("could not find expected ':'", "il manque un deux-points, ou une ligne est mal alignée"),
    ("did not find expected key", "cette ligne n'est pas alignée avec les autres, ou des guillemets manquent"),
    ("did not find expected '-' indicator", "cette ligne n'est pas alignée avec les tirets de la liste"),
    ("did not find expected ',' or '", "dans cette liste, il manque une virgule, des guillemets ou le crochet final"),
    ("did not find expected node content", "il manque quelque chose après un crochet ou une virgule"),
    ("found unexpected end of stream", "des guillemets ouverts ici ne sont pas fermés"),
    ("found character that cannot start", "un signe (@ % `) se met entre guillemets, une tabulation devient espaces"),
    ("alphabetic or numeric character", "un texte qui commence par & ou * se met entre guillemets"),
    ("found undefined alias", "un texte qui commence par * se met entre guillemets"),
    ("found another document", "une ligne --- coupe le fichier en deux"),
    ("block sequence entries are not allowed", "un tiret de liste commence une nouvelle ligne"),
    ("escape", "une barre \\ entre guillemets doubles ne se lit pas : utilisez des guillemets simples"),
)  # fmt: skip


@dataclass(slots=True)
class YamlFile:
    """Plain data (dict, list, str) of one file; `lines` gives the line of each place in it, from 1."""

    path: Path
    data: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it that exists in the file."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_yaml(path: Path, problems: ProblemList) -> YamlFile | None:
    """The file's data, or None with the reasons added to `problems`."""
    text = _text(path, problems)
    return None if text is None else parse_yaml(path, text, problems)


def parse_yaml(path: Path, text: str, problems: ProblemList) -> YamlFile | None:
    """The data of a text that stands, or will stand, in a file."""
    try:
        if (deep := _too_deep(text)) is not None:
            problems.report(path, deep, "le contenu est trop imbriqué")
            return None
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        line, detail = _explain(error, text)
        problems.report(path, line, f"le fichier n'est pas du YAML correct près d'ici : {detail}")
        return None
    if node is None:
        problems.report(path, 1, "le fichier est vide")
        return None
    file = YamlFile(path, None)
    before = len(problems)
    file.data = _plain(node, (), file, problems, set())
    return file if len(problems) == before else None


def _text(path: Path, problems: ProblemList) -> str | None:
    try:
        if path.exists() and not path.is_file():
            problems.report(path, 1, "ce n'est pas un fichier")
            return None
        with path.open("rb") as stream:
            raw = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        reason = "il n'existe pas" if isinstance(error, FileNotFoundError) else error.strerror or str(error)
        problems.report(path, 1, f"le fichier ne peut pas être lu ({reason})")
        return None
    if len(raw) > _MAX_BYTES:
        problems.report(path, 1, "le fichier est trop gros (2 Mo au plus)")
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problems.report(path, line, "le fichier n'est pas enregistré en UTF-8")
        return None


def _too_deep(text: str) -> int | None:
    """The line where nesting passes every use. libyaml composes by recursion: 50,000 brackets would end the process."""
    if sum(text.count(opening) for opening in _OPENINGS) < _SAFE_NESTING:
        return None
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MAX_DEPTH + 1:
                mark = event.start_mark
                return mark.line + 1 if mark else 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _explain(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """Line and French reason of a YAML error; an unclosed quote or bracket is told where it opens."""
    problem = getattr(error, "problem", None)
    if problem is None:  # the reader met a character that YAML forbids: it gives no line
        found = _FORBIDDEN.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        return line, "il y a un caractère invisible interdit ; effacez la ligne et tapez-la à nouveau"
    mark = getattr(error, "problem_mark", None)
    if "end of stream" in problem or "',' or" in problem:
        mark = getattr(error, "context_mark", None) or mark
    for english, french in _FRENCH:
        if english in problem:
            return (mark.line + 1 if mark else 1), french
    return (mark.line + 1 if mark else 1), "regardez les deux-points, les guillemets et l'alignement"


def _plain(node: yaml.Node, place: Place, file: YamlFile, problems: ProblemList, seen: set[int]) -> Any:
    line = node.start_mark.line + 1
    file.lines.setdefault(place, line)
    if len(place) > _MAX_DEPTH:
        problems.report(file.path, line, "le contenu est trop imbriqué")
        return None
    if id(node) in seen:  # an alias: a few of them nested would fill the memory
        problems.report(file.path, line, "les renvois (& et *) ne sont pas permis : recopiez le texte")
        return None
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*place, index), file, problems, seen) for index, item in enumerate(node.value)]
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        key_line = key_node.start_mark.line + 1
        if not isinstance(key, str):
            problems.report(file.path, key_line, "une clé doit être un mot simple")
            continue
        if key in result:
            first = file.lines[(*place, key)]
            problems.report(file.path, key_line, f"la clé « {key} » est écrite deux fois (déjà ligne {first})")
            continue
        file.lines[(*place, key)] = key_line
        result[key] = _plain(value_node, (*place, key), file, problems, seen)
    return result
