"""Messages that say what a phrase of the base says, word for word or nearly: somebody already wrote down their topic.

Statistics weigh one phrase among eighty. But an editor, or staff who attached a wording, said where exactly this
message leads, so it leads there; and a message that sounds nearly the same does too (docs/understanding.md says how
near, and what was measured).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from bot.domain.models import Topic, Vocabulary
from bot.domain.phonetics import sound_key, sound_string
from bot.domain.text import fold, strip_accents, tokens

# Least likeness of the sounds of message and phrase, on rapidfuzz's 0–100 `ratio`. Of 2,169 labelled messages, all 57
# whose nearest phrase is at 87.5 or nearer belong where that phrase does; at 85, 22 of 24.
LIKENESS_FLOOR = 90.0
NEARLY_SURE = 0.98
_LEAD = 3.0  # over the nearest phrase that leads elsewhere
_SHORTEST = 8  # sounds: of fewer, one makes another word
_LONGEST = 600
_MOST_CANDIDATES = 60
_SYMBOLS = 128


@dataclass(frozen=True, slots=True)
class Known:
    """Where a message leads: a topic, or None when it is known that none covers it. `exact`: word for word."""

    topic: str | None
    exact: bool


class KnownPhrases:
    """Built once from all phrases. Held as digests and counts of sounds: the phrases themselves are the topics' own."""

    def __init__(self, topics: Iterable[Topic], off_topic: Sequence[str], vocabulary: Vocabulary) -> None:
        self._acronyms = frozenset(map(fold, vocabulary.acronyms))
        self._never = [(fold(one), fold(other)) for one, other in vocabulary.never_bridged]
        topics = list(topics)
        self._phrases = [*(phrase for topic in topics for phrase in topic.phrases), *off_topic]
        self._leads: list[str | None] = [topic.id for topic in topics for _ in topic.phrases]
        self._leads += [None] * len(off_topic)
        said = list(map(tokens, self._phrases))
        digests = np.asarray([_digest(words) for words in said], dtype=np.uint64)
        self._by_digest = np.argsort(digests, kind="stable").astype(np.int32)
        self._digests = digests[self._by_digest]
        sounds = [sound_string(words) for words in said]
        lengths = np.asarray([len(one) for one in sounds], dtype=np.int32)
        self._by_length = np.argsort(lengths, kind="stable").astype(np.int32)
        self._lengths = lengths[self._by_length]
        counts = _counts([sounds[place] for place in self._by_length.tolist()])
        self._symbols = np.flatnonzero(counts.any(axis=0)) if sounds else np.empty(0, np.int64)
        self._counts = np.ascontiguousarray(counts[:, self._symbols])

    def find(self, text: str) -> Known | None:
        """Where the message leads, if a phrase says the same or nearly."""
        said = tokens(text)
        if not said:
            return None
        exact = self._exactly(said)
        return exact or self._nearly(said)

    def _exactly(self, said: list[str]) -> Known | None:
        digest = np.uint64(_digest(said))
        first, last = np.searchsorted(self._digests, digest, "left"), np.searchsorted(self._digests, digest, "right")
        found = [self._leads[place] for place in self._by_digest[first:last].tolist()]
        covered = list(dict.fromkeys(topic for topic in found if topic is not None))
        if len(covered) == 1:
            return Known(covered[0], exact=True)
        return Known(None, exact=True) if found and not covered else None

    def _nearly(self, said: list[str]) -> Known | None:
        reach = (200 - LIKENESS_FLOOR) / LIKENESS_FLOOR
        if _surely_longer(said, min(_LONGEST, int(reach * self._lengths.max(initial=0)) + 1)):
            return None
        sounds = sound_string(said)
        length = len(sounds)
        if not _SHORTEST <= length <= _LONGEST:
            return None
        first, last = np.searchsorted(self._lengths, (length / reach, length * reach + 1))
        mine = _counts([sounds])[0, self._symbols]
        common = np.minimum(self._counts[first:last], mine).sum(axis=1, dtype=np.int32)
        # Two texts are at most as alike as their sounds in any order.
        bound = 200.0 * common / (self._lengths[first:last] + length)
        rows = np.flatnonzero(bound >= LIKENESS_FLOOR)
        rows = rows[np.argsort(-bound[rows], kind="stable")[:_MOST_CANDIDATES]]
        best: dict[str | None, float] = {}
        for row in rows.tolist():
            place = self._by_length[first + row]
            words, topic = tokens(self._phrases[place]), self._leads[place]
            like = fuzz.ratio(sounds, sound_string(words), score_cutoff=LIKENESS_FLOOR)
            if like and self._may_be_the_same(said, words):
                best[topic] = max(like, best.get(topic, 0.0))
        if not best:
            return None
        (topic, likeness), *others = sorted(best.items(), key=lambda one: -one[1])
        return None if others and likeness - others[0][1] < _LEAD else Known(topic, exact=False)

    def _may_be_the_same(self, said: list[str], phrase: list[str]) -> bool:
        """Not when the message names another acronym, another number, or a word that is never bridged."""
        mine, theirs = set(map(strip_accents, said)), set(map(strip_accents, phrase))
        if (mine - theirs) & self._acronyms or _numbers(mine) != _numbers(theirs):
            return False
        apart = (
            (one in mine) != (one in theirs) and (other in mine) != (other in theirs) for one, other in self._never
        )
        return not any(apart)


def _surely_longer(words: Sequence[str], most: int) -> bool:
    """Whether the words have more than so many sounds, told from the first of them; two words share at most one."""
    least = 0
    for word in words:
        least += max(0, len(sound_key(word)) - 1)
        if least > most:
            return True
    return False


def _numbers(words: set[str]) -> set[str]:
    return {word for word in words if word.isdigit()}


def _digest(words: Sequence[str]) -> int:
    """Eight bytes for the words, however they are accented and cut; the same in any process."""
    joined = "".join(map(strip_accents, words)).encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(joined, digest_size=8).digest(), "big")


def _counts(sounds: Sequence[str]) -> NDArray[np.uint8]:
    """How often each sound stands in each text, a row a text."""
    codes = np.frombuffer("".join(sounds).encode("ascii", "replace"), dtype=np.uint8)
    rows = np.repeat(np.arange(len(sounds)), [len(one) for one in sounds])
    found = np.bincount(rows * _SYMBOLS + codes, minlength=len(sounds) * _SYMBOLS)
    return np.minimum(found, 255).astype(np.uint8).reshape(-1, _SYMBOLS)
