"""Ranks topics for a message: evidence summed over each topic, in four channels.

A topic is one document made of all its phrases, keywords and texts (never sentence against sentence: that gave
0.12 to 0.31 of right answers, see docs/understanding.md). Each channel scores with BM25, is divided by its own
spread so that channels weigh alike, and the four are summed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.domain.channels import (
    CHANNELS,
    RUN_CHANNELS,
    RUN_TEXTS,
    WORD_CHANNELS,
    WORDS,
    Lexicon,
    content,
    run_codes,
    run_text,
)
from bot.domain.documents import PHRASE, Document, read_corpus, run_occurrences, word_occurrences
from bot.domain.inverted_index import Bm25, Codes, Floats, InvertedIndex
from bot.domain.mending import WordMender
from bot.domain.models import Vocabulary
from bot.domain.text import tokens

MAX_WORDS = 80  # words of one message that are weighed; a need is said well before
_SAMPLE = 338  # phrases of the base itself on which a channel's spread is measured


@dataclass(frozen=True, slots=True)
class Weights:
    """How channels and kinds of text count. Fitted by `tests/benchmarks/tune.py`; figures in docs/understanding.md."""

    channels: dict[str, float] = field(
        default_factory=lambda: {"stems": 1.0, "sounds": 1.0, "characters": 1.0, "sound_runs": 1.0}
    )
    bm25: dict[str, Bm25] = field(
        default_factory=lambda: {
            "stems": Bm25(1.2, 0.5, 0.5),
            "sounds": Bm25(1.2, 0.5, 0.5),
            "characters": Bm25(1.2, 0.5, 0.4),
            "sound_runs": Bm25(1.2, 0.5, 0.4),
        }
    )
    kinds: tuple[float, float, float] = (1.0, 2.0, 0.5)  # phrases, keywords, texts
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """One topic and its summed evidence, in units of channel spreads."""

    id: str
    evidence: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """All that the decision needs: best first; the share of the message's content that the base knows; its words."""

    best: tuple[Ranked, ...]
    explained: float
    words: int


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
        self, documents: Sequence[Document], vocabulary: Vocabulary | None = None, weights: Weights | None = None
    ) -> None:
        weights = weights or Weights()
        vocabulary = vocabulary or Vocabulary()
        self.ids = tuple(document.id for document in documents)
        corpus = read_corpus(documents)
        self._lexicons = {channel: Lexicon() for channel in WORD_CHANNELS}
        self._indexes: dict[str, InvertedIndex] = {}
        for channel in CHANNELS:
            occurrences = (
                word_occurrences(corpus, channel, self._lexicons[channel])
                if channel in WORD_CHANNELS
                else run_occurrences(corpus, channel)
            )
            least = weights.least if channel in RUN_CHANNELS else 0.0
            self._indexes[channel] = InvertedIndex(
                occurrences, len(documents), weights.bm25[channel], weights.kinds, least=least
            )
        single = [feature for feature in self._lexicons["stems"].numbers if " " not in feature]
        self._mender = WordMender(single, vocabulary.never_bridged)
        phrases = [words for words, kind in zip(corpus.words, corpus.kinds, strict=True) if kind == PHRASE]
        sample = [self._said(words) for words in phrases[:: max(1, len(phrases) // _SAMPLE)]]
        self._factors = {channel: weights.channels[channel] / self._spread(channel, sample) for channel in CHANNELS}

    def rank(self, text: str, limit: int = 10) -> Ranking:
        """The topics with the most evidence, best first; equal evidence in the order of the documents."""
        said = self._said(content(tokens(text)[:MAX_WORDS]))
        scores = np.zeros(len(self.ids))
        for channel in CHANNELS:
            scores += self._indexes[channel].scores(said.codes[channel], said.weights[channel]) * self._factors[channel]
        order = np.argsort(-scores, kind="stable")[:limit]
        best = tuple(Ranked(self.ids[number], float(scores[number])) for number in order if scores[number] > 0)
        return Ranking(best, said.explained, said.words)

    def evidence(self, text: str, topic: str) -> list[tuple[str, str, float]]:
        """Which features spoke for a topic: (channel, feature, evidence), strongest first. For `ask --explain`."""
        number = self.ids.index(topic)
        said = self._said(content(tokens(text)[:MAX_WORDS]))
        found: list[tuple[str, str, float]] = []
        for channel in CHANNELS:
            names = {} if channel in RUN_CHANNELS else {n: f for f, n in self._lexicons[channel].numbers.items()}
            for code, weight in zip(said.codes[channel].tolist(), said.weights[channel].tolist(), strict=True):
                value = self._indexes[channel].value(code, number) * weight * self._factors[channel]
                if value > 0:
                    found.append((channel, names.get(code) or run_text(code), value))
        return sorted(found, key=lambda one: -one[2])

    def _said(self, kept: Sequence[str]) -> _Said:
        codes: dict[str, Codes] = {}
        weights: dict[str, Floats] = {}
        stems = list(dict.fromkeys(WORDS["stems"](kept)))
        codes["stems"], weights["stems"], explained, words = self._mended(stems)
        codes["sounds"] = self._lexicons["sounds"].codes(list(dict.fromkeys(WORDS["sounds"](kept))))
        weights["sounds"] = np.ones(codes["sounds"].size)
        for channel in RUN_CHANNELS:
            runs, _ = run_codes([RUN_TEXTS[channel](kept)])
            codes[channel], counts = np.unique(runs, return_counts=True)
            weights[channel] = 1.0 + np.log(counts)  # a run met three times is not three times the evidence
        return _Said(codes, weights, explained, words)

    def _mended(self, stems: Sequence[str]) -> tuple[Codes, Floats, float, int]:
        """Codes and weights of stems, the unknown ones mended; the share explained by rarity; how many words."""
        lexicon = self._lexicons["stems"]
        codes = lexicon.codes(stems)
        weights = np.where(codes >= 0, 1.0, 0.0)
        extra_codes: list[int] = []
        extra_weights: list[float] = []
        likeness = weights.copy()
        single = np.asarray([" " not in stem for stem in stems], dtype=bool)
        for place, stem in enumerate(stems):
            if codes[place] < 0 and single[place]:
                mended = self._mender.mend(stem)
                extra_codes.extend(lexicon.numbers[known] for known, _ in mended)
                extra_weights.extend(like for _, like in mended)
                likeness[place] = mended[0][1] if mended else 0.0
        idf = self._indexes["stems"].idf(codes) if "stems" in self._indexes else np.ones(codes.size)
        mass = float((idf * single).sum())
        explained = float((idf * single * likeness).sum()) / mass if mass else 0.0
        if extra_codes:
            codes = np.concatenate([codes, np.asarray(extra_codes, np.int64)])
            weights = np.concatenate([weights, np.asarray(extra_weights)])
        return codes, weights, explained, int(single.sum())

    def _spread(self, channel: str, sample: Sequence[_Said]) -> float:
        """Standard deviation of the channel's scores over topics, for phrases of the base itself."""
        if not sample:
            return 1.0
        index = self._indexes[channel]
        scores = np.concatenate([index.scores(said.codes[channel], said.weights[channel]) for said in sample])
        return float(scores.std()) or 1.0
