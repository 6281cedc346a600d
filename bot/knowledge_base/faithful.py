"""Compares a translation with its French text in what a machine can compare: numbers, commands, words in braces."""

from __future__ import annotations

import re
from collections import Counter

from bot.domain.texts import placeholders

_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f]\d+)*")
_COMMAND = re.compile(r"(?<!\w)/[a-z]+")


def numbers(text: str) -> Counter[str]:
    """Every number of a text, as often as it stands there; "05 53" is one number."""
    return Counter(re.sub(r"\D", "", found) for found in _NUMBER.findall(text))


def differences(french: str, other: str) -> list[str]:
    """What the other text has more or less of, each in French words."""
    found = []
    wanted, written = numbers(french), numbers(other)
    if missing := sorted((wanted - written).elements()):
        found.append(f"il manque le nombre {', '.join(missing)}")
    if added := sorted((written - wanted).elements()):
        found.append(f"le nombre {', '.join(added)} n'est pas dans le texte français")
    if Counter(_COMMAND.findall(french)) != Counter(_COMMAND.findall(other)):
        found.append("les commandes ne sont pas celles du texte français")
    if placeholders(french) != placeholders(other):
        found.append("les mots entre accolades ne sont pas ceux du texte français")
    return found
