"""Money, percentages, measures, ordinals and whatever number is left, in words."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.spoken.numbers import cardinal, digits, feminine, ordinal

_NUMBER = r"(?<![\w,.])(\d{1,3}(?: \d{3}){1,3}(?!\d| \d{3}\b)|\d{1,12})(?:,(\d{1,4}))?"
_MONEY = re.compile(_NUMBER + r" ?(?:€|euros?\b|EUR\b)")
_CENTS = re.compile(r"(?<![\d,])(\d{1,2}) ?(?:c€|cts?\b|centimes?\b)")
_PERCENT = re.compile(_NUMBER + r" ?%")
_UNITS = {
    "km/h": "kilomètre{s} à l'heure", "km²": "kilomètre{s} carré{s}", "km": "kilomètre{s}", "m²": "mètre{s} carré{s}",
    "m2": "mètre{s} carré{s}", "m³": "mètre{s} cube{s}", "cm": "centimètre{s}", "mm": "millimètre{s}", "kg": "kilo{s}",
    "kWh": "kilowattheure{s}", "Mo": "mégaoctet{s}", "Go": "gigaoctet{s}", "Ko": "kilooctet{s}", "cl": "centilitre{s}",
    "°C": "degré{s}", "°": "degré{s}", "m": "mètre{s}",
}  # fmt: skip
_MEASURE = re.compile(_NUMBER + rf" ?({'|'.join(map(re.escape, _UNITS))})(?![\w²³/°])")
_ORDINAL = re.compile(r"(?<![\d,])(\d{1,4}) ?(ères?|ère|res?|ers?|nde?s?|(?:i?è|e)mes?|es?)(?!\w)")
_RANGE = re.compile(r"(?<![\d,./-])(\d{1,4}) ?[-–] ?(\d{1,4})(?![\d,/-])")
_OUT_OF = re.compile(r"(?<![\d/])(\d{1,3})/(\d{1,3})(?![\d/])")
_FEMALE = (
    "fois|heures?|années?|semaines?|photos?|personnes?|demandes?|adresses?|cartes?|places?|minutes?|pages?|pièces?"
)
_COUNTED = re.compile(_NUMBER + rf" (?={_FEMALE}\b)")
_ANY = re.compile(_NUMBER + r"(?!\w)")


def amounts_said(text: str) -> str:
    """Every number of a text in words."""
    text = _MONEY.sub(_money, text)
    text = _CENTS.sub(lambda found: f"{digits(found.group(1))} centime{_plural(found)}", text)
    text = _PERCENT.sub(lambda found: f"{_number(found)} pour cent", text)
    text = _MEASURE.sub(_measure, text)
    text = _ORDINAL.sub(_ordinal, text)
    text = _RANGE.sub(lambda found: f"{digits(found.group(1))} à {digits(found.group(2))}", text)
    text = _OUT_OF.sub(lambda found: f"{digits(found.group(1))} sur {digits(found.group(2))}", text)
    text = _COUNTED.sub(lambda found: f"{_female(found)} ", text)
    text = _ANY.sub(_number, text)
    # What is still a digit stands inside a word or beside odd signs.
    return re.sub(r"\d+", lambda found: f" {digits(_ascii(found.group()))} ", text)


def _number(found: re.Match[str]) -> str:
    whole = digits(found.group(1).replace(" ", ""))
    return f"{whole} virgule {digits(found.group(2))}" if found.group(2) else whole


def _female(found: re.Match[str]) -> str:
    whole = found.group(1).replace(" ", "")
    ends_in_one = not found.group(2) and whole.endswith("1") and len(whole) <= 6
    return feminine(int(whole)) if ends_in_one and not whole.startswith("0") else _number(found)


def _money(found: re.Match[str]) -> str:
    whole, cents = found.group(1).replace(" ", ""), found.group(2)
    round_million = len(whole) <= 9 and int(whole) >= 1_000_000 and int(whole) % 1_000_000 == 0
    said = f"{digits(whole)} {'d’' if round_million else ''}euro{_plural(found)}".replace("’", "'")
    if not cents or not int(cents):
        return said
    if len(cents) > 2:
        return f"{digits(whole)} virgule {digits(cents)} euro{_plural(found)}"
    left = cardinal(int(cents.ljust(2, "0")))
    if not int(whole):
        return f"{left} centime{'s' if int(cents.ljust(2, '0')) > 1 else ''}"
    return f"{said} {left}"


def _measure(found: re.Match[str]) -> str:
    return f"{_number(found)} {_UNITS[found.group(3)].format(s=_plural(found))}"


def _ordinal(found: re.Match[str]) -> str:
    number, ending = int(found.group(1)), found.group(2)
    if number == 0:
        return digits(found.group(1))
    if ending.startswith("nd") and number == 2:
        return "seconde" if "e" in ending else "second"
    plural = "s" if ending.endswith("s") else ""
    return ordinal(number, female=ending.startswith(("r", "è")) and number == 1) + plural


def _plural(found: re.Match[str]) -> str:
    return "s" if int(found.group(1).replace(" ", "")) > 1 else ""


def _ascii(text: str) -> str:
    return "".join(str(unicodedata.digit(character, 0)) for character in text)
