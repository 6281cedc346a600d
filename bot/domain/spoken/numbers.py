"""Numbers in French words.

num2words says the same but brings docopt, which has had no release since 2014 and no wheel, and loads sixty languages
into the process; French needs these few lines.
"""

from __future__ import annotations

_SMALL = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
).split()
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}
_ORDINALS = {"un": "unième", "quatre": "quatrième", "cinq": "cinquième", "neuf": "neuvième"}
_MOST_DIGITS = 9  # beyond that nobody follows: digits are said one by one


def cardinal(number: int) -> str:
    """21 → vingt et un; up to a billion."""
    if number < 100:
        return _below_hundred(number)
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        start = "cent" if hundreds == 1 else f"{_SMALL[hundreds]} cent"
        return f"{start} {cardinal(rest)}" if rest else start + ("s" if hundreds > 1 else "")
    if number < 1_000_000:
        thousands, rest = divmod(number, 1000)
        start = "mille" if thousands == 1 else f"{_unmarked(cardinal(thousands))} mille"
        return f"{start} {cardinal(rest)}" if rest else start
    millions, rest = divmod(number, 1_000_000)
    start = f"{cardinal(millions)} million{'s' if millions > 1 else ''}"
    return f"{start} {cardinal(rest)}" if rest else start


def _below_hundred(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    tens, unit = divmod(number, 10)
    if tens in (7, 9):
        tens, unit = tens - 1, unit + 10
    if not unit:
        return _TENS[tens] + ("s" if tens == 8 else "")
    linked = " et " if unit in (1, 11) and tens != 8 else "-"
    return f"{_TENS[tens]}{linked}{_SMALL[unit]}"


def _unmarked(words: str) -> str:
    """Before "mille", vingt and cent take no s."""
    return words[:-1] if words.endswith(("vingts", "cents")) else words


def feminine(number: int) -> str:
    """21 → vingt et une."""
    words = cardinal(number)
    return f"{words}e" if words.endswith("un") else words


def ordinal(number: int, *, female: bool = False) -> str:
    """2 → deuxième; 1 → premier or première."""
    if number == 1:
        return "première" if female else "premier"
    words = _unmarked(cardinal(number))
    start, last = words[: -len(words.replace("-", " ").split()[-1])], words.replace("-", " ").split()[-1]
    return start + _ORDINALS.get(last, f"{last.removesuffix('e')}ième")


def digits(text: str) -> str:
    """A run of digits as people say it: zeros in front aloud, then the number; one by one when it is endless."""
    significant = text.lstrip("0")
    zeros = ["zéro"] * (len(text) - len(significant))
    if len(significant) > _MOST_DIGITS:
        return " ".join(_SMALL[int(digit)] for digit in text)
    if not significant:
        return " ".join(zeros)
    said = cardinal(int(significant))
    return " ".join([*zeros, f"un {said}" if zeros and said.startswith("mille") else said])
