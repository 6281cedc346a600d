"""The words of a message as names are read in it: with their case, when the case says something."""

import re
from dataclasses import dataclass

from bot.domain.privacy.lexicon import LEXICON

_WORD = re.compile(r"(?:[A-Z]'(?=[A-Z]))?[^\W\d_]+(?:-[^\W\d_]+)*")
_NEAR = re.compile(r" {1,2}|\. ?|-|' ?| ?\n(?=[A-Z])")
_SHOUTED = 0.6
"""Share of capitals above which a message says nothing by them."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the view; `capital` is false when the whole message is shouted."""

    start: int
    end: int
    low: str
    capital: bool
    shouted: bool

    @property
    def initial(self) -> bool:
        """A single capital, as in "Fatima B."."""
        return self.capital and len(self.low) == 1

    @property
    def acronym(self) -> bool:
        """Two to five capitals in a message that is not shouted."""
        return self.shouted and 2 <= len(self.low) <= 5

    @property
    def given(self) -> bool:
        """A given name that is nothing else."""
        return LEXICON.is_given_name(self.low)

    @property
    def likely_surname(self) -> bool:
        """A capital on a word that is neither grammar, office nor place."""
        return self.capital and not LEXICON.is_never_name(self.low)

    @property
    def unknown(self) -> bool:
        """No word of the lexicon: in lower case after "mme", a surname."""
        return len(self.low) > 2 and not LEXICON.is_ordinary(self.low)


class Words:
    """The words of one view in order, found by position."""

    def __init__(self, plain: str) -> None:
        letters = [char for char in plain if char.isalpha()]
        capitals = sum(char.isupper() for char in letters)
        loud = len(letters) > 12 and capitals > _SHOUTED * len(letters)
        self._plain = plain
        self.all = [
            Word(m.start(), m.end(), m[0].lower(), m[0][0].isupper() and not loud, m[0].isupper() and not loud)
            for m in _WORD.finditer(plain)
        ]
        self._index = {word.start: number for number, word in enumerate(self.all)}

    def number_at(self, position: int) -> int | None:
        """The number of the word that starts at `position` or after spaces and light punctuation."""
        while position < len(self._plain) and self._plain[position] in " .:,\"'«(-":
            position += 1
        return self._index.get(position)

    def near(self, first: Word, second: Word) -> bool:
        """Whether nothing but a space, a hyphen or an initial's point stands between two words."""
        gap = self._plain[first.end : second.start]
        return bool(_NEAR.fullmatch(gap)) and (not gap.startswith(".") or first.initial)
