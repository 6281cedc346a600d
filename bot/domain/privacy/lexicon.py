"""The words that tell a name from an ordinary word; given names are data, one list a file beside this module."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_SERVANT_OF = re.compile(r"abd(?:el|er|ou|al|en|es|ul|ess|ell|err)-?[a-z]{3,12}")
"""Arabic given names made on one pattern, too many to list."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded lower-case words, read once."""

    given_names: frozenset[str]
    ambiguous_names: frozenset[str]
    function_words: frozenset[str]
    ordinary_words: frozenset[str]
    public_names: frozenset[str]

    def is_given_name(self, word: str) -> bool:
        """A given name that is nothing else; compounds such as "jean-noel" count by their parts."""
        if word in self.ambiguous_names:
            return False
        parts = word.split("-")
        if _SERVANT_OF.fullmatch(word):
            return True
        return word in self.given_names or (len(parts) == 2 and all(self.may_be_given_name(part) for part in parts))

    def may_be_given_name(self, word: str) -> bool:
        """A given name, even one that is also a word."""
        return word in self.given_names or word in self.ambiguous_names

    def is_never_name(self, word: str) -> bool:
        """Grammar, offices, courtesies, places: not a person even with a capital."""
        known = word in self.function_words or word in self.public_names
        return known or ("-" in word and all(map(self.is_never_name, word.split("-"))))

    def is_ordinary(self, word: str) -> bool:
        """A word that people write in lower case for itself, in any of their spellings."""
        known = word in self.ordinary_words or word in self.function_words or word in self.public_names
        return known or ("-" in word and all(map(self.is_ordinary, word.split("-"))))


@cache
def _words(name: str) -> frozenset[str]:
    text = resources.files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


LEXICON = Lexicon(
    given_names=_words("given_names"),
    ambiguous_names=_words("given_names_ambiguous"),
    function_words=_words("function_words"),
    ordinary_words=_words("ordinary_words"),
    public_names=_words("public_names"),
)
