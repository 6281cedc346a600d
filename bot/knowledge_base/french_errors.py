"""Says pydantic's complaints in French that an editor understands."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.knowledge_base.problems import ProblemList
from bot.knowledge_base.schema import SLUG
from bot.knowledge_base.yaml_file import YamlFile

_SHOWN = 80
Model = TypeVar("Model", bound=BaseModel)


def validate(model: type[Model], file: YamlFile, problems: ProblemList) -> Model | None:
    """The file as `model`, or None with every mistake reported at its line."""
    try:
        return model.model_validate(file.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            place = tuple(part for part in detail["loc"])
            problems.report(file.path, file.line(place), sentence(detail["type"], place, detail))
        return None


def sentence(kind: str, place: tuple[str | int, ...], detail: Any) -> str:
    """One complaint of pydantic in French."""
    name = _name(place)
    context = detail.get("ctx", {})
    match kind:
        case "missing":
            return f"il manque « {name} »"
        case "extra_forbidden":
            return f"la clé « {name} » n'existe pas : vérifiez son orthographe"
        case "string_too_short":
            return f"« {name} » est vide"
        case "string_too_long":
            most, found = context["max_length"], len(detail["input"])
            return f"« {name} » est trop long : {most} caractères au plus, il y en a {found}"
        case "too_short":
            found = len(detail["input"])
            return f"« {name} » : il en faut au moins {context['min_length']}, il y en a {found}"
        case "too_long":
            most, found = context["max_length"], len(detail["input"])
            return f"« {name} » : il en faut au plus {most}, il y en a {found}"
        case "string_pattern_mismatch" if context["pattern"] == SLUG:
            return f"« {name} » doit être écrit en minuscules sans accent, avec des tirets : « {_shown(detail)} »"
        case "string_pattern_mismatch":
            return f"« {name} » contient un signe qui n'est pas permis : « {_shown(detail)} »"
        case "literal_error":
            return f"« {name} » doit être {context['expected'].replace(' or ', ' ou ')}, pas « {_shown(detail)} »"
        case "value_error":
            return f"« {name} » : {context['error']} (« {_shown(detail)} »)"
        case "list_type":
            return f"« {name} » doit être une liste : une ligne par élément, chacune avec un tiret"
        case "string_type":
            hint = " : un texte qui contient « : » se met entre guillemets" if isinstance(detail["input"], dict) else ""
            return f"« {name} » doit être un texte{hint}"
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"« {name} » doit contenir des clés, par exemple « nom: … »"
        case _ if place and place[-1] == "a_revoir_dans":
            return f"« {name} » doit être un nombre de mois entre 1 et 24, pas « {_shown(detail)} »"
        case "int_parsing" | "int_type" | "int_parsing_size" | "int_from_float" | "float_parsing" | "float_type":
            return f"« {name} » doit être un nombre, pas « {_shown(detail)} »"
        case "greater_than_equal":
            return f"« {name} » doit être au moins {context['ge']}, pas « {_shown(detail)} »"
        case "less_than_equal":
            return f"« {name} » doit être au plus {context['le']}, pas « {_shown(detail)} »"
        case "bool_parsing" | "bool_type":
            return f"« {name} » doit être true ou false, pas « {_shown(detail)} »"
        case _:
            return f"« {name} » n'est pas correct : « {_shown(detail)} »"


def _shown(detail: Any) -> str:
    """What the editor wrote, short enough for one line."""
    text = str(detail["input"])
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _name(place: tuple[str | int, ...]) -> str:
    parts = [f"n° {part + 1}" if isinstance(part, int) else part for part in place]
    return " ".join(parts) or "le fichier"
