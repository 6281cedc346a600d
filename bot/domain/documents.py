"""Turns the knowledge base's texts into the feature occurrences that the indexes are built from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from bot.domain.channels import RUN_TEXTS, RUN_WORDS, WORDS, Lexicon, pair_codes, run_codes
from bot.domain.inverted_index import Codes, Occurrences, Places
from bot.domain.text import tokens
from bot.domain.wording import Wording

# Kinds of text, in the order of matching.KIND_WEIGHTS.
PHRASE, KEYWORD, TEXT = range(3)


@dataclass(frozen=True, slots=True)
class Document:
    """What speaks for one id: residents' phrases, keywords, and the answer's own sentences."""

    id: str
    phrases: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every text as its words, with its document and kind; `numbers` holds each different word once."""

    words: list[list[str]]
    documents: list[int]
    kinds: list[int]
    numbers: dict[str, int]


def read_corpus(documents: Sequence[Document], wording: Wording) -> Corpus:
    """Cut every text of every document into words, once for all channels."""
    corpus = Corpus([], [], [], {})
    for number, document in enumerate(documents):
        for kind, texts in ((PHRASE, document.phrases), (KEYWORD, document.keywords), (TEXT, document.texts)):
            for text in texts:
                corpus.words.append(wording.rewrite(tokens(text)))
                corpus.documents.append(number)
                corpus.kinds.append(kind)
    words = dict.fromkeys(chain.from_iterable(corpus.words))
    corpus.numbers.update(zip(words, range(len(words)), strict=True))
    return corpus


def word_occurrences(corpus: Corpus, channel: str, lexicon: Lexicon) -> Occurrences:
    """Occurrences of a word channel, single words and pairs; the lexicon learns every word."""
    said = list(map(corpus.numbers.__getitem__, chain.from_iterable(corpus.words)))
    features = [WORDS[channel]([word]) for word in corpus.numbers]
    codes = np.asarray([lexicon.learn(found[0]) if found else -1 for found in features], dtype=np.int64)
    single = codes[np.asarray(said, dtype=np.int64)]
    texts = np.repeat(np.arange(len(corpus.words), dtype=np.int32), [len(words) for words in corpus.words])
    single, texts = single[single >= 0], texts[single >= 0]
    pairs, pair_texts = pair_codes(single, texts)
    return _occurrences(corpus, np.concatenate([single, pairs]), np.concatenate([texts, pair_texts]))


def run_occurrences(corpus: Corpus, channel: str) -> Occurrences:
    """Occurrences of a run channel."""
    said = {word: RUN_WORDS[channel](word) for word in corpus.numbers}
    return _occurrences(corpus, *run_codes([RUN_TEXTS[channel](words, said.__getitem__) for words in corpus.words]))


def _occurrences(corpus: Corpus, codes: Codes, texts: Places) -> Occurrences:
    documents, kinds = np.asarray(corpus.documents, np.int32), np.asarray(corpus.kinds, np.int32)
    return Occurrences(codes, documents[texts], kinds[texts])
