"""Danger told in another language: a few plain sentences for each, in order, with at most two words in between.

The French rules read by ear and by weight; nobody here can review that for nine languages. These are words that leave
no doubt, so that whoever writes them sees the numbers first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.language import Language, Languages, bare_words

_BETWEEN = 2  # other words between two of a sentence
_MOST_WORDS = 800
_END, _AT_ONCE = "$", "+"
_Step = tuple[int, int]  # a sentence, and the place of a word in it


@dataclass(frozen=True, slots=True)
class ForeignDanger:
    """The kind of danger that was told, and the language it was told in."""

    kind: str
    language: Language


class ForeignDangerFinder:
    """Built once; `find` is a pure function of the message and never raises."""

    def __init__(self, languages: Languages) -> None:
        self._told: list[tuple[int, bool, ForeignDanger]] = []  # of each: its length, if it ends a message, its sense
        self._adjacent: set[_Step] = set()
        self._words: dict[str, list[_Step]] = defaultdict(list)
        self._beginnings: dict[str, list[_Step]] = defaultdict(list)
        for language in languages.foreign:
            for kind, sentences in language.danger:
                for sentence in sentences:
                    self._add(ForeignDanger(kind, language), sentence.split())
        self._longest = max(map(len, self._beginnings), default=0)

    def _add(self, told: ForeignDanger, sentence: list[str]) -> None:
        at_end = sentence[-1] == _END
        if at_end:
            sentence = sentence[:-1]
        for place, choice in enumerate(sentence):
            if choice.startswith(_AT_ONCE):
                self._adjacent.add((len(self._told), place))
            for word in choice.removeprefix(_AT_ONCE).split("/"):
                bare = "".join(bare_words(word.removesuffix("*")))
                steps = self._beginnings if word.endswith("*") else self._words
                steps[bare].append((len(self._told), place))
        self._told.append((len(sentence), at_end, told))

    def find(self, text: str) -> ForeignDanger | None:
        """The first danger that a message tells of in one of the languages; the longest sentence of those it ends."""
        reached: dict[_Step, int] = {}  # where each word of each sentence was last found, the words before it near
        known: dict[str, list[_Step]] = {}
        words = bare_words(text)[:_MOST_WORDS]
        for here, word in enumerate(words):
            if word not in known:
                # The last words first: one word of the message is one word of a sentence.
                known[word] = sorted(self._steps_of(word), key=lambda step: -step[1])
            ended = []
            for sentence, place in known[word]:
                most = 1 if (sentence, place) in self._adjacent else 1 + _BETWEEN
                if place and here - reached.get((sentence, place - 1), -_MOST_WORDS) > most:
                    continue
                reached[sentence, place] = here
                length, at_end, _ = self._told[sentence]
                if place == length - 1 and (not at_end or here == len(words) - 1):
                    ended.append(sentence)
            if ended:
                return self._told[max(ended, key=lambda sentence: self._told[sentence][0])][2]
        return None

    def _steps_of(self, word: str) -> Iterator[_Step]:
        yield from self._words.get(word, ())
        for length in range(1, min(len(word), self._longest) + 1):  # a word may be a whole message long
            yield from self._beginnings.get(word[:length], ())
