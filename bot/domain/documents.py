"""Turns the knowledge base's texts into the feature occurrences that the indexes are built from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain.channels import RUN_TEXTS, WORDS, Lexicon, pair_codes, run_codes
from bot.domain.inverted_index import Codes, Occurrences
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
    """Every text as its words, with its document and kind."""

    words: list[list[str]]
    documents: list[int]
    kinds: list[int]


def read_corpus(documents: Sequence[Document], wording: Wording) -> Corpus:
    """Cut every text of every document into words, once for all channels."""
    corpus = Corpus([], [], [])
    for number, document in enumerate(documents):
        for kind, texts in ((PHRASE, document.phrases), (KEYWORD, document.keywords), (TEXT, document.texts)):
            for text in texts:
                corpus.words.append(wording.rewrite(tokens(text)))
                corpus.documents.append(number)
                corpus.kinds.append(kind)
    return corpus


def word_occurrences(corpus: Corpus, channel: str, lexicon: Lexicon) -> Occurrences:
    """Occurrences of a word channel, single words and pairs; the lexicon learns every word."""
    features = [WORDS[channel](words) for words in corpus.words]
    single = np.asarray([lexicon.learn(feature) for text in features for feature in text], dtype=np.int64)
    texts = np.repeat(np.arange(len(features)), [len(text) for text in features])
    pairs, pair_texts = pair_codes(single, texts)
    return _occurrences(corpus, np.concatenate([single, pairs]), np.concatenate([texts, pair_texts]))


def run_occurrences(corpus: Corpus, channel: str) -> Occurrences:
    """Occurrences of a run channel."""
    return _occurrences(corpus, *run_codes([RUN_TEXTS[channel](words) for words in corpus.words]))


def _occurrences(corpus: Corpus, codes: Codes, texts: Codes) -> Occurrences:
    documents, kinds = np.asarray(corpus.documents, np.int64), np.asarray(corpus.kinds, np.int64)
    return Occurrences(codes, documents[texts], kinds[texts])
