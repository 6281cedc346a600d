"""Reads `knowledge/danger.yaml`: every problem is reported at once, with its line, in French."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.domain.danger import ORDINARY
from bot.domain.danger.lexicon import variants
from bot.domain.danger.rules import Combination, DangerKind, DangerRules, EmergencyNumber
from bot.domain.danger.sounds import spell_out
from bot.errors import AccesDroitsError
from bot.knowledge_base.french_errors import sentence

KindId = Literal[
    "urgence-vitale",
    "pensees-suicidaires",
    "enfant-en-danger",
    "violences-conjugales",
    "maltraitance-adulte-vulnerable",
    "cyberharcelement",
    "hebergement-urgence",
]


class DangerProblemsError(AccesDroitsError):
    """The danger rules cannot be used as they are written; `problems` says why, one sentence for each mistake."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _yes(value: Any) -> Any:
    return {"oui": True, "non": False}.get(value, value) if isinstance(value, str) else value


Yes = Annotated[bool, BeforeValidator(_yes)]
Expression = Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[\w'’ */()…-]+$")]
Groups = Annotated[list[str], Field(min_length=1, max_length=6)]


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class _Number(_Block):
    nom: str = Field(min_length=3)
    sms: Yes = False


class _Combination(_Block):
    ensemble: Groups | None = None
    suite: Groups | None = None
    distance: int = Field(12, ge=0, le=40)
    sauf: list[str] = []
    doute: Yes = False


class _Kind(_Block):
    message: str = Field(min_length=10, max_length=200)
    numeros: list[str] = Field(min_length=1)
    phrases: list[Expression] = []
    phrases_douteuses: list[Expression] = []
    mots_cles: list[Expression] = []
    combinaisons: list[_Combination] = []
    indices: list[str] = []
    faux_amis: list[Expression] = []


class _File(_Block):
    numeros: dict[str, _Number]
    indices_necessaires: int = Field(3, ge=2, le=6)
    curiosite: list[Expression] = []
    ordinaire: list[Expression] = []
    faux_amis: list[Expression] = []
    familles: dict[str, list[Expression]]
    dangers: dict[KindId, _Kind]


def load_danger(path: Path) -> DangerRules:
    """The rules of the file. Raises `DangerProblemsError` with everything that is wrong in it."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise DangerProblemsError([f"{path}: fichier illisible ({error})"]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise DangerProblemsError([f"{path}:{line}: {getattr(error, 'problem', None) or 'YAML illisible'}"]) from error
    lines: dict[tuple[str | int, ...], int] = {}
    twice: list[str] = []
    content = _plain(node, (), lines, twice, path)
    try:
        file = _File.model_validate(content)
    except ValidationError as error:
        found = [
            f"{path}:{_line(mistake['loc'], lines)}: {sentence(mistake['type'], mistake['loc'], mistake)}"
            for mistake in error.errors()
        ]
        raise DangerProblemsError([*twice, *found]) from error
    problems = [*twice, *(f"{path}:{_line(where, lines)}: {what}" for where, what in _inconsistencies(file))]
    if problems:
        raise DangerProblemsError(problems)
    return _rules(file)


def _plain(
    node: yaml.Node | None,
    where: tuple[str | int, ...],
    lines: dict[tuple[str | int, ...], int],
    twice: list[str],
    path: Path,
) -> Any:
    """The node as text, lists and mappings: nothing is guessed ("on", "115"), and the line of each key is noted."""
    if node is not None:
        lines[where] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one, (*where, index), lines, twice, path) for index, one in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in found:
                twice.append(f"{path}:{key.start_mark.line + 1}: « {key.value} » est écrit deux fois")
            found[str(key.value)] = _plain(value, (*where, str(key.value)), lines, twice, path)
        return found
    return node.value if isinstance(node, yaml.ScalarNode) else None


def _line(where: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> int:
    while where and where not in lines:
        where = where[:-1]
    return lines.get(where, 1)


def _inconsistencies(file: _File) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for kind in get_args(KindId):
        if kind not in file.dangers:
            yield ("dangers",), f"le danger « {kind} » manque"
    for name, expressions in file.familles.items():
        for index, expression in enumerate(expressions):
            if not all(variants(expression)):
                yield ("familles", name, index), f"« {expression} » peut être vide"
    for section in ("curiosite", "ordinaire", "faux_amis"):
        for index, expression in enumerate(getattr(file, section)):
            if any(
                len("".join(word.sound for word in spell_out(one.replace("*", "")))) < 3 for one in variants(expression)
            ):
                yield (section, index), f"« {expression} » est trop court à l'oreille : il effacerait d'autres mots"
    for name, kind in file.dangers.items():
        here = ("dangers", name)
        for number in kind.numeros:
            if number not in file.numeros:
                yield (*here, "numeros"), f"le numéro {number} n'est pas décrit dans « numeros »"
        for family in (one for group in kind.indices for one in group.split("|")):
            if family not in file.familles:
                yield (*here, "indices"), f"la famille « {family} » n'existe pas"
        for index, rule in enumerate(kind.combinaisons):
            spot = (*here, "combinaisons", index)
            if (rule.ensemble is None) == (rule.suite is None):
                yield spot, "écrire soit « ensemble », soit « suite »"
            for family in [
                *(one for group in rule.ensemble or rule.suite or [] for one in group.split("|")),
                *rule.sauf,
            ]:
                if family not in file.familles and family != ORDINARY:
                    yield spot, f"la famille « {family} » n'existe pas"


def _rules(file: _File) -> DangerRules:
    numbers = {
        number: EmergencyNumber(number, described.nom, described.sms) for number, described in file.numeros.items()
    }
    return DangerRules(
        kinds=tuple(
            DangerKind(
                id=name,
                message=kind.message,
                numbers=tuple(numbers[number] for number in kind.numeros),
                phrases=tuple(kind.phrases),
                doubtful=tuple(kind.phrases_douteuses),
                keywords=tuple(kind.mots_cles),
                combinations=tuple(_combination(rule) for rule in kind.combinaisons),
                signs=tuple(tuple(group.split("|")) for group in kind.indices),
                look_alikes=tuple(kind.faux_amis),
            )
            for name, kind in file.dangers.items()
        ),
        families=tuple((name, tuple(expressions)) for name, expressions in file.familles.items()),
        curiosity=tuple(file.curiosite),
        ordinary=tuple(file.ordinaire),
        look_alikes=tuple(file.faux_amis),
        signs_needed=file.indices_necessaires,
    )


def _combination(rule: _Combination) -> Combination:
    return Combination(
        groups=tuple(tuple(group.split("|")) for group in rule.suite or rule.ensemble or ()),
        ordered=rule.suite is not None,
        distance=rule.distance,
        unless=tuple(rule.sauf),
        doubtful=rule.doute,
    )
