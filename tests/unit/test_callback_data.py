"""Button data: short enough for every topic there is, and never an error when it comes back changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.knowledge import Knowledge
from bot.knowledge_base.loader import load_knowledge
from bot.settings import read_settings
from handlers.button_fields import MAX_BYTES, digest
from handlers.callback_data import Action, Pressed, decode, encode

KNOWN = ["rsa", "aides", "aide-logement"]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(read_settings(_env_file=None).knowledge)


def test_every_shipped_topic_and_theme_fits_and_is_told_apart(knowledge: Knowledge) -> None:
    known = [*knowledge.topics, *(theme.id for theme in knowledge.themes)]
    assert len({digest(identifier) for identifier in known}) == len(set(known))
    for action in Action:
        for identifier in known:
            data = encode(action, identifier, 9999)
            assert 1 <= len(data.encode()) <= MAX_BYTES
            assert decode(data, known) == Pressed(action, identifier, 9999)


@given(st.sampled_from(Action), st.sampled_from(["", *KNOWN]), st.integers(0, 9999))
def test_what_is_encoded_is_decoded(action: Action, about: str, number: int) -> None:
    assert decode(encode(action, about, number), KNOWN) == Pressed(action, about, number)


@given(st.text())
def test_any_text_is_decoded_or_refused(data: str) -> None:
    decoded = decode(data, KNOWN)
    assert decoded is None or decoded.about in ("", *KNOWN)


@given(
    st.sampled_from(Action), st.sampled_from(KNOWN), st.integers(0, 9999), st.data(),
    st.text(min_size=1, max_size=3),
)  # fmt: skip
def test_tampered_data_is_refused_or_names_something_known(
    action: Action, about: str, number: int, data: st.DataObject, inserted: str
) -> None:
    whole = encode(action, about, number)
    place = data.draw(st.integers(0, len(whole)))
    decoded = decode(whole[:place] + inserted + whole[place + 1 :], KNOWN)
    assert decoded is None or decoded.about in ("", *KNOWN)


@pytest.mark.parametrize("data", [None, "", "t::00000", "t::-1", "t::1.0", "t:: 1", "t::١", "t::²", "\ud800:0:0"])
def test_odd_data_is_refused(data: str | None) -> None:
    assert decode(data, KNOWN) is None
