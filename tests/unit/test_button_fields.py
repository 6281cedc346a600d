"""What stands behind a button comes back as it went, and nothing else passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.button_fields import MAX_BYTES, NAMED, NUMBER, digest, named, pack, unpack


@given(st.sampled_from(["", "rsa", "apl"]), st.integers(0, 9999))
def test_what_goes_in_comes_out(about: str, number: int) -> None:
    data = pack("zz", digest(about), number)
    assert len(data.encode()) <= MAX_BYTES
    fields = unpack(data, "zz", NAMED, NUMBER)
    assert fields is not None
    assert named(fields[0], ["rsa", "apl"]) == about
    assert int(fields[1]) == number


@given(st.text(max_size=80))
def test_anything_else_is_refused_and_never_raises(data: str) -> None:
    fields = unpack(data, "zz", NAMED, NUMBER)
    assert fields is None or data == pack("zz", *fields)


def test_a_stranger_is_told_from_nothing() -> None:
    assert named("", ["rsa"]) == ""
    assert named("0123456789", ["rsa"]) is None


@pytest.mark.parametrize("fields", [("x" * 63,), ("a:b",), ("é" * 31, "a")])
def test_what_does_not_fit_is_refused_when_it_is_made(fields: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        pack("zz", *fields)
