"""The four ways in which a message can resemble a topic.

- stems: the words, mended towards the vocabulary when misspelt, and pairs of neighbours;
- sounds: the words as they are said, and pairs of neighbours;
- characters: runs of 3 to 5 letters, which survive spelling and wrong cuts;
- sound_runs: runs of 3 to 5 sounds over the whole message, as if it were one word.

Function words count: "plus de", "pour mon fils", "où" tell topics apart, and BM25 already weighs down what is common.
The four fail on different messages, so their sum beats each (docs/understanding.md). Words become numbers through a
`Lexicon`; runs are numbers by themselves (seven bits a character, and their length).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from bot.domain.inverted_index import Codes, Places
from bot.domain.phonetics import sound_key
from bot.domain.text import stem, strip_accents

WORD_CHANNELS = ("stems", "sounds")
RUN_CHANNELS = ("characters", "sound_runs")
CHANNELS = (*WORD_CHANNELS, *RUN_CHANNELS)
RUN_SIZES = (3, 4, 5)
_MIN_SOUND = 2
_BITS = 7
PAIR_BITS = 20
PAIR = 1 << (2 * PAIR_BITS)  # codes from here on are pairs of words
_BOUNDARY = "\n"
_BOUNDARY_CODE = ord(_BOUNDARY)


def _stems(words: Sequence[str]) -> list[str]:
    return [stem(word) for word in words if len(word) > 1]


def _sounds(words: Sequence[str]) -> list[str]:
    return [key for word in words if len(key := sound_key(word)) >= _MIN_SOUND]


Say = Callable[[str], str]


def character_text(kept: Sequence[str], say: Say = strip_accents) -> str:
    """What character runs are taken from: the words with a space around each."""
    return f" {' '.join(map(say, kept))} "


def sound_text(kept: Sequence[str], say: Say = sound_key) -> str:
    """What sound runs are taken from: no trace of where words begin."""
    return "".join(map(say, kept))


WORDS: dict[str, Callable[[Sequence[str]], list[str]]] = {"stems": _stems, "sounds": _sounds}
# `say` stands in for the function of one word, when somebody has said every word already.
RUN_TEXTS: dict[str, Callable[[Sequence[str], Say], str]] = {"characters": character_text, "sound_runs": sound_text}
RUN_WORDS: dict[str, Say] = {"characters": strip_accents, "sound_runs": sound_key}


class Lexicon:
    """Gives each single word a number, and remembers those it knows."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def learn(self, word: str) -> int:
        return self.numbers.setdefault(word, len(self.numbers))

    def codes(self, words: Sequence[str]) -> Codes:
        """Numbers of the words; -1 for one that was never learnt."""
        return np.asarray([self.numbers.get(word, -1) for word in words], dtype=np.int64)


def pair_codes(codes: Codes, texts: Places) -> tuple[Codes, Places]:
    """The code of every pair of known neighbours within one text, and that text: "carte grise" is more than both."""
    together = (texts[1:] == texts[:-1]) & (codes[1:] >= 0) & (codes[:-1] >= 0)
    return PAIR | (codes[:-1][together] << PAIR_BITS) | codes[1:][together], texts[1:][together]


def pair_words(code: int) -> tuple[int, int]:
    """The two words behind a pair's code."""
    return (code & ~PAIR) >> PAIR_BITS, code & ((1 << PAIR_BITS) - 1)


def run_codes(texts: Sequence[str]) -> tuple[Codes, Places]:
    """The code of every run of every text, and the position of that text."""
    buffer = np.frombuffer(_BOUNDARY.join(texts).encode("ascii", "replace"), dtype=np.uint8)
    apart = buffer != _BOUNDARY_CODE
    owner = np.cumsum(~apart, dtype=np.int32)
    letters = (buffer & ((1 << _BITS) - 1)).astype(np.int64)
    codes, owners = [], []
    run, inside = letters, apart
    for size in range(2, RUN_SIZES[-1] + 1):  # each run is a shorter one and a letter more
        if buffer.size < size:
            break
        run = (run[:-1] << _BITS) | letters[size - 1 :]
        inside = inside[:-1] & apart[size - 1 :]
        if size in RUN_SIZES:
            found = run[inside]
            found |= size << (_BITS * size)
            codes.append(found)
            owners.append(owner[: run.size][inside])
    if not codes:
        return np.empty(0, np.int64), np.empty(0, np.int32)
    return np.concatenate(codes), np.concatenate(owners)


def run_text(code: int) -> str:
    """The run behind a code; for explanations."""
    characters = []
    while code >> _BITS:
        characters.append(chr(code & 0x7F))
        code >>= _BITS
    return "".join(reversed(characters))
