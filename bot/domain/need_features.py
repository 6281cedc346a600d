"""What a need says, in the four channels by which messages are matched to topics, as numbers that can be compared.

Topics are matched through an index that is built once; needs come one by one. So a feature is the hash of itself in a
table of 65,536 places for each channel: two features share a place so seldom that it moves no decision.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.domain.channels import RUN_TEXTS, RUN_WORDS, WORDS, run_codes
from bot.domain.mending import WordMender
from bot.domain.models import Vocabulary
from bot.domain.text import STOP_WORDS, fold, strip_accents, tokens
from bot.domain.wording import Wording

Places = NDArray[np.uint16]
SLOTS = 1 << 16
CHANNELS = ("stems", "sounds", "characters", "sound_runs")
MAX_WORDS = 60
_MIX = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing (Knuth, The Art of Computer Programming 6.4)
_SYNONYM = 0.4  # what a word that means the same counts beside the word itself, as for topics


@dataclass(frozen=True, slots=True)
class Features:
    """The places of one need's features by channel; `key` is what two needs with the same words have in common.

    `related` holds words that mean the same as its own: they count less, and only towards others.
    """

    key: int
    channels: tuple[Places, ...]
    related: Places


class NeedReader:
    """Reads needs with the spellings and synonyms of the knowledge base."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._wording = Wording(vocabulary)
        self._known: frozenset[str] = frozenset()
        self._mender = WordMender((), vocabulary.never_bridged)
        self._never = vocabulary.never_bridged

    def know(self, stems: Iterable[str]) -> None:
        """Mend the words that are none of these towards them, from now on."""
        self._known = frozenset(stems)
        self._mender = WordMender(self._known, self._never)

    def stems(self, text: str) -> list[str]:
        """The stems of the words that say something."""
        return WORDS["stems"](_telling(self._words(text)))

    def read(self, text: str) -> Features:
        """The features of a text; a stem that nobody knows is mended when it can be."""
        words = self._words(text)
        telling = _telling(words) or words
        stems = WORDS["stems"](telling)
        mended = [found[0][0] for stem in stems if stem not in self._known and (found := self._mender.mend(stem))]
        related = [" ".join(entry) for entry in self._wording.relatives(words)]
        pairs = [f"{one} {other}" for one, other in pairwise(stems)]
        sounds = WORDS["sounds"](telling)
        channels = (
            _places([*stems, *mended, *pairs]),
            _places(sounds),
            *(_runs(RUN_TEXTS[channel](telling, RUN_WORDS[channel])) for channel in ("characters", "sound_runs")),
        )
        return Features(_key(words), channels, _places(related))

    def _words(self, text: str) -> list[str]:
        return self._wording.rewrite(tokens(text, MAX_WORDS))


def _key(words: Sequence[str]) -> int:
    """The words as a number: what was asked is not kept in memory."""
    said = fold(" ".join(words)).encode()
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest())


def _telling(words: Sequence[str]) -> list[str]:
    return [word for word in words if strip_accents(word) not in STOP_WORDS]


def _places(features: Sequence[str]) -> Places:
    return np.unique(np.asarray([zlib.crc32(one.encode()) & (SLOTS - 1) for one in features], dtype=np.uint16))


def _runs(text: str) -> Places:
    codes, _ = run_codes([text])
    mixed = (codes.astype(np.uint64) * _MIX) >> np.uint64(48)
    return np.unique(mixed.astype(np.uint16))


def synonym_weight() -> float:
    """How much a related word counts."""
    return _SYNONYM
