"""Numbers in words, as people dictate them, in the spellings of this place's messages."""

import re
from collections.abc import Sequence

_UNITS = {
    "zero": 0, "zeros": 0, "zerro": 0, "un": 1, "deux": 2, "deu": 2, "trois": 3, "troi": 3, "trwa": 3,
    "quatre": 4, "katre": 4, "quatr": 4, "katr": 4, "quat": 4, "cinq": 5, "sink": 5, "cink": 5, "six":
    6, "sis": 6, "sept": 7, "cet": 7, "huit": 8, "uit": 8, "ui": 8, "neuf": 9, "nef": 9, "nefe": 9,
}  # fmt: skip
_TEENS = {
    "dix": 10, "dis": 10, "diz": 10, "onze": 11, "onz": 11, "douze": 12, "douz": 12, "treize": 13,
    "trez": 13, "treze": 13, "quatorze": 14, "katorz": 14, "katorze": 14, "quinze": 15, "kinz": 15,
    "kinze": 15, "seize": 16, "sez": 16, "seze": 16,
}  # fmt: skip
_TENS = {
    "vingt": 20, "vin": 20, "vint": 20, "trente": 30, "trent": 30, "trante": 30, "quarante": 40,
    "karante": 40, "karant": 40, "cinquante": 50, "sinkante": 50, "cinkante": 50, "sinquante": 50,
    "soixante": 60, "swasante": 60, "soissante": 60, "soisante": 60, "septante": 70, "huitante": 80,
    "octante": 80, "nonante": 90,
}  # fmt: skip
_TWENTY = frozenset(("vingt", "vingts", "vin", "vint"))
_HUNDRED = frozenset(("cent", "cents"))
_WORDS = frozenset((*_UNITS, *_TEENS, *_TENS, *_TWENTY, *_HUNDRED))
_LARGE = frozenset(("mille", "mil", "premier"))

NUMBER_WORD = "(?:" + "|".join(sorted((*_WORDS, *_LARGE, "une", "et"), key=len, reverse=True)) + ")"
"""A pattern for one word of a number, on folded text."""


def is_number_word(word: str) -> bool:
    """Whether a folded word is part of a number."""
    return word in _WORDS


def digits_of(tokens: Sequence[str]) -> str:
    """The digits that a listener would write down: "zero six douze trente quatre" is 061234."""
    digits: list[str] = []
    position = 0
    while position < len(tokens):
        value, used = _below_thousand(tokens[position:])
        digits.append(tokens[position] if tokens[position].isdigit() else str(value))
        position += used
    return "".join(digits)


def _below_thousand(tokens: Sequence[str]) -> tuple[int, int]:
    """The number at the head of `tokens` and how many of them it takes."""
    value, used = _below_hundred(tokens)
    hundreds = 0
    if tokens[0] in _HUNDRED:
        hundreds, used = 1, 1
    elif 0 < value < 10 and len(tokens) > used and tokens[used] in _HUNDRED:
        hundreds, used = value, used + 1
    else:
        return value, used
    rest, more = _below_hundred(tokens[used:]) if len(tokens) > used and not tokens[used].isdigit() else (0, 0)
    if tokens[used : used + 1] and re.fullmatch("zero.*|zerro", tokens[used]):
        rest, more = 0, 0
    return hundreds * 100 + rest, used + more


def _below_hundred(tokens: Sequence[str]) -> tuple[int, int]:
    first = tokens[0]
    second = tokens[1] if len(tokens) > 1 else ""
    if first in _UNITS:
        if _UNITS[first] == 4 and second in _TWENTY:
            extra, used = _added(tokens[2:], through_teens=True)
            return 80 + extra, 2 + used
        return _UNITS[first], 1
    if first in _TEENS:
        tail = _UNITS.get(second, 0)
        return (10 + tail, 2) if _TEENS[first] == 10 and tail >= 7 else (_TEENS[first], 1)
    if first in _TENS:
        extra, used = _added(tokens[1:], through_teens=_TENS[first] == 60)
        return _TENS[first] + extra, 1 + used
    return 0, 1


def _added(tokens: Sequence[str], *, through_teens: bool) -> tuple[int, int]:
    """What follows a ten: a unit, or a teen after sixty and eighty; "et" may stand between."""
    skip = 1 if len(tokens) > 1 and tokens[0] == "et" else 0
    if len(tokens) <= skip:
        return 0, 0
    word = tokens[skip]
    if _UNITS.get(word, 0) > 0:
        return _UNITS[word], skip + 1
    if word in _TEENS and through_teens:
        tail = _UNITS.get(tokens[skip + 1], 0) if len(tokens) > skip + 1 else 0
        return (10 + tail, skip + 2) if _TEENS[word] == 10 and tail >= 7 else (_TEENS[word], skip + 1)
    return 0, 0
