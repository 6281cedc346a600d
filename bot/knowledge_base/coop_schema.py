"""What an editor may write in coop.yaml: La Coop's own words, and the themes that topics count for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from bot.domain.coop import Coop, Option
from bot.knowledge_base.schema import BUTTON_CHARACTERS, Block, Line, Slug

Code = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]


class CoopThemes(Block):
    """Les thématiques de La Coop, dans l'ordre de son formulaire."""

    numeriques: list[Line] = Field(min_length=1, description="Les thématiques de médiation numérique.")
    administratives: list[Line] = Field(min_length=1, description="Celles de la démarche administrative.")


class CoopOption(Block):
    """Une case du formulaire de La Coop."""

    code: Code = Field(description="Le code de cette case dans La Coop.")
    libelle: Line = Field(description="Les mots de La Coop, exactement.")
    bouton: Line = Field(max_length=BUTTON_CHARACTERS, description="Notre bouton : 24 caractères au plus.")

    def value(self) -> Option:
        return Option(self.code, self.libelle, self.bouton)


class CoopFile(Block):
    """Les mots de La Coop de la médiation numérique, et les thématiques de chaque sujet."""

    thematiques: CoopThemes
    activites: list[CoopOption] = Field(min_length=1)
    types_lieu: list[CoopOption] = Field(min_length=1)
    materiel: list[CoopOption] = Field(min_length=1)
    autonomie: list[CoopOption] = Field(min_length=1)
    orientation: list[CoopOption] = Field(min_length=1)
    par_theme: dict[Slug, list[Line]] = Field(description="Les thématiques d'un sujet qui n'est pas dans la liste.")
    par_sujet: dict[Slug, list[Line]] = Field(description="Les thématiques de chaque sujet.")

    @model_validator(mode="after")
    def _known(self) -> CoopFile:
        known = {*self.thematiques.numeriques, *self.thematiques.administratives}
        for name, labels in (*self.par_theme.items(), *self.par_sujet.items()):
            strangers = [label for label in labels if label not in known]
            if strangers or not labels:
                what = f"« {strangers[0]} » n'est pas une thématique de La Coop" if strangers else "aucune thématique"
                raise ValueError(f"{name} : {what}")
        return self

    def value(self) -> Coop:
        """The file as the domain knows it."""
        return Coop(
            digital=tuple(self.thematiques.numeriques),
            administrative=tuple(self.thematiques.administratives),
            activities=tuple(option.value() for option in self.activites),
            place_types=tuple(option.value() for option in self.types_lieu),
            equipment=tuple(option.value() for option in self.materiel),
            autonomy=tuple(option.value() for option in self.autonomie),
            orientation=tuple(option.value() for option in self.orientation),
            by_theme={name: tuple(labels) for name, labels in self.par_theme.items()},
            by_topic={name: tuple(labels) for name, labels in self.par_sujet.items()},
        )
