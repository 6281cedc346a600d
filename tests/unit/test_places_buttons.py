"""What stands behind the buttons of places: short, and harmless when it is forged."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.positions import Position
from handlers.place_data import PlaceAction, PlacePressed, decode, encode, where_of

_KNOWN = ["mairie-perigueux", "voter", "papiers", "x" * 200]
_positions = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))
_where = st.one_of(st.just(""), st.just("24322"), st.just("2A004"), _positions.map(where_of))


@given(st.sampled_from(PlaceAction), st.sampled_from(["", *_KNOWN]), _where, st.integers(0, 99))
def test_what_is_written_is_read(action: PlaceAction, about: str, where: str, page: int) -> None:
    pressed = PlacePressed(action, about, where, page)
    data = encode(pressed)
    assert 1 <= len(data.encode()) <= 64
    assert decode(data, _KNOWN) == pressed


@given(st.one_of(st.text(max_size=80), st.text(max_size=60).map(lambda text: f"li:{text}")))
def test_forged_data_is_never_an_error(data: str) -> None:
    pressed = decode(data, _KNOWN)
    assert pressed is None or pressed.about in ("", *_KNOWN)


@given(_positions)
def test_a_position_is_kept_to_about_a_kilometre(position: Position) -> None:
    kept = PlacePressed(PlaceAction.NEAR, where=where_of(position)).position
    assert kept is not None
    assert kept.distance_km(position) < 1


def test_positions_off_the_map_are_refused() -> None:
    pressed = decode("li:n::9999,99999:0", _KNOWN)
    assert pressed is not None
    assert pressed.position is None
