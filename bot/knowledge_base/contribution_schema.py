"""What stands in `knowledge/contributions/`: what staff taught in conversation, until an editor takes it over."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from bot.knowledge_base.schema import Block, Day, Line, Slug, Text

# Fields of a topic that hold one text a line; all others hold one text.
LIST_FIELDS = frozenset({"etapes", "pieces", "mots", "a_verifier"})


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Values = Annotated[list[Text], BeforeValidator(_listed)]


class Question(Block):
    """Une question étiquetée : la bonne réponse est « id » ; sans « id », aucun sujet ne la couvre."""

    q: Line = Field(description="Le message.")
    id: Slug | None = Field(None, description="Le sujet qui répond.")
    registre: Line = Field("appris", alias="register", description="Comment le message est écrit.")
    also: list[Slug] = Field(default_factory=list, description="D'autres sujets qui répondent aussi.")


class LearntWording(Block):
    """Une façon de dire apprise par l'équipe."""

    texte: Line = Field(description="Ce que les gens écrivent, sans donnée personnelle.")
    le: Day = Field(description="Le jour où l'équipe l'a ajoutée.")
    question: Question = Field(description="La question de contrôle : elle ne doit plus jamais être manquée.")


class LearntPhrases(Block):
    """Les façons de dire apprises pour un sujet de la base."""

    sujet: Slug = Field(description="Le sujet qui répond.")
    phrases: list[LearntWording] = Field(min_length=1)


class LearntOffTopic(Block):
    """Des messages que l'équipe a classés hors champ."""

    hors_champ: list[LearntWording] = Field(min_length=1)


class Correction(Block):
    """Un texte corrigé dans un sujet de la base. Si « avant » n'est plus dans la base, rien n'est changé."""

    sujet: Slug
    champ: str = Field(pattern=r"^[a-z_]+(\.[a-z_0-9]+)*$", description="« reponse », « facettes.ou », « etapes.2 »…")
    avant: Values = Field(description="Le texte d'avant ; rien s'il n'y en avait pas.")
    apres: Values = Field(description="Le texte corrigé.")
    le: Day

    def old(self) -> str | list[str]:
        """What stood there, in the shape that it has in the file; [] for nothing."""
        return self._shaped(self.avant)

    def new(self) -> str | list[str]:
        """What should stand there."""
        return self._shaped(self.apres)

    def _shaped(self, values: list[str]) -> str | list[str]:
        return list(values) if self.champ in LIST_FIELDS or not values else values[0]
