"""Distances, orders, and what may be shown of a place."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.communes import Commune, TownHall
from bot.domain.place_directory import PlaceDirectory, Role
from bot.domain.places import Place, doubted_phone, nearest
from bot.domain.positions import Position, Unit, spoken_distance

PERIGUEUX = Position(45.1848, 0.7218)
_degrees = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))


def place(identifier: str, **fields: object) -> Place:
    defaults: dict[str, object] = {
        "name": identifier.title(), "button": identifier, "kinds": ("mairie",), "topics": ("voter",),
        "confidence": "haute", "address": "1 rue du Test",
    }  # fmt: skip
    return Place(id=identifier, **(defaults | fields))  # type: ignore[arg-type]


def test_a_known_distance() -> None:
    bordeaux = Position(44.8378, -0.5792)
    assert PERIGUEUX.distance_km(bordeaux) == pytest.approx(109, abs=2)


@given(_degrees, _degrees)
def test_distances_are_symmetric_and_bounded(one: Position, other: Position) -> None:
    there, back = one.distance_km(other), other.distance_km(one)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20_016


@pytest.mark.parametrize(
    ("kilometres", "said"),
    [
        (0, (0, Unit.NEXT_DOOR)), (0.14, (0, Unit.NEXT_DOOR)), (0.27, (300, Unit.METRES)),
        (0.94, (900, Unit.METRES)), (0.96, (1, Unit.KILOMETRES)), (2.2, (2, Unit.KILOMETRES)),
        (17.6, (18, Unit.KILOMETRES)),
    ],
)  # fmt: skip
def test_distances_as_people_say_them(kilometres: float, said: tuple[int, Unit]) -> None:
    assert spoken_distance(kilometres) == said


def test_the_nearest_comes_first_and_doubtful_places_last() -> None:
    near = place("near", position=Position(45.185, 0.722))
    far = place("far", position=Position(45.3, 0.9))
    doubtful = place("doubtful", position=PERIGUEUX, confidence="basse")
    nowhere = place("nowhere")
    found = nearest([nowhere, doubtful, far, near], PERIGUEUX)
    assert [one.place.id for one in found] == ["near", "far", "nowhere", "doubtful"]
    assert found[2].kilometres is None


def test_an_exact_position_comes_before_a_rough_one_at_the_same_distance() -> None:
    rough = place("a-rough", rough_position=PERIGUEUX)
    exact = place("exact", position=PERIGUEUX)
    assert [one.place.id for one in nearest([rough, exact], PERIGUEUX)] == ["exact", "a-rough"]


@pytest.mark.parametrize(
    ("phone", "remark", "doubted"),
    [
        ("3635", "3635 : connaissance générale", True),
        ("05 53 02 44 00", "Téléphone lu en 2015 : 05.53.02.44.00", True),
        ("05 53 02 44 00", "Autre numéro : 05 53 35 75 16", False),
        ("3635", "Année 2015", False),
        (None, "3635", False),
    ],
)
def test_a_number_that_is_still_to_be_checked(phone: str | None, remark: str, doubted: bool) -> None:
    assert (doubted_phone(phone, [remark]) is not None) is doubted


def test_the_day_of_review() -> None:
    assert place("x", checked_on=date(2026, 8, 31), review_after_months=6).review_on == date(2027, 2, 28)


def test_a_place_without_street_shows_no_postal_code() -> None:
    assert place("x", address=None, commune="Vergt", postal_code="24380").full_address == "Vergt"


def test_who_is_competent_in_a_commune() -> None:
    here = Commune("Ici", "24001", ("24000",), PERIGUEUX, town_hall=TownHall(address="2 place Test", read="2018"))
    places = [
        place("agglo", kinds=("agglo",)), place("caf", kinds=("caf",)),
        place("fs-far", kinds=("france-services",), position=Position(46, 1)),
        place("fs-near", kinds=("france-services",), position=Position(45.2, 0.7)),
        place("fs-rough", kinds=("france-services",)),
        place("aide-sociale", kinds=("ccas",), commune="Ici"),
        place("ccas-ailleurs", kinds=("ccas",), commune="Ailleurs"),
    ]  # fmt: skip
    directory = PlaceDirectory(
        {one.id: one for one in places}, (here,), {"agglo": "agglo", "caf": "caf", "departement": "?"}
    )
    found = {one.role: one for one in directory.competent(here)}
    assert list(found) == [
        Role.TOWN_HALL, Role.SOCIAL_CENTRE, Role.FRANCE_SERVICES, Role.FAMILY_BENEFITS, Role.AGGLOMERATION,
    ]  # fmt: skip
    assert found[Role.TOWN_HALL].found is None
    assert found[Role.TOWN_HALL].town_hall == here.town_hall
    assert [one.found.place.id for one in found.values() if one.found] == ["aide-sociale", "fs-near", "caf", "agglo"]


def test_a_commune_with_its_own_france_services_is_sent_there() -> None:
    here = Commune("Ici", "24001", ("24000",), PERIGUEUX)
    nearer = place("nearer", kinds=("france-services",), position=PERIGUEUX)
    own = place("own", kinds=("france-services",), position=Position(45.2, 0.7), commune="Ici")
    directory = PlaceDirectory({"nearer": nearer, "own": own}, (here,))
    assert [one.found.place.id for one in directory.competent(here) if one.found] == ["own"]


def test_whom_to_call_for_a_place_without_a_number() -> None:
    agglo = place("agglo", phone="05 53 35 86 00")
    town = place("town", phone="05 53 02 82 00")
    through, alone = place("through", ask_through="town"), place("alone")
    directory = PlaceDirectory({one.id: one for one in (agglo, town, through, alone)}, (), {"agglo": "agglo"})
    called = [directory.contact_for(one) for one in (town, through, alone)]
    assert called == [town, town, agglo]
