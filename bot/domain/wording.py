"""What the vocabulary adds to a message: far spellings become words, and words bring those that mean the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.models import Vocabulary
from bot.domain.text import stem, strip_accents, tokens

_LONGEST = 4  # words of one entry


class Wording:
    """Built once from the vocabulary; keys are compared without accents."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._spellings = _table(vocabulary.spellings)
        self._openings = frozenset(key[0] for key in self._spellings)
        self._synonyms: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
        for group in vocabulary.synonyms:
            entries = [key for text in group if (key := _stems(tokens(text)))]
            for entry in entries:
                others = tuple(other for other in dict.fromkeys(entries) if other != entry)
                self._synonyms[entry] = self._synonyms.get(entry, ()) + others

    def rewrite(self, words: Sequence[str]) -> list[str]:
        """The words with far spellings ("mdp", "pol anploi") written out; the longest entry that fits wins."""
        folded = [strip_accents(word) for word in words]
        result: list[str] = []
        done = 0
        for place, word in enumerate(folded):
            if word not in self._openings or place < done:
                continue
            for length in range(min(_LONGEST, len(words) - place), 0, -1):
                found = self._spellings.get(tuple(folded[place : place + length]))
                if found is not None:
                    result.extend(words[done:place])
                    result.extend(found)
                    done = place + length
                    break
        result.extend(words[done:])
        return result

    def relatives(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """Stems of the words and expressions that mean the same as one of the message's."""
        stems = list(_stems(words))
        found: list[tuple[str, ...]] = []
        for place in range(len(stems)):
            for length in range(min(_LONGEST, len(stems) - place), 0, -1):
                found.extend(self._synonyms.get(tuple(stems[place : place + length]), ()))
        said = set(stems)
        return [entry for entry in dict.fromkeys(found) if not said.issuperset(entry)]


def _table(spellings: Mapping[str, str]) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {
        key: tuple(tokens(text))
        for form, text in spellings.items()
        if (key := tuple(strip_accents(word) for word in tokens(form)))
    }


def _stems(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(stem(word) for word in words if len(word) > 1)
