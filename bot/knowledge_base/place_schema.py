"""What an editor may write in a place's file and in communes.yaml: French keys, French hints."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from bot.domain.places import doubted_phone
from bot.knowledge_base.schema import BUTTON_CHARACTERS, Block, Day, Line, PartialDate, Phone, Slug, Text, Url

PlaceKind = Literal[
    "mairie", "ccas", "agglo", "departement", "france-services", "mediation-numerique", "centre-social", "caf", "cpam",
    "france-travail", "mission-locale", "mdph", "logement", "justice", "sante", "alimentaire", "transport", "formation",
    "impots", "dechets", "autre",
]  # fmt: skip
_EMAIL = re.compile(r"^[^\s@|;,]+@[^\s@|;,]+\.[a-z]{2,}$", re.IGNORECASE)
_MAX_OTHER_VALUES = 100


def _postal_code(text: str) -> str:
    if not re.match(r"^\d{5}$", text, re.ASCII):
        raise ValueError('le code postal a 5 chiffres, entre guillemets, par exemple "24000"')
    return text


def _insee(text: str) -> str:
    if not re.match(r"^\d[\dAB]\d{3}$", text, re.ASCII):
        raise ValueError('le code Insee a 5 caractères, entre guillemets, par exemple "24322"')
    return text


def _email(text: str) -> str:
    if not _EMAIL.match(text):
        raise ValueError("l'adresse e-mail doit s'écrire comme accueil@exemple.fr")
    return text


def _degrees(limit: int) -> AfterValidator:
    def check(value: float) -> float:
        if not -limit <= value <= limit:
            raise ValueError(f"la coordonnée doit être un nombre entre -{limit} et {limit}")
        return value

    return AfterValidator(check)


PostalCode = Annotated[str, AfterValidator(_postal_code)]
InseeCode = Annotated[str, AfterValidator(_insee)]
Email = Annotated[str, AfterValidator(_email)]
OtherValues = Annotated[dict[str, str | list[str]], Field(max_length=_MAX_OTHER_VALUES)]


class Point(Block):
    """Un point sur la carte, en degrés."""

    lat: Annotated[float, _degrees(90)] = Field(description="Latitude, par exemple 45.1939.")
    lon: Annotated[float, _degrees(180)] = Field(description="Longitude, par exemple 0.7105.")


class PlaceSource(Block):
    """D'où vient l'information sur le lieu."""

    titre: Line = Field(description="Nom de la page, de la liste ou de l'organisme.")
    url: Url | None = Field(None, description="Adresse de la page lue.")
    date: PartialDate | None = Field(None, description="2026, 2026-11 ou 2026-11-22 ; rien si la page n'est pas datée.")
    detail: Line | None = Field(None, description="Ce que la source donne : adresse, téléphone… Pour l'équipe.")


class OtherFields(Block):
    """Ce que seuls les fichiers publics contiennent. Gardé tel quel pour être rendu à l'export."""

    mediation: OtherValues = Field(default_factory=dict, description="Lieux de médiation numérique (La Mednum).")
    data_inclusion: OtherValues = Field(default_factory=dict, description="data·inclusion.")


class PlaceEntry(Block):
    """Un lieu où un habitant trouve de l'aide."""

    id: Slug = Field(description="Identifiant du lieu, égal au nom du fichier. Il ne change jamais.")
    nom: Line = Field(max_length=150, description="Nom du lieu, comme il est écrit sur la porte.")
    bouton: Line | None = Field(None, max_length=BUTTON_CHARACTERS, description="Nom court : 24 caractères au plus.")
    types: list[PlaceKind] = Field(min_length=1, description="Ce qu'est ce lieu : mairie, ccas, france-services…")
    adresse: Line | None = Field(None, description="Numéro et rue, sans le code postal.")
    complement_adresse: Line | None = Field(None, description="Bâtiment, étage, lieu-dit.")
    commune: Line | None = Field(None, description="Commune, écrite comme dans communes.yaml.")
    code_postal: PostalCode | None = Field(None, description="5 chiffres, entre guillemets.")
    code_insee: InseeCode | None = Field(None, description="Code Insee de la commune, entre guillemets.")
    position: Point | None = Field(None, description="Position exacte, lue dans une source. Montrée sur la carte.")
    position_approchee: Point | None = Field(None, description="Centre de la commune ou arrêt de bus voisin.")
    telephone: Phone | None = Field(None, description="Numéro vérifié : un numéro douteux va dans a_verifier.")
    joindre_par: Slug | None = Field(None, description="Lieu à appeler quand celui-ci n'a pas de numéro connu.")
    courriels: list[Email] = Field(default_factory=list, max_length=10)
    sites: list[Url] = Field(default_factory=list, max_length=10, description="Sites officiels du lieu.")
    horaires: Line | None = Field(None, description="Jours et heures, en mots simples.")
    horaires_releves: PartialDate | None = Field(None, description="Date à laquelle les horaires ont été lus.")
    horaires_osm: Line | None = Field(None, description="Horaires au format OpenStreetMap, pour les échanges.")
    note: Line | None = Field(None, max_length=200, description="Une phrase montrée aux habitants.")
    resume: Line | None = Field(None, max_length=280, description="Présentation en une phrase.")
    description: Text | None = Field(None, max_length=5000, description="Présentation complète.")
    accessibilite: Url | None = Field(None, description="Fiche Acceslibre du lieu.")
    rendez_vous: Url | None = Field(None, description="Page de prise de rendez-vous.")
    producteur: Line | None = Field(None, description="Qui a recensé ce lieu, pour les fichiers échangés.")
    sujets: list[Slug] = Field(default_factory=list, description="Sujets pour lesquels on y trouve de l'aide.")
    sources: list[PlaceSource] = Field(min_length=1, description="D'où vient l'information.")
    verifie_le: Day = Field(description="Date de la dernière vérification : 2026-11-22.")
    a_revoir_dans: int = Field(ge=1, le=24, description="Nombre de mois avant de revérifier.")
    confiance: Literal["haute", "moyenne", "basse"] = Field(description="Confiance dans l'information.")
    a_verifier: list[Line] = Field(default_factory=list, description="Ce que l'équipe doit confirmer.")
    autres: OtherFields | None = Field(None, description="Champs des fichiers publics sans équivalent ici.")

    @model_validator(mode="after")
    def _consistent(self) -> PlaceEntry:
        if self.horaires and not self.horaires_releves:
            raise ValueError("des horaires sans date : ajoutez « horaires_releves »")
        if remark := doubted_phone(self.telephone, self.a_verifier):
            raise ValueError(f"ce téléphone est aussi sous « a_verifier » ({remark}) : il ne doit pas être montré")
        return self


class FormerCommuneEntry(Block):
    """Une ancienne commune, réunie à celle-ci."""

    nom: Line
    code_postal: PostalCode


class TownHallEntry(Block):
    """La mairie : un lieu de knowledge/lieux, ou une adresse avec la date à laquelle elle a été lue."""

    lieu: Slug | None = Field(None, description="Identifiant du lieu de la mairie.")
    adresse: Line | None = None
    date: PartialDate | None = None


class CommuneEntry(Block):
    """Une commune de l'agglomération."""

    nom: Line
    insee: InseeCode
    codes_postaux: list[PostalCode] = Field(min_length=1)
    centre: Point
    anciennes_communes: list[FormerCommuneEntry] = Field(default_factory=list)
    quartiers: list[Line] = Field(default_factory=list, description="Quartiers que l'on nomme à la place de la ville.")
    ecritures: list[Line] = Field(default_factory=list, description="Fautes et raccourcis courants.")
    mairie: TownHallEntry | None = None


class CompetentEntry(Block):
    """Les lieux qui aident les habitants de toutes les communes."""

    agglo: Slug
    departement: Slug
    caf: Slug


class CommuneFile(Block):
    """Les communes du Grand Périgueux."""

    competents: CompetentEntry
    source: PlaceSource
    a_verifier: list[Line] = Field(default_factory=list)
    communes: list[CommuneEntry] = Field(min_length=1)
