"""How long answers take, as /etat says it."""

from __future__ import annotations

import pytest

from handlers.render.state import bucket_words


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.02, "moins de 20 ms"), (5.0, "moins de 5 s"), (float("inf"), "plus de 30 secondes")],
)
def test_a_time_is_under_or_over_and_never_both(seconds: float, said: str) -> None:
    assert bucket_words(seconds) == said
