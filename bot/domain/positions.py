"""Points on the map, and how far apart they are, as people say it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

_EARTH_RADIUS_KM = 6371.0088  # mean radius (IUGG)
_VERY_NEAR_KM = 0.15
_METRES_UNTIL_KM = 0.95


@dataclass(frozen=True, slots=True)
class Position:
    """A point in degrees (WGS 84)."""

    latitude: float
    longitude: float

    def distance_km(self, other: Position) -> float:
        """Great-circle distance by the haversine formula."""
        north, other_north = math.radians(self.latitude), math.radians(other.latitude)
        half_north = (other_north - north) / 2
        half_east = math.radians(other.longitude - self.longitude) / 2
        chord = math.sin(half_north) ** 2 + math.cos(north) * math.cos(other_north) * math.sin(half_east) ** 2
        return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


class Unit(Enum):
    """What a distance is said in."""

    NEXT_DOOR = "tout près"
    METRES = "mètres"
    KILOMETRES = "kilomètres"


def spoken_distance(kilometres: float) -> tuple[int, Unit]:
    """A distance as one would say it: hundreds of metres, then whole kilometres."""
    if kilometres < _VERY_NEAR_KM:
        return 0, Unit.NEXT_DOOR
    if kilometres < _METRES_UNTIL_KM:
        return round(kilometres * 10) * 100, Unit.METRES
    return max(1, round(kilometres)), Unit.KILOMETRES
