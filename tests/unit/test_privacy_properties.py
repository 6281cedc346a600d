"""What holds for any message at all, hostile ones included."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.privacy import Kind, redact

_PLACEHOLDER = re.compile("|".join(re.escape(kind.placeholder) for kind in Kind))
_SEPARATORS = " \u00a0\u202f\t\n.-‑–/_\u200b\u200d\ufeff\u00ad()+:"
_DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９०१२३"
_SNIPPETS = (
    "je m'appelle ", "Fatima", " B. ", "mon fils ", "kevin", "12 rue ", "de la ", "Paix", " né le ",
    "12/03/1985", "@", "arobase ", "point ",
    "fr", "FR76", " 06", "zéro ", "six ", "[nom]", "[", "]", "https://", "www.", "?", "Cordialement, ",
    "mme ", "caf ", "AB-123-CD", "24000 ", "\n",
)  # fmt: skip
_digits = st.text(st.sampled_from(_DIGITS + _SEPARATORS), max_size=80)
_messages = st.one_of(
    st.text(max_size=120),
    _digits,
    st.lists(st.one_of(st.sampled_from(_SNIPPETS), _digits, st.text(max_size=6)), max_size=25).map("".join),
)


def _longest_run(text: str) -> int:
    """Digits of any script that follow each other with nothing but separators between."""
    longest = run = 0
    for char in text:
        if unicodedata.digit(char, None) is not None:
            run += 1
            longest = max(longest, run)
        elif char not in _SEPARATORS:
            run = 0
    return longest


@given(_messages)
def test_no_run_of_nine_digits_is_left(text: str) -> None:
    assert _longest_run(redact(text).text) < 9


@given(_messages)
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text)
    again = redact(once.text)
    assert again.text == once.text
    assert again.kinds == ()


@given(_messages)
def test_what_is_not_masked_stays_verbatim_and_in_order(text: str) -> None:
    position = 0
    for piece in _PLACEHOLDER.split(redact(text).text):
        position = text.index(piece, position) + len(piece)


@given(st.text(st.characters(categories=("Ll", "So", "Po")), max_size=60))
def test_kinds_are_told_when_and_only_when_something_changes(text: str) -> None:
    redacted = redact(text)
    assert bool(redacted.kinds) is (redacted.text != text)


@pytest.mark.parametrize(
    "piece",
    [
        "1 ", "0", "a", "a.", "a@", "@", "a@a.", "- ", "né le ", "1/", "fr76 ", "rue ", "12 rue de la ",
        "mon fils ", "Jean ", "je m'appelle ", "zéro ", "et ",
        "[nom]", "[", " ", "\n", "é", "e\u0301", "😀", "٣", "www.", "http://", "a-", "merci ",
        "1 rue a ", "mme dupont ", "arobase ", "a point ", "ﷺ", "caf 1234",
        "quatre vingt ", "naissance ", "ab 12", "24000 a ", "Marie, ",
    ],
)  # fmt: skip
def test_hostile_messages_end(piece: str) -> None:
    """The longest message of one piece: backtracking without bound would never come back."""
    text = (piece * 4096)[:4096]
    assert isinstance(redact(text).text, str)
