"""What an editor may write in a topic's file: French keys, French hints, one model for each block.

The JSON Schema under `knowledge/schema/` is generated from these models (see `json_schema.py`), so the editor's
completion, the check and the loader can never disagree.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

PHRASES_WANTED = 25
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
PARTIAL_DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$", re.ASCII)
PHONE = re.compile(r"^(\d{2,4}|3\d{4}|116 \d{3}|0\d( \d{2}){4}|0 [89]\d\d( \d{2,3}){2,3})$", re.ASCII)
BUTTON_CHARACTERS = 24
BRIEF_CHARACTERS = 70


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("ce texte doit tenir sur une ligne")
    return text


def _iso_date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            if not re.match(r"^\d{4}-\d\d-\d\d$", value, re.ASCII):
                raise ValueError  # Python also reads 20261122 and 2026-W47-7, which editors' schemas refuse
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError("la date doit s'écrire année-mois-jour, par exemple 2026-11-22") from None
    return value


def _partial_date(text: str) -> str:
    if not PARTIAL_DATE.match(text):
        raise ValueError("la date doit s'écrire 2026, 2026-11 ou 2026-11-22")
    if len(text) == len("2026-11-22"):
        try:
            date.fromisoformat(text)
        except ValueError:
            raise ValueError("ce jour n'existe pas") from None
    return text


def _https(text: str) -> str:
    if not re.match(r"^https?://[^\s<>\"]+\.[a-z]{2,}[^\s<>\"]*$", text):
        raise ValueError("l'adresse doit commencer par https:// et ne contenir aucun espace")
    return text


def _phone(text: str) -> str:
    if not PHONE.match(text):
        raise ValueError("le numéro doit s'écrire comme 05 53 35 86 00, 0 800 47 33 33, 3230 ou 15")
    return text


Line = Annotated[str, Field(min_length=1), AfterValidator(_one_line)]
Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=SLUG)]
Url = Annotated[str, AfterValidator(_https)]
Phone = Annotated[str, AfterValidator(_phone)]
Day = Annotated[date, BeforeValidator(_iso_date)]
PartialDate = Annotated[str, AfterValidator(_partial_date)]


class Block(BaseModel):
    """Unknown keys are mistakes: a key with a typo must not be dropped in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Contact(Block):
    """Une personne ou un service à joindre : au moins un téléphone, une adresse ou un lien."""

    nom: Line = Field(description="Le nom du service, comme on le dit à l'accueil.")
    telephone: Phone | None = Field(None, description="Écrit comme 05 53 35 86 00, 3230 ou 15.")
    sms: Phone | None = Field(None, description="Numéro qui reçoit des SMS, par exemple 114.")
    adresse: Line | None = Field(None, description="Rue, code postal et commune.")
    horaires: Line | None = Field(None, description="Jours et heures, en mots simples.")
    lien: Url | None = Field(None, description="Page officielle du service.")
    note: Line | None = Field(None, description="Une précision utile : gratuit, sur rendez-vous…")


class Link(Block):
    """Un lien officiel, montré comme un bouton."""

    titre: Line = Field(description="Ce que l'on trouve derrière le lien.", max_length=60)
    titre_court: Line | None = Field(
        None, max_length=BUTTON_CHARACTERS, description="Texte du bouton, quand le titre dépasse 24 caractères."
    )
    url: Url = Field(description="Adresse complète, avec https://.")


class Source(Block):
    """D'où vient l'information, et de quand elle date."""

    titre: Line = Field(description="Nom de la page ou de l'organisme.")
    url: Url | None = Field(None, description="Adresse de la page lue.")
    date: PartialDate = Field(description="Date de l'information : 2026, 2026-11 ou 2026-11-22.")


class Facets(Block):
    """Les précisions que l'on demande à part. « sans_internet » est obligatoire."""

    ou: Text | None = Field(None, description="Où aller ?")
    quand: Text | None = Field(None, description="Quand, jusqu'à quelle date ?")
    papiers: Text | None = Field(None, description="Quels papiers ?")
    delai: Text | None = Field(None, description="Combien de temps cela prend ?")
    cout: Text | None = Field(None, description="Combien cela coûte, en mots, sans montant qui change.")
    telephone: Text | None = Field(None, description="Qui appeler ?")
    en_ligne: Text | None = Field(None, description="Comment faire sur internet ?")
    sans_internet: Text = Field(description="Comment faire sans internet : téléphone, guichet, papier ?")


class Scripts(Block):
    """Ce que le médiateur dit et fait, selon l'autonomie de la personne."""

    montre: Text = Field(description="Je montre : le médiateur fait, en expliquant.")
    guide: Text = Field(description="Vous faites, je guide : ce qu'il dit pendant que la personne fait.")
    seul: Text = Field(description="Seul : ce qu'il laisse à la personne pour refaire sans lui.")


class Mediator(Block):
    """Ce qui s'ajoute pour le médiateur, pendant une séance. Les sources du sujet valent pour ce bloc."""

    lien_direct: Url | None = Field(None, description="La page où la démarche commence.")
    blocages: list[Line] = Field(default_factory=list, description="Ce qui bloque souvent, et comment en sortir.")
    scripts: Scripts | None = Field(None, description="Que dire et faire, selon l'autonomie.")

    @property
    def texts(self) -> list[str]:
        """All its sentences."""
        return [*self.blocages, *(self.scripts.model_dump().values() if self.scripts else ())]


def nobody(value: Any) -> Any:
    """A name that is written but empty: null, ~ or nothing."""
    return None if value in ("", "null", "~") else value


class Translation(Block):
    """La réponse dans une autre langue, sans rien y ajouter : mêmes étapes, mêmes nombres."""

    relu_par: Annotated[Line | None, BeforeValidator(nobody)] = Field(
        description="Qui parle cette langue et a relu ; null si personne."
    )
    titre: Line = Field(max_length=80, description="Titre de la réponse.")
    bouton: Line = Field(max_length=BUTTON_CHARACTERS, description="Texte du bouton : 24 caractères au plus.")
    reponse: Text = Field(description="La réponse, en phrases courtes.")
    etapes: list[Line] = Field(description="Une ligne pour chaque étape du texte français.")


LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2}$")]


class Topic(Block):
    """Un sujet : une question que les habitants posent, et sa réponse datée et sourcée."""

    id: Slug = Field(description="Identifiant du sujet, égal au nom du fichier. Il ne change jamais.")
    titre: Line = Field(max_length=80, description="Titre de la réponse, en mots simples.")
    bouton: Line = Field(
        max_length=BUTTON_CHARACTERS, description="Texte du bouton : 24 caractères au plus, clair tout seul."
    )
    en_bref: Line = Field(
        max_length=BRIEF_CHARACTERS,
        description="Une demi-ligne qui distingue ce sujet de ses voisins : « APL : aide pour le loyer ».",
    )
    reponse: Text = Field(description="2 à 5 phrases courtes. C'est ce que la personne lit en premier.")
    etapes: list[Line] = Field(description="Ce qu'il faut faire, une action par étape, dans l'ordre.")
    pieces: list[Line] = Field(default_factory=list, description="Papiers à préparer ou à apporter.")
    contacts: list[Contact] = Field(min_length=1, description="Au moins un contact humain.")
    liens: list[Link] = Field(min_length=1, description="Liens officiels.")
    facettes: Facets = Field(description="Réponses aux questions précises : où, quand, combien…")
    mediateur: Mediator | None = Field(
        None, description="Pour le médiateur en séance : lien direct, blocages, scripts."
    )
    phrases: list[Line] = Field(
        min_length=PHRASES_WANTED,
        description="Au moins 25 façons de poser la question, avec les mots et les fautes des habitants.",
    )
    mots: list[Line] = Field(min_length=1, description="Mots-clés, sigles anciens et nouveaux, synonymes.")
    voir_aussi: list[Slug] = Field(default_factory=list, description="Sujets qui complètent celui-ci.")
    pas_avec: list[Slug] = Field(default_factory=list, description="Sujets voisins que l'on confond souvent.")
    sources: list[Source] = Field(min_length=1, description="D'où vient l'information.")
    verifie_le: Day = Field(description="Date de la dernière vérification : 2026-11-22.")
    a_revoir_dans: int = Field(ge=1, le=24, description="Nombre de mois avant de relire la fiche.")
    confiance: Literal["haute", "moyenne", "basse"] = Field(description="Confiance dans l'information.")
    a_verifier: list[Line] = Field(
        default_factory=list, description="Ce que l'équipe doit confirmer. Jamais montré comme certain."
    )
    relu_par: Line | None = Field(None, description="Qui a relu la version facile à lire, s'il y en a une.")
    traductions: dict[LanguageCode, Translation] = Field(
        default_factory=dict, description="La réponse dans d'autres langues : en, ar, pt, es, tr, uk, ru, fa."
    )


class ShortTopic(Topic):
    """Un sujet né d'une conversation : quelques phrases suffisent pour commencer."""

    phrases: list[Line] = Field(min_length=1, description="Comment les habitants posent la question.")


class Theme(Block):
    """Un thème du menu."""

    id: Slug
    titre: Line = Field(max_length=60, description="Titre du thème.")
    bouton: Line = Field(max_length=BUTTON_CHARACTERS, description="Texte du bouton du thème.")
    aide: Line = Field(description="Une phrase qui dit ce que l'on y trouve.")
    en_premier: list[Slug] = Field(
        default_factory=list, description="Les sujets les plus demandés, dans l'ordre. Les autres suivent."
    )


class Themes(Block):
    """Les thèmes, dans l'ordre du menu."""

    themes: list[Theme] = Field(min_length=1)
