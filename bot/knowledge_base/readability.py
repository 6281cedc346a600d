"""Measures how easy residents' texts are to read: sentence length, long sentences, the Kandel-Moles score.

Kandel and Moles (1958) adapt Flesch's reading ease to French: 207 − 1.015 × words per sentence − 73.6 ×
syllables per word. Over 80 is very easy, 60 to 70 ordinary. Syllables are counted as groups of vowels, a final
mute e left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.models import Topic

MAX_WORDS = 22  # the project's own rule, stricter than the 15–20 of the plain-language guides' averages
TARGET_MEAN = 12.0
_FULL_STOP = re.compile(r"(?<=[.!?…])\s+(?=[«\"A-ZÀ-ÖØ-Ý0-9])")
_SENTENCE_END = re.compile(r"(?<=[.!?…;:])\s+(?=[«\"A-ZÀ-ÖØ-Ý0-9])|(?<=[.!?…])\s*$|\n")
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ]+(?:['’-][A-Za-zÀ-ÖØ-öø-ÿŒœ]+)*|\d+(?:[\s.,]\d+)*")
_VOWEL_GROUP = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Readability:
    """Counts over a set of sentences; `long` is how many pass MAX_WORDS."""

    sentences: int
    words: int
    syllables: int
    long: int

    @property
    def mean_words(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def kandel_moles(self) -> float:
        """From about 0 (hard) to 100 and above (very easy)."""
        if not self.words or not self.sentences:
            return 0.0
        return 207 - 1.015 * self.mean_words - 73.6 * self.syllables / self.words


def sentences(text: str) -> list[str]:
    """The sentences of a text, cut after a full stop (also after a colon or semicolon before a capital)."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]


def sentence_count(text: str) -> int:
    """How many sentences end with a full stop, a question mark or the like."""
    return len([part for part in _FULL_STOP.split(text.strip()) if part.strip()])


def word_count(sentence: str) -> int:
    """Words as a reader counts them: "l'école" is one, a phone number is one."""
    return len(_WORD.findall(sentence))


def syllables(word: str) -> int:
    groups = len(_VOWEL_GROUP.findall(word))
    if groups > 1 and re.search(r"(?<![éèê])es?$", word):
        groups -= 1
    return max(groups, 1)


def measure(texts: Iterable[str]) -> Readability:
    """The readability of all the texts together."""
    count = words_seen = syllables_seen = long = 0
    for text in texts:
        for sentence in sentences(text):
            found = _WORD.findall(sentence)
            if not found:
                continue
            count += 1
            words_seen += len(found)
            syllables_seen += sum(syllables(word) for word in found)
            long += len(found) > MAX_WORDS
    return Readability(count, words_seen, syllables_seen, long)


def resident_texts(topic: Topic) -> list[str]:
    """All that a resident reads of a topic in sentences."""
    notes = [contact.note for contact in topic.contacts if contact.note]
    return [topic.answer, *topic.steps, *topic.facets.values(), *notes]
