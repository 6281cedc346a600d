"""What the schemas' own vocabularies mean here: kinds of places and what they help with.

The values were read in the schemas' published enumerations; only pairs that mean the same are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.knowledge_base.place_schema import PlaceEntry
from bot.services.place_exchange.schemas import Schema

_TYPOLOGY = {
    "mairie": "MUNI", "ccas": "CCAS", "departement": "CD", "caf": "CAF", "cpam": "CPAM", "mission-locale": "ML",
    "france-services": "RFS", "centre-social": "CS", "mdph": "MDPH", "agglo": "EPCI",
}  # fmt: skip
_NETWORKS = {
    "mairie": "communes", "ccas": "ccas-cias", "departement": "departements", "caf": "caf", "cpam": "cpam",
    "mission-locale": "mission-locale", "france-services": "france-service",
}  # fmt: skip
_PROGRAMMES = {"france-services": "France Services"}
_SERVICES = {
    "aide-demarche-en-ligne": "Aide aux démarches administratives",
    "apprendre-numerique": "Maîtrise des outils numériques du quotidien",
    "acces-ordinateur-internet": "Accès internet et matériel informatique",
    "materiel-pas-cher": "Acquisition de matériel informatique à prix solidaire",
    "arnaque-en-ligne": "Utilisation sécurisée du numérique",
}
_KIND_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "typologie": _TYPOLOGY,
    "reseaux_porteurs": _NETWORKS,
    "dispositif_programmes_nationaux": _PROGRAMMES,
}


def derived(entry: PlaceEntry, column: str) -> list[str]:
    """What a column says of an entry when nothing else was given for it."""
    if column == "services":
        return [text for topic, text in _SERVICES.items() if topic in entry.sujets]
    table = _KIND_COLUMNS.get(column, {})
    return list(dict.fromkeys(table[kind] for kind in entry.types if kind in table))


def derivable(schema: Schema) -> tuple[str, ...]:
    """The columns of a schema that `derived` can fill."""
    return tuple(column for column in schema.columns if column in _KIND_COLUMNS or column == "services")


def kinds_of(values: Mapping[str, Iterable[str]]) -> list[str]:
    """The kinds of a place that we do not know yet, from the columns of its file."""
    found = [
        kind
        for column, table in _KIND_COLUMNS.items()
        for kind, text in table.items()
        if text in values.get(column, ())
    ]
    if values.get("services"):
        found.append("mediation-numerique")
    return list(dict.fromkeys(found)) or ["autre"]


def topics_of(values: Mapping[str, Iterable[str]]) -> list[str]:
    """What a place that we do not know yet helps with."""
    return [topic for topic, text in _SERVICES.items() if text in values.get("services", ())]
