"""Turns the knowledge base's texts into the feature occurrences that the indexes are built from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain.channels import RUN_TEXTS, WORDS, Lexicon, content, run_codes
from bot.domain.inverted_index import Occurrences
from bot.domain.text import tokens

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
    """Every text as its content words, with its document and kind."""

    words: list[list[str]]
    documents: list[int]
    kinds: list[int]


def read_corpus(documents: Sequence[Document]) -> Corpus:
    """Cut every text of every document into content words, once for all channels."""
    corpus = Corpus([], [], [])
    for number, document in enumerate(documents):
        for kind, texts in ((PHRASE, document.phrases), (KEYWORD, document.keywords), (TEXT, document.texts)):
            for text in texts:
                corpus.words.append(content(tokens(text)))
                corpus.documents.append(number)
                corpus.kinds.append(kind)
    return corpus


def word_occurrences(corpus: Corpus, channel: str, lexicon: Lexicon) -> Occurrences:
    """Occurrences of a word channel; the lexicon learns every feature."""
    extract = WORDS[channel]
    codes: list[int] = []
    documents: list[int] = []
    kinds: list[int] = []
    for words, document, kind in zip(corpus.words, corpus.documents, corpus.kinds, strict=True):
        before = len(codes)
        codes.extend(map(lexicon.learn, extract(words)))
        added = len(codes) - before
        documents.extend([document] * added)
        kinds.extend([kind] * added)
    return Occurrences(np.asarray(codes, np.int64), np.asarray(documents, np.int64), np.asarray(kinds, np.int64))


def run_occurrences(corpus: Corpus, channel: str) -> Occurrences:
    """Occurrences of a run channel."""
    codes, owners = run_codes([RUN_TEXTS[channel](words) for words in corpus.words])
    documents, kinds = np.asarray(corpus.documents, np.int64), np.asarray(corpus.kinds, np.int64)
    return Occurrences(codes, documents[owners], kinds[owners])
