"""Places and communes as the domain knows them, from what editors wrote."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.communes import Commune, FormerCommune, TownHall
from bot.domain.models import Source
from bot.domain.places import Place
from bot.domain.positions import Position
from bot.knowledge_base.place_schema import CommuneEntry, PlaceEntry, Point
from bot.knowledge_base.schema import BUTTON_CHARACTERS


def place_value(entry: PlaceEntry, communes: Mapping[str, str] | None = None) -> Place:
    """The entry in the domain's own terms; `communes` gives the names as we write them, by INSEE code."""
    return Place(
        id=entry.id,
        name=entry.nom,
        button=entry.bouton or shortened(entry.nom),
        kinds=tuple(entry.types),
        topics=tuple(entry.sujets),
        address=entry.adresse,
        address_more=entry.complement_adresse,
        commune=(communes or {}).get(entry.code_insee or "", entry.commune),
        postal_code=entry.code_postal,
        position=_position(entry.position),
        rough_position=_position(entry.position_approchee),
        phone=entry.telephone,
        ask_through=entry.joindre_par,
        emails=tuple(entry.courriels),
        websites=tuple(entry.sites),
        hours=entry.horaires,
        hours_read=entry.horaires_releves,
        note=entry.note,
        sources=tuple(Source(source.titre, source.date or "", source.url) for source in entry.sources),
        checked_on=entry.verifie_le,
        review_after_months=entry.a_revoir_dans,
        confidence=entry.confiance,
        to_check=tuple(entry.a_verifier),
    )


def shortened(name: str) -> str:
    """A name that fits on a button."""
    if len(name) <= BUTTON_CHARACTERS:
        return name
    return name[: BUTTON_CHARACTERS - 1].rstrip(" ,(-'") + "…"


def _position(point: Point | None) -> Position | None:
    return Position(point.lat, point.lon) if point else None


def commune_value(entry: CommuneEntry) -> Commune:
    hall = entry.mairie
    return Commune(
        name=entry.nom,
        insee=entry.insee,
        postal_codes=tuple(entry.codes_postaux),
        centre=Position(entry.centre.lat, entry.centre.lon),
        former=tuple(FormerCommune(former.nom, former.code_postal) for former in entry.anciennes_communes),
        quarters=tuple(entry.quartiers),
        spellings=tuple(entry.ecritures),
        town_hall=TownHall(hall.lieu, hall.adresse, hall.date) if hall else TownHall(),
    )
