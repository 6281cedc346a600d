"""The commune that a question names among other words: "où demander le RSA à Trélissac".

Only for counting, so better none than a wrong one: a name that is no ordinary word, or any known spelling behind a
word that says where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.commune_finder import name_words
from bot.domain.communes import Commune
from bot.domain.privacy.lexicon import LEXICON
from bot.domain.text import fold

_LONG = 7  # letters: a shorter name that is also a word ("salon", "change") counts only behind a word of place
_MOST_WORDS = 400
_LINKS = frozenset(["de", "du", "des", "d", "la", "le", "les", "l"])
_WHERE = frozenset(
    "a au aux sur vers habite habitons habitent habitant commune mairie ccas ville village bourg secteur pres".split()
)
_Words = tuple[str, ...]


class CommuneMentions:
    """Finds the one commune that a text names."""

    def __init__(self, communes: Iterable[Commune]) -> None:
        official: dict[_Words, set[str]] = {}
        spelt: dict[_Words, set[str]] = {}
        for commune in communes:
            names = (commune.name, *(former.name for former in commune.former))
            for name in names:
                official.setdefault(name_words(fold(name)), set()).add(commune.insee)
            for name in (*commune.spellings, *commune.quarters):
                words = name_words(fold(name))
                if not all(word in _LINKS or LEXICON.is_ordinary(word) or word.isdigit() for word in words):
                    spelt.setdefault(words, set()).add(commune.insee)
        alone = {words: of for words, of in spelt.items() if len(_key(words)) == 1 and len(_key(words)[0]) >= _LONG}
        alone |= {words: of for words, of in official.items() if _says_enough(words)}
        self._alone = {words: min(of) for words, of in alone.items() if len(of) == 1}
        behind = {words: of | spelt.get(words, set()) for words, of in official.items()} | {
            words: of for words, of in spelt.items() if words not in official
        }
        self._behind = {words: min(of) for words, of in behind.items() if len(of) == 1}
        self._longest = max(map(len, self._behind), default=0)

    def find(self, text: str) -> str:
        """The INSEE code of the commune; nothing when none is named, or several."""
        found = set(self._found(name_words(fold(text))[:_MOST_WORDS]))
        return found.pop() if len(found) == 1 else ""

    def _found(self, words: _Words) -> Iterator[str]:
        start = 0
        while start < len(words):
            length = min(self._longest, len(words) - start)
            for size in range(length, 0, -1):
                insee = self._named(words, start, size)
                if insee:
                    yield insee
                    start += size - 1
                    break
            start += 1

    def _named(self, words: _Words, start: int, size: int) -> str | None:
        name = words[start : start + size]
        if name not in self._behind or (start and words[start - 1] == "grand"):  # the agglomeration
            return None
        if name in self._alone:
            return self._alone[name]
        before = start - 1
        while before >= 0 and words[before] in _LINKS:
            before -= 1
        return self._behind[name] if before >= 0 and words[before] in _WHERE else None


def _key(words: _Words) -> _Words:
    return tuple(word for word in words if word not in _LINKS)


def _says_enough(words: _Words) -> bool:
    key = _key(words)
    return len("".join(key)) >= _LONG or not all(map(LEXICON.is_ordinary, key))
