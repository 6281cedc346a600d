"""Acronyms spelt letter by letter or said as a word, as people of the place do."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.domain.spoken.numbers import digits

_WORD = re.compile(r"(?<![\w'])(?:[ldnsm]'|qu')?[^\W\d_][\w]*(?:-[A-Z]\b)?", re.I)
_ELIDED = re.compile(r"^((?:[ldnsm]|qu)')(.+)$", re.I)
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,8}")
_LONGEST = 8
_VOWELS = frozenset("AEIOUYÀÂÉÈÊÎÔÛ")


class Acronyms:
    """How each acronym is said: by `said` first, else as its definition begins ("RSA : …" spelt, "Caf : …" said)."""

    def __init__(self, definitions: Mapping[str, str] | None = None, said: Mapping[str, str] | None = None) -> None:
        self._said: dict[str, str] = {}
        for acronym, definition in (definitions or {}).items():
            head = definition.partition(":")[0].strip()
            if head.casefold() == acronym.casefold() and not head.isupper():
                self._said[acronym.casefold()] = head.lower()
        self._spelt = frozenset(key.casefold() for key in definitions or {}) - self._said.keys()
        self._said |= {acronym.casefold(): words for acronym, words in (said or {}).items()}

    def say(self, text: str) -> str:
        """A text with its acronyms as a voice should say them."""
        text = _DOTTED.sub(lambda found: found.group().replace(".", ""), text)
        shouted = sum(map(str.isupper, text)) > sum(map(str.islower, text)) * 2 and len(text) > _LONGEST
        return _WORD.sub(lambda found: self._word(found.group(), shouted=shouted), text)

    def _word(self, word: str, *, shouted: bool) -> str:
        elided = _ELIDED.match(word)
        if elided:
            return elided.group(1) + self._word(elided.group(2), shouted=shouted)
        key = word.casefold()
        has_digit = any(map(str.isdigit, word))
        looks_so = word.isupper() and len(word.replace("-", "")) > 1
        if key in self._said and (looks_so or self._said[key] != key):
            return self._said[key] if looks_so or word[:1].isupper() else word
        if not looks_so or len(word) > _LONGEST:
            return word
        if shouted and key not in self._spelt:
            return word.lower()
        # An unknown word in capitals that nobody could pronounce, or a short one, is spelt; "URGENT" is said.
        if key in self._spelt or has_digit or len(word) <= 3 or not _VOWELS & set(word):
            return _letters(word)
        return word.lower()


def _letters(word: str) -> str:
    parts = re.findall(r"\d+|[^\W\d_]", word)
    return " ".join(digits(part) if part.isdecimal() and part.isascii() else part for part in parts)
