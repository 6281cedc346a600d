"""What an editor may write in langues.yaml: the languages that are recognised, and what is said in them."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from bot.domain.language import Clues, Language, Languages
from bot.knowledge_base.schema import Block, Line, nobody

_EMERGENCY = ("112", "15", "17", "18", "114", "115")
_HUMAN = ("Allo Agglo", "05 53 35 86 00", "France services")


def _spaced(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


Words = Annotated[str, BeforeValidator(_spaced)]
DangerName = Literal[
    "urgence-vitale", "pensees-suicidaires", "enfant-en-danger", "violences-conjugales",
    "maltraitance-adulte-vulnerable", "cyberharcelement", "hebergement-urgence",
]  # fmt: skip
Code = Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z]{4})?$")]


class FrenchClues(Block):
    """À quoi l'on reconnaît le français, même très mal écrit."""

    mots: Words = Field(min_length=1, description="Mots fréquents, sans accents, séparés par des espaces.")
    mots_faibles: Words = Field("", description="Mots que le français partage avec d'autres langues.")
    suites: Words = Field("", description="Suites de lettres ; ^ pour le début d'un mot, $ pour la fin.")


class LanguageEntry(Block):
    """Une langue que l'assistant reconnaît, et ce qu'il y dit."""

    code: Code = Field(description="Code de la langue : en, ar, pt… ou ar-latn pour l'arabe en lettres latines.")
    nom: Line = Field(description="Le nom de la langue en français.")
    relu_par: Annotated[Line | None, BeforeValidator(nobody)] = Field(
        description="Qui parle cette langue et a relu les textes ; null si personne."
    )
    ecriture: Literal["latine", "arabe", "cyrillique"] = Field(description="L'écriture de cette langue.")
    presentation: Line = Field(description="Ce qu'est l'assistant, en une phrase courte.", max_length=240)
    urgence: Line = Field(description="Les numéros d'urgence : 112, 15, 17, 18, 114 et 115.", max_length=200)
    humain: Line = Field(description="Où une personne aide : Allo Agglo et France services.", max_length=240)
    garde: Line = Field(description="Le message est gardé, sans nom, pour l'équipe.", max_length=160)
    non_relu: Line = Field(description="Cette traduction n'a pas été relue.", max_length=120)
    annonces_nom: list[Line] = Field(default=[], description="Ce qui annonce un nom : « my name is ».")
    lettres: str = Field("", description="Lettres que seule cette langue emploie.")
    mots_surs: Words = Field("", description="Mots dont un seul suffit dans un message très court.")
    mots: Words = Field(min_length=1, description="Mots fréquents, séparés par des espaces.")
    mots_faibles: Words = Field("", description="Mots qui existent aussi en français.")
    suites: Words = Field("", description="Suites de lettres ; ^ pour le début d'un mot, $ pour la fin.")
    danger: dict[DangerName, list[Line]] = Field(
        default={}, description="Ce que dit une personne en danger, par sorte : « he hits/beats me »."
    )

    @field_validator("urgence")
    @classmethod
    def _numbers(cls, text: str) -> str:
        missing = [number for number in _EMERGENCY if number not in re.findall(r"[0-9]+", text)]
        if missing:
            raise ValueError(f"il manque un numéro d'urgence : {', '.join(missing)}")
        return text

    @field_validator("humain")
    @classmethod
    def _contacts(cls, text: str) -> str:
        missing = [one for one in _HUMAN if one not in text]
        if missing:
            raise ValueError(f"il manque : {', '.join(missing)}")
        return text

    def value(self) -> Language:
        """The entry as the domain knows it."""
        clues = Clues(
            tuple(self.mots_surs.split()), tuple(self.mots.split()), tuple(self.mots_faibles.split()),
            tuple(self.suites.split()), self.lettres,
        )  # fmt: skip
        return Language(
            code=self.code, name=self.nom, script=self.ecriture, about=self.presentation, emergency=self.urgence,
            human=self.humain, kept=self.garde, not_proofread=self.non_relu, clues=clues,
            proofread_by=self.relu_par, name_openers=tuple(self.annonces_nom),
            danger=tuple((kind, tuple(sentences)) for kind, sentences in self.danger.items()),
        )  # fmt: skip


class LanguageFile(Block):
    """Les langues que l'assistant reconnaît sans les parler."""

    francais: FrenchClues
    langues: list[LanguageEntry] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> LanguageFile:
        codes = [entry.code for entry in self.langues]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"cette langue est écrite deux fois : {', '.join(twice)}")
        return self

    def value(self) -> Languages:
        """The file as the domain knows it."""
        french = self.francais
        clues = Clues((), tuple(french.mots.split()), tuple(french.mots_faibles.split()), tuple(french.suites.split()))
        return Languages(clues, tuple(entry.value() for entry in self.langues))
