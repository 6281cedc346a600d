"""The columns of the two public schemas, and which of our fields each one is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

OWN_COLUMN = "_acces_droits"  # what only we know, as JSON: with it a round trip loses nothing
OWN_PRODUCER = "acces-droits"


@dataclass(frozen=True, slots=True)
class Schema:
    """One public schema. `texts` maps a column to our field of one line; the other columns have rules of their own."""

    name: str
    block: str
    columns: tuple[str, ...]
    texts: Mapping[str, str]
    lists: frozenset[str]
    required: frozenset[str]
    emails: str
    sites: str
    one_contact: bool = False
    id_prefix: str = ""
    aliases: Mapping[str, str] = field(default_factory=dict)
    arrays_in_json: bool = False

    @property
    def mapped(self) -> frozenset[str]:
        """The columns that are fields of ours; the rest is kept in the `autres` block."""
        fixed = {"id", "latitude", "longitude", "telephone", "date_maj", "source", OWN_COLUMN}
        return frozenset({*self.texts, *fixed, self.emails, self.sites})


_SHARED = {
    "nom": "nom",
    "commune": "commune",
    "code_postal": "code_postal",
    "code_insee": "code_insee",
    "adresse": "adresse",
    "complement_adresse": "complement_adresse",
}

MEDIATION = Schema(
    name="mediation",
    block="mediation",
    columns=(
        "id", "pivot", "nom", "commune", "code_postal", "code_insee", "adresse", "complement_adresse", "latitude",
        "longitude", "typologie", "telephone", "courriels", "site_web", "horaires", "presentation_resume",
        "presentation_detail", "source", "itinerance", "structure_parente", "date_maj", "services",
        "publics_specifiquement_adresses", "prise_en_charge_specifique", "frais_a_charge",
        "dispositif_programmes_nationaux", "formations_labels", "autres_formations_labels", "modalites_acces",
        "modalites_accompagnement", "fiche_acces_libre", "prise_rdv",
    ),
    texts=_SHARED | {
        "horaires": "horaires_osm",
        "presentation_resume": "resume",
        "presentation_detail": "description",
        "fiche_acces_libre": "accessibilite",
        "prise_rdv": "rendez_vous",
    },
    lists=frozenset(
        {"typologie", "courriels", "site_web", "itinerance", "services", "publics_specifiquement_adresses",
         "prise_en_charge_specifique", "frais_a_charge", "dispositif_programmes_nationaux", "formations_labels",
         "autres_formations_labels", "modalites_acces", "modalites_accompagnement"}
    ),
    required=frozenset({"id", "pivot", "nom", "commune", "code_postal", "adresse", "date_maj"}),
    emails="courriels",
    sites="site_web",
    aliases={"modalite_acces": "modalites_acces"},  # so written in the published example
)  # fmt: skip

DATA_INCLUSION = Schema(
    name="data-inclusion",
    block="data_inclusion",
    columns=(
        "source", "id", "nom", "description", "date_maj", "siret", "commune", "code_postal", "code_insee", "adresse",
        "complement_adresse", "longitude", "latitude", "telephone", "courriel", "site_web", "lien_source",
        "horaires_accueil", "accessibilite_lieu", "reseaux_porteurs",
    ),
    texts=_SHARED | {
        "description": "description",
        "horaires_accueil": "horaires_osm",
        "accessibilite_lieu": "accessibilite",
    },
    lists=frozenset({"reseaux_porteurs"}),
    required=frozenset({"source", "id", "nom", "description", "date_maj"}),
    emails="courriel",
    sites="site_web",
    one_contact=True,
    id_prefix=f"{OWN_PRODUCER}--",
    arrays_in_json=True,
)  # fmt: skip

SCHEMAS = {schema.name: schema for schema in (MEDIATION, DATA_INCLUSION)}


def guess_schema(columns: Iterable[str]) -> Schema | None:
    """The schema whose own columns a file has; None when it is neither."""
    found = {column.strip().lower() for column in columns}
    shared = set(MEDIATION.columns) & set(DATA_INCLUSION.columns)
    own = {schema.name: len(found & (set(schema.columns) - shared)) for schema in SCHEMAS.values()}
    best = max(SCHEMAS.values(), key=lambda schema: own[schema.name])
    if "id" not in found or "nom" not in found or own[best.name] == 0:
        return None
    return best
