"""Telephone numbers as people say them: by pairs, short ones by two halves, special ones by their written groups."""

from __future__ import annotations

import re

from bot.domain.spoken.numbers import digits

_GAP = r"[ .-]"
_ABROAD = re.compile(rf"\+33{_GAP}?(?:\(0\))?{_GAP}?([1-9](?:{_GAP}?\d{{2}}){{4}})(?!\d)")
_SPECIAL = re.compile(r"(?<![\d,])0 (8\d\d)((?: \d{2,3}){2,3})(?!\d|,\d)")
_TEN = re.compile(rf"(?<![\d,.])(0\d(?:{_GAP}?\d{{2}}){{4}})(?!\d)")
_SIX = re.compile(r"(?<![\d,])(11[68]) (\d{3})(?! ?\d|,\d)(?! *(?:€|euros))")
# 3000 to 3999 with nothing counted after it: a year or a sum has another shape.
_COUNTED = r"(?! *(?:€|%|euros?\b|habitants?\b|personnes?\b|k[mg]\b|m[²2]?\b|ans\b|places?\b|heures?\b|kWh\b))"
_SHORT = re.compile(rf"(?<![\d,./-])(3\d)(\d\d)(?![\d/]|,\d| \d{{3}}\b|-\d){_COUNTED}")
# 10 14, 10 23 … of the operators: only where the sentence calls.
_CALLED = re.compile(
    r"(?i)\b((?:au|le|numéro|tapez|appelez)\s+)(1\d)(\d\d)(?![\d/]|,\d)(?=[ .,;:!?)]|$)(?! *(?:€|euros))"
)


def numbers_said(text: str) -> str:
    """Every telephone number of a text in words."""
    text = _ABROAD.sub(lambda found: pairs("0" + _bare(found.group(1))), text)
    text = _SPECIAL.sub(lambda found: _groups("0", found.group(1), *found.group(2).split()), text)
    text = _TEN.sub(lambda found: pairs(_bare(found.group(1))), text)
    text = _SIX.sub(lambda found: _groups(*found.groups()), text)
    return _SHORT.sub(lambda found: _halves(*found.groups()), text)


def called_said(text: str) -> str:
    """Short numbers that look like a year, where somebody is told to call them."""
    return _CALLED.sub(lambda found: found.group(1) + _halves(found.group(2), found.group(3)), text)


def pairs(number: str) -> str:
    """0553358600 → zéro cinq, cinquante-trois, …"""
    return _groups(*(number[start : start + 2] for start in range(0, len(number), 2)))


def _groups(*groups: str) -> str:
    return ", ".join(digits(group) for group in groups)


def _halves(first: str, second: str) -> str:
    return f"{digits(first)} {digits(second)}"


def _bare(text: str) -> str:
    return "".join(filter(str.isdigit, text))
