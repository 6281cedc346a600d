"""Dates and hours in words."""

from __future__ import annotations

import re

from bot.domain.spoken.numbers import cardinal, digits, feminine

_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/])")
_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_SCHOOL_YEAR = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)[-/–]((?:19|20)\d\d)(?![\d/-])")
_ALWAYS = re.compile(r"(?<!\d)24 ?h(?:eures)?(?:/| sur )24(?!\d)", re.I)
_EVERY_DAY = re.compile(r"(?<!\d)(\d) ?j(?:ours)?(?:/| sur )7(?!\d)", re.I)
_HOUR = re.compile(r"(?<![\d,.])(\d{1,2}) ?[hH](?: ?([0-5]\d))?(?![\w/])")
_CLOCK = re.compile(r"(?<![\d,.:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])")
_BETWEEN = re.compile(r"(heures?(?: [\w-]+(?: et \w+)?)?) ?[-–/] ?(?=(?:zéro|\w[\w -]{0,25}) heures?\b)")
_MINUTES = re.compile(r"(?<![\d,])(\d{1,3}) ?(?:min|mn)\b(?:\.(?= [^\W\dA-Z]))?")


def times_said(text: str) -> str:
    """Every date and hour of a text in words; a day's own number is left to the numbers."""
    text = _SLASHED.sub(_slashed, text)
    text = _ISO.sub(lambda found: _day(found.group(), *map(int, found.groups()[::-1])), text)
    text = _SCHOOL_YEAR.sub(lambda found: f"{digits(found.group(1))}, {digits(found.group(2))}", text)
    text = _ALWAYS.sub("vingt-quatre heures sur vingt-quatre", text)
    text = _EVERY_DAY.sub(lambda found: f"{cardinal(int(found.group(1)))} jours sur sept", text)
    text = _CLOCK.sub(lambda found: _hour(int(found.group(1)), found.group(2)), text)
    text = _HOUR.sub(lambda found: _hour(int(found.group(1)), found.group(2)), text)
    text = _BETWEEN.sub(r"\1 à ", text)
    return _MINUTES.sub(lambda found: f"{feminine(int(found.group(1)))} minute{_plural(int(found.group(1)))}", text)


def _slashed(found: re.Match[str]) -> str:
    day, month, year = found.groups()
    return _day(found.group(), int(day), int(month), int(year) + (2000 if len(year) == 2 else 0))


def _day(written: str, day: int, month: int, year: int) -> str:
    """The day in words, or what was written when the calendar has no such day."""
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return written
    return f"{'premier' if day == 1 else cardinal(day)} {_MONTHS[month - 1]} {cardinal(year)}"


def _hour(hours: int, minutes: str | None) -> str:
    said = f"{feminine(hours)} heure{_plural(hours)}"
    return said if minutes in (None, "00") else f"{said} {feminine(int(str(minutes)))}"


def _plural(number: int) -> str:
    return "s" if number > 1 else ""
