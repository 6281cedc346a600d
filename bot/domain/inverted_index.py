"""BM25 over one document for each topic, kept as flat arrays so that a message costs what it holds.

Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond* (2009), with the idf that stays
positive (Lucene's). Features are whole numbers; `features.py` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Places = NDArray[np.signedinteger]
Floats = NDArray[np.float64]
_STEPS = (1 << 16) - 1  # weights are kept as that many equal steps of the largest: sums stay right to five digits
_CLASS_BITS = 2
_CLASSES = 1 << _CLASS_BITS  # kinds of text in a document, each with its own weight: see Occurrences


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every place where a feature stands: its code (0 to 2**42), its document, and the kind of text (0 to 3)."""

    codes: Codes
    documents: Places
    kinds: Places


@dataclass(frozen=True, slots=True)
class Bm25:
    """Okapi's parameters: k1, b, and the share of documents from which a feature is too common to count."""

    saturation: float
    length_norm: float
    common: float


@dataclass(frozen=True, slots=True)
class Least:
    """Features from a code on that count less than this in all documents say nothing, and fill the memory."""

    count: float
    from_code: int = 0


class InvertedIndex:
    """Feature code → documents and weights. `scores` sums the weights of a message's features by document."""

    __slots__ = ("_documents", "_idf", "_keys", "_starts", "_step", "_values", "size", "unknown_idf")

    def __init__(
        self,
        occurrences: Occurrences,
        size: int,
        parameters: Bm25,
        weights: tuple[float, ...],
        *,
        least: Least | None = None,
    ) -> None:
        """`weights` counts an occurrence by its kind; rare features are dropped as `least` says."""
        self.size = size
        self.unknown_idf = float(np.log1p((size + 0.5) / 0.5))
        packed = occurrences.codes * max(size, 1)
        packed += occurrences.documents
        packed <<= _CLASS_BITS
        packed |= occurrences.kinds
        packed.sort()
        counted = np.asarray([*weights, *[0.0] * (_CLASSES - len(weights))])[packed & (_CLASSES - 1)]
        packed >>= _CLASS_BITS
        first = _changes(packed)
        counts = np.add.reduceat(counted, first) if first.size else np.empty(0)
        codes, documents = np.divmod(packed[first], max(size, 1))
        lengths = np.bincount(documents, weights=counts, minlength=size)
        norm = parameters.saturation * (
            1 - parameters.length_norm + parameters.length_norm * lengths / (lengths.mean() if size else 1.0)
        )
        starts = _changes(codes)
        ends = np.r_[starts[1:], codes.size].astype(np.int64) if codes.size else starts
        spread = ends - starts
        idf = np.log1p((size - spread + 0.5) / (spread + 0.5))
        values = counts * (parameters.saturation + 1) / (counts + norm[documents]) * np.repeat(idf, spread)
        total = np.add.reduceat(counts, starts) if codes.size else counts
        kept = spread <= max(3.0, parameters.common * size)
        if least is not None:
            kept &= (total >= least.count) | (codes[starts] < least.from_code)
        kept_places = np.repeat(kept, spread)
        self._keys = codes[starts][kept]
        self._idf = idf[kept].astype(np.float32)
        # A feature's documents end where the next one's start.
        self._starts = np.cumsum(np.r_[0, spread[kept]]).astype(np.uint32)
        self._documents = documents[kept_places].astype(np.min_scalar_type(max(size - 1, 0)))
        values = values[kept_places]
        self._step = float(values.max(initial=0.0)) / _STEPS or 1.0
        self._values = np.rint(values / self._step).astype(np.uint16)

    def find(self, codes: Codes) -> tuple[Codes, NDArray[np.bool_]]:
        """Where each code stands in the index, and whether it does."""
        if not self._keys.size:
            return np.zeros(codes.size, np.int64), np.zeros(codes.size, bool)
        places = np.minimum(np.searchsorted(self._keys, codes), self._keys.size - 1)
        return places, self._keys[places] == codes

    def idf(self, codes: Codes) -> Floats:
        """How rare each feature is among topics; one that no topic holds counts as rarest."""
        places, known = self.find(codes)
        if not self._keys.size:
            return np.full(codes.size, self.unknown_idf)
        return np.where(known, self._idf[places].astype(np.float64), self.unknown_idf)

    def scores(self, codes: Codes, weights: Floats) -> Floats:
        """The summed weights of distinct features by document, `size` long."""
        places, known = self.find(codes)
        places, weights = places[known], weights[known]
        if not places.size:
            return np.zeros(self.size)
        starts = self._starts[places].astype(np.int64)
        lengths = self._starts[places + 1] - starts
        ends = np.cumsum(lengths)
        picked = np.arange(int(ends[-1])) + np.repeat(starts - (ends - lengths), lengths)
        summed = np.bincount(
            self._documents[picked], weights=self._values[picked] * np.repeat(weights, lengths), minlength=self.size
        )
        return summed.astype(np.float64, copy=False) * self._step

    def value(self, code: int, document: int) -> float:
        """What one feature says for one document; for explanations."""
        places, known = self.find(np.asarray([code], dtype=np.int64))
        if not known[0]:
            return 0.0
        span = slice(int(self._starts[places[0]]), int(self._starts[places[0] + 1]))
        return float(self._values[span][self._documents[span] == document].sum()) * self._step


def _changes(ordered: Codes) -> Codes:
    """Where each different value of an ordered array begins."""
    if not ordered.size:
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])).astype(np.int64, copy=False)
