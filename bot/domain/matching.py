"""Ranks topics for a message: evidence summed over each topic, in four channels.

A topic is one document made of all its phrases, keywords and texts (never sentence against sentence: that gave
0.12 to 0.31 of right answers, see docs/understanding.md). Each channel scores with BM25, is divided by its own
spread so that channels weigh alike, and the four are summed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np

from bot.domain.channels import (
    CHANNELS,
    PAIR,
    RUN_CHANNELS,
    RUN_TEXTS,
    RUN_WORDS,
    WORD_CHANNELS,
    WORDS,
    Lexicon,
    pair_codes,
    pair_words,
    run_codes,
    run_text,
)
from bot.domain.documents import PHRASE, Document, read_corpus, run_occurrences, word_occurrences
from bot.domain.inverted_index import Bm25, Codes, Floats, InvertedIndex, Least
from bot.domain.mending import WordMender
from bot.domain.models import Vocabulary
from bot.domain.text import STOP_WORDS, stem, strip_accents, tokens
from bot.domain.wording import Wording

MAX_WORDS = 80  # words of one message that are weighed; a need is said well before
_PAIR = 2  # features hold at most two neighbouring words
_GROUP = 40  # messages that no topic covers, in one document
# Phrases of the base itself on which a channel's spread is measured: so many, up to twice as many. Each is taken or not
# by its own words, so that one phrase more somewhere does not exchange them all, and move questions it has no word of.
_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class Weights:
    """How channels and kinds of text count. Fitted by `tests/benchmarks/tune.py`; figures in docs/understanding.md."""

    channels: dict[str, float] = field(
        default_factory=lambda: {"stems": 1.0, "sounds": 1.0, "characters": 1.0, "sound_runs": 1.0}
    )
    bm25: dict[str, Bm25] = field(
        default_factory=lambda: {
            "stems": Bm25(2.0, 0.5, 0.7),
            "sounds": Bm25(2.0, 0.5, 0.7),
            "characters": Bm25(2.0, 0.5, 0.5),
            "sound_runs": Bm25(2.0, 0.5, 0.5),
        }
    )
    kinds: tuple[float, float, float] = (1.0, 2.0, 0.5)  # phrases, keywords, texts
    least_run: float = 6.0  # runs that count less in the whole base are noise, and most of the memory
    least_pair: float = 0.0
    synonym: float = 0.4  # what a word that means the same counts, beside the word itself


@dataclass(frozen=True, slots=True)
class Ranked:
    """One topic and its summed evidence, in units of channel spreads."""

    id: str
    evidence: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """All that the decision needs.

    `best` comes first; `explained` is the share of the message's content, by rarity, that the base knows; `words` its
    content words; `background` the evidence of the best group of messages that no topic covers; `talk` the best
    small talk.
    """

    best: tuple[Ranked, ...]
    explained: float
    words: int
    background: float = 0.0
    talk: Ranked | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """A message as codes and weights by channel, with the features behind word codes."""

    codes: dict[str, Codes]
    weights: dict[str, Floats]
    explained: float
    words: int


class Matcher:
    """Built once from documents; `rank` is a pure function of the message."""

    def __init__(
        self,
        documents: Sequence[Document],
        vocabulary: Vocabulary | None = None,
        weights: Weights | None = None,
        *,
        off_topic: Sequence[str] = (),
        small_talk: Sequence[Document] = (),
    ) -> None:
        """`off_topic` are messages that no topic covers: they compete for evidence, as small talk does."""
        weights = weights or Weights()
        vocabulary = vocabulary or Vocabulary()
        self.ids = tuple(document.id for document in documents)
        self._wording = Wording(vocabulary)
        self._synonym = weights.synonym
        self._talks = tuple(document.id for document in small_talk)
        documents = [*documents, *small_talk, *_groups(off_topic)]
        corpus = read_corpus(documents, self._wording)
        self._lexicons = {channel: Lexicon() for channel in WORD_CHANNELS}
        self._indexes: dict[str, InvertedIndex] = {}
        for channel in CHANNELS:
            occurrences = (
                word_occurrences(corpus, channel, self._lexicons[channel])
                if channel in WORD_CHANNELS
                else run_occurrences(corpus, channel)
            )
            least = Least(weights.least_pair, PAIR) if channel in WORD_CHANNELS else Least(weights.least_run)
            self._indexes[channel] = InvertedIndex(
                occurrences, len(documents), weights.bm25[channel], weights.kinds, least=least
            )
        self._mender = WordMender(self._lexicons["stems"].numbers, vocabulary.never_bridged)
        phrases = [words for words, kind in zip(corpus.words, corpus.kinds, strict=True) if kind == PHRASE]
        sample = [self._said(words) for words in _sample(phrases)]
        self._factors = {channel: weights.channels[channel] / self._spread(channel, sample) for channel in CHANNELS}

    def rank(self, text: str, limit: int = 10) -> Ranking:
        """The topics with the most evidence, best first; equal evidence in the order of the documents."""
        said = self._read(text)
        summed = sum(
            self._indexes[channel].scores(said.codes[channel], said.weights[channel]) * self._factors[channel]
            for channel in CHANNELS
        )
        scores, talks, background = np.split(np.asarray(summed), [len(self.ids), len(self.ids) + len(self._talks)])
        said_most = int(talks.argmax()) if talks.size else -1
        talk = Ranked(self._talks[said_most], float(talks[said_most])) if talks.size else None
        order = np.argsort(-scores, kind="stable")[:limit]
        best = tuple(Ranked(self.ids[number], float(scores[number])) for number in order if scores[number] > 0)
        return Ranking(best, said.explained, said.words, float(background.max(initial=0.0)), talk)

    def evidence(self, text: str, topic: str) -> list[tuple[str, str, float]]:
        """Which features spoke for a topic: (channel, feature, evidence), strongest first. For `ask --explain`."""
        number = self.ids.index(topic)
        said = self._read(text)
        found: list[tuple[str, str, float]] = []
        for channel in CHANNELS:
            for code, weight in zip(said.codes[channel].tolist(), said.weights[channel].tolist(), strict=True):
                value = self._indexes[channel].value(code, number) * weight * self._factors[channel]
                if value > 0:
                    found.append((channel, self._name(channel, code), value))
        return sorted(found, key=lambda one: -one[2])

    def _name(self, channel: str, code: int) -> str:
        """A feature as people can read it."""
        if channel in RUN_CHANNELS:
            return run_text(code)
        known = list(self._lexicons[channel].numbers)
        return " ".join(known[word] for word in pair_words(code)) if code >= PAIR else known[code]

    def _read(self, text: str) -> _Said:
        return self._said(self._wording.rewrite(tokens(text, MAX_WORDS)))

    def _said(self, words: Sequence[str]) -> _Said:
        codes: dict[str, Codes] = {}
        weights: dict[str, Floats] = {}
        codes["stems"], weights["stems"], explained, count = self._stems(words)
        codes["sounds"] = _with_pairs(self._lexicons["sounds"].codes(WORDS["sounds"](words)))
        weights["sounds"] = np.ones(codes["sounds"].size)
        for channel in RUN_CHANNELS:
            runs, _ = run_codes([RUN_TEXTS[channel](words, RUN_WORDS[channel])])
            codes[channel], counts = np.unique(runs, return_counts=True)
            weights[channel] = 1.0 + np.log(counts)  # a run met three times is not three times the evidence
        return _Said(codes, weights, explained, count)

    def _stems(self, words: Sequence[str]) -> tuple[Codes, Floats, float, int]:
        """Stems with unknown ones mended and related ones added; the share explained, and of how many words."""
        lexicon, stems = self._lexicons["stems"], WORDS["stems"](words)
        known = lexicon.codes(stems)
        mended = {one: self._mender.mend(one) for one, code in zip(stems, known, strict=True) if code < 0}
        codes = [_with_pairs(known)]
        weights = [np.ones(codes[0].size)]
        codes.append(lexicon.codes([word for found in mended.values() for word, _ in found]))
        weights.append(np.asarray([like for found in mended.values() for _, like in found], dtype=np.float64))
        related = self._related(words)
        related = related[~np.isin(related, codes[0])]
        codes.append(related)
        weights.append(np.full(related.size, self._synonym))
        explained, count = self._explained(words, mended)
        return np.concatenate(codes), np.concatenate(weights), explained, count

    def _related(self, words: Sequence[str]) -> Codes:
        """Codes of the words and pairs that mean the same as one of the message's."""
        if not self._synonym:
            return np.empty(0, np.int64)
        lexicon = self._lexicons["stems"]
        found = [lexicon.codes(entry) for entry in self._wording.relatives(words) if len(entry) <= _PAIR]
        singles = [codes for codes in found if codes.size == 1 and codes[0] >= 0]
        pairs = [pair_codes(codes, np.zeros(codes.size, np.int64))[0] for codes in found if codes.size == _PAIR]
        return np.unique(np.concatenate([*singles, *pairs, np.empty(0, np.int64)]))

    def _explained(self, words: Sequence[str], mended: dict[str, tuple[tuple[str, float], ...]]) -> tuple[float, int]:
        """The share, by rarity, of the words that say something of a need which the base knows; and their number."""
        stems = list(dict.fromkeys(stem(word) for word in words if _says_something(word)))
        if not stems or not self._indexes:
            return 0.0, len(stems)
        rarity = self._indexes["stems"].idf(self._lexicons["stems"].codes(stems))
        likeness = [mended[one][0][1] if mended.get(one) else float(one not in mended) for one in stems]
        return float(rarity @ np.asarray(likeness) / rarity.sum()), len(stems)

    def _spread(self, channel: str, sample: Sequence[_Said]) -> float:
        """Standard deviation of the channel's scores over topics, for phrases of the base itself."""
        if not sample:
            return 1.0
        index = self._indexes[channel]
        scores = np.concatenate([index.scores(said.codes[channel], said.weights[channel]) for said in sample])
        return float(scores.std()) or 1.0


def _sample(phrases: Sequence[list[str]]) -> list[list[str]]:
    one_in = 1 << max(0, (len(phrases) // _SAMPLE).bit_length() - 1)
    return [words for words in phrases if crc32(" ".join(words).encode()) % one_in == 0]


def _groups(off_topic: Sequence[str]) -> list[Document]:
    """Messages that no topic covers as documents, in the order of their file (which goes by subject)."""
    starts = range(0, len(off_topic), _GROUP)
    return [Document("", tuple(off_topic[start : start + _GROUP])) for start in starts]


def _says_something(word: str) -> bool:
    return len(word) > 1 and strip_accents(word) not in STOP_WORDS


def _with_pairs(codes: Codes) -> Codes:
    """The distinct known words of one message, and their pairs."""
    pairs, _ = pair_codes(codes, np.zeros(codes.size, np.int64))
    return np.unique(np.concatenate([codes[codes >= 0], pairs]))
