"""All places and communes as one value: who helps where, and who is competent in a commune."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from bot.domain.commune_finder import CommuneFinder
from bot.domain.commune_mentions import CommuneMentions
from bot.domain.communes import Commune, TownHall
from bot.domain.places import Found, Place, helping_with, nearest, welcoming
from bot.domain.positions import Position


class Role(Enum):
    """Who deals with what in a commune, in the order in which residents ask."""

    TOWN_HALL = "mairie"
    SOCIAL_CENTRE = "ccas"
    FRANCE_SERVICES = "france_services"
    FAMILY_BENEFITS = "caf"
    DEPARTMENT = "departement"
    AGGLOMERATION = "agglo"


@dataclass(frozen=True, slots=True)
class Competent:
    """One authority for a commune: one of our places, or only what is known of the town hall."""

    role: Role
    found: Found | None = None
    town_hall: TownHall | None = None


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Where a place is shown on the map; `centre_of` when that is only the centre of its commune."""

    position: Position
    centre_of: Commune | None = None


@dataclass(frozen=True)
class PlaceDirectory:
    """Places by id, communes in the order of their size; `everywhere` names the places of the whole agglomeration."""

    places: Mapping[str, Place] = field(default_factory=dict)
    communes: tuple[Commune, ...] = ()
    everywhere: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def finder(self) -> CommuneFinder:
        return CommuneFinder(self.communes)

    @cached_property
    def mentions(self) -> CommuneMentions:
        return CommuneMentions(self.communes)

    @property
    def switchboard(self) -> Place | None:
        """Whom to call when a place cannot be called itself."""
        return self.places.get(self.everywhere.get("agglo", ""))

    def on_map(self, place: Place) -> MapPoint | None:
        """The exact position, else the centre of the commune; None when not even the commune is known."""
        if place.position is not None:
            return MapPoint(place.position)
        commune = next((one for one in self.communes if one.name == place.commune), None)
        return MapPoint(commune.centre, commune) if commune else None

    def contact_for(self, place: Place) -> Place | None:
        """Whom to call for a place: itself, the place it names, else the agglomeration's switchboard."""
        if place.phone:
            return place
        return self.places.get(place.ask_through or "") or self.switchboard

    def near(self, origin: Position, topic: str | None = None) -> list[Found]:
        """Nearest first: the places for a topic, or those that receive anybody."""
        places = self.places.values()
        return nearest(helping_with(places, topic) if topic else welcoming(places), origin)

    def within(self, commune: Commune) -> list[Found]:
        """The places of a commune, sure ones first."""
        return nearest((place for place in self.places.values() if place.commune == commune.name), commune.centre)

    def for_topic(self, topic: str) -> list[Found]:
        """The places for a topic when nobody said where: those that can be called or found first."""
        places = helping_with(self.places.values(), topic)
        order = sorted(places, key=lambda one: (not one.is_sure, not one.phone, not one.address, one.name))
        return [Found(place) for place in order]

    def topics(self) -> frozenset[str]:
        """Every topic that some place helps with."""
        return frozenset(topic for place in self.places.values() for topic in place.topics)

    def competent(self, commune: Commune) -> list[Competent]:
        """Town hall, social centre, nearest France services, then those of the whole agglomeration."""
        here = self.within(commune)
        hall = self.places.get(commune.town_hall.place or "")
        found = [Competent(Role.TOWN_HALL, Found(hall) if hall else None, commune.town_hall)]
        social = next((one.place for one in here if "ccas" in one.place.kinds and one.place != hall), None)
        if social:
            found.append(Competent(Role.SOCIAL_CENTRE, Found(social)))
        services = [place for place in self.places.values() if "france-services" in place.kinds]
        nearby = nearest(services, commune.centre)
        own = [one for one in nearby if one.place.commune == commune.name]
        found += [Competent(Role.FRANCE_SERVICES, one) for one in (own or nearby)[:1]]
        for role in (Role.FAMILY_BENEFITS, Role.DEPARTMENT, Role.AGGLOMERATION):
            place = self.places.get(self.everywhere.get(role.value, ""))
            if place:
                found.append(Competent(role, Found(place)))
        return found
