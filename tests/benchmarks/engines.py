"""Our engine beside the usual ones: same knowledge base, same messages, one run.

    python -m tests.benchmarks.engines [FILE.jsonl …]

Each engine is built in a fresh process and asked every message once. What decides "this base knows
it" is each engine's best score (ours: the probability it shows). Messages about danger are left out: they never
reach a ranking. Times are processor time, on one thread: the machine is shared.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.domain.confidence import confidence
from bot.domain.knowledge import Knowledge
from bot.domain.matching import Matcher
from bot.domain.text import STOP_WORDS, fold, stem, words
from bot.domain.understanding import Understanding, topic_document
from bot.knowledge_base.loader import load_knowledge
from bot.services.evaluation import Labelled, Share, read_labelled
from bot.settings import read_settings
from tests.benchmarks.measures import area, caught, in_fresh_process, print_table, resident, shown

_ROOT = Path(__file__).parents[2]
FILES = (_ROOT / "tests/data/questions.jsonl", _ROOT.parent / "shared/knowledge/dev-questions.jsonl")
SAMPLE = 400  # messages that the slow engines are asked, the same for all of them
SEED = 4
_SLOW = "sample"
_NEAREST = 50  # phrases looked at for three different topics

# The best topics of a message with their scores, best first.
Rank = Callable[[str], Sequence[tuple[str, float]]]
_HEAD = ("engine", "top-1", "top-3", "AUROC", "OOS caught", "µs a message", "build s", "memory MB")


@dataclass(frozen=True)
class Material:
    """What every engine is given: sentences with their topic, and the base behind them."""

    knowledge: Knowledge
    sentences: list[str]
    owners: list[str]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Material:
        pairs = [(fold(text), t.id) for t in knowledge.topics.values() for text in (*t.phrases, *t.keywords)]
        return cls(knowledge, [text for text, _ in pairs], [topic for _, topic in pairs])


def ours(material: Material) -> Rank:
    """The ranking of the running bot, with its probability as the first score."""
    matcher = _matcher(material)

    def rank(text: str) -> Sequence[tuple[str, float]]:
        ranking = matcher.rank(text, limit=5)
        sure = confidence(ranking).first
        return [(ranked.id, sure) for ranked in ranking.best[:3]]

    return rank


def our_evidence(material: Material) -> Rank:
    """The same, judged by the bare sum of evidence."""
    matcher = _matcher(material)
    return lambda text: [(ranked.id, ranked.evidence) for ranked in matcher.rank(text).best[:3]]


def our_reading(material: Material) -> Rank:
    """All that a message goes through: danger, small talk, ranking, decision."""
    understanding = Understanding(material.knowledge)
    return lambda text: [(scored.topic, scored.score) for scored in understanding.read(text).ranking[:3]]


def fuzzy(scorer: str) -> Callable[[Material], Rank]:
    """The obvious bot: the phrases most like the message as a whole."""

    def build(material: Material) -> Rank:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - its memory is part of the measure

        likeness = getattr(fuzz, scorer)

        def rank(text: str) -> Sequence[tuple[str, float]]:
            found = process.extract(fold(text), material.sentences, scorer=likeness, limit=_NEAREST)
            return _first_topics((material.owners[place], score) for _, score, place in found)

        return rank

    return build


def bm25(material: Material) -> Rank:
    """bm25s, one document a topic, French stems without stop words."""
    import bm25s  # noqa: PLC0415

    topics = list(material.knowledge.topics)
    documents = [topic_document(topic) for topic in material.knowledge.topics.values()]
    retriever = bm25s.BM25()
    retriever.index(
        [[s for text in (*d.phrases, *d.keywords, *d.texts) for s in _stems(text)] for d in documents],
        show_progress=False,
    )

    def rank(text: str) -> Sequence[tuple[str, float]]:
        stems = [one for one in _stems(text) if one in retriever.vocab_dict]
        if not stems:
            return []
        return _best(topics, retriever.get_scores(stems))

    return rank


def nearest(*, centroid: bool) -> Callable[[Material], Rank]:
    """TF-IDF of words and characters: the nearest phrase, or the nearest mean of a topic's phrases."""

    def build(material: Material) -> Rank:
        from scipy import sparse  # noqa: PLC0415
        from sklearn.preprocessing import normalize  # noqa: PLC0415

        vectors = _tfidf()
        rows = vectors.fit_transform(material.sentences)
        names = material.owners
        if centroid:
            names = list(material.knowledge.topics)
            place = {topic: number for number, topic in enumerate(names)}
            owner = [place[topic] for topic in material.owners]
            count = len(owner)
            rows = normalize(sparse.csr_matrix((np.ones(count), (owner, np.arange(count)))) @ rows)
        columns = normalize(rows).T.tocsr()

        def rank(text: str) -> Sequence[tuple[str, float]]:
            likeness = (normalize(vectors.transform([fold(text)])) @ columns).toarray()[0]
            return _best(names, likeness)

        return rank

    return build


def regression(material: Material) -> Rank:
    """TF-IDF and a multinomial logistic regression; it also learns from the messages that no topic covers."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    vectors = _tfidf()
    outside = [fold(text) for text in material.knowledge.off_topic]
    rows = vectors.fit_transform([*material.sentences, *outside])
    model = LogisticRegression(C=20.0, max_iter=60, tol=1e-3)
    model.fit(rows, [*material.owners, *[""] * len(outside)])
    topics = [str(name) for name in model.classes_]

    def rank(text: str) -> Sequence[tuple[str, float]]:
        found = model.predict_proba(vectors.transform([fold(text)]))[0]
        return _best(topics, np.where(np.asarray(topics) == "", 0.0, found))

    return rank


ENGINES: dict[str, tuple[str, Callable[[Material], Rank]]] = {
    "ours": ("**Accès droits**: ranking, by its probability", ours),
    "evidence": ("the same, by the sum of evidence", our_evidence),
    "reading": ("the same, with danger, small talk and decision", our_reading),
    "wratio": ("rapidfuzz `WRatio`", fuzzy("WRatio")),
    "token_set": ("rapidfuzz `token_set_ratio`", fuzzy("token_set_ratio")),
    "bm25": ("bm25s, one document a topic", bm25),
    "phrase": ("scikit-learn TF-IDF, nearest phrase", nearest(centroid=False)),
    "centroid": ("scikit-learn TF-IDF, nearest centroid", nearest(centroid=True)),
    "regression": ("TF-IDF + logistic regression", regression),
}
_SLOW_ENGINES = frozenset(["wratio", "token_set"])


def main(names: list[str]) -> None:
    if names[:1] == ["--one"]:
        print(json.dumps(measure(names[1], [Path(name) for name in names[2:]])))
        return
    files = [Path(name) for name in names] or [path for path in FILES if path.is_file()]
    found = {name: in_fresh_process("tests.benchmarks.engines", "--one", name, *map(str, files)) for name in ENGINES}
    material = Material.of(load_knowledge(read_settings().knowledge))
    known = set(material.sentences)
    if {one["base"] for one in found.values()} != {material.knowledge.fingerprint}:
        print("The knowledge base changed during the run: these engines were not given the same.", file=sys.stderr)
    for path in files:
        messages = _asked(path, material.knowledge)
        inside = sum(message.topic is not None for message in messages)
        again = sum(fold(message.text) in known for message in messages)
        print(f"\n{path.name}: {inside} messages with a topic, {len(messages) - inside} without; {again} of them are")
        print(f"phrases of the base. {len(material.knowledge.topics)} topics, {len(material.sentences)} phrases.")
        print(f"(1) asked a fixed sample of {SAMPLE} of them\n")
        print_table(_HEAD, [_row(name, found[name], path) for name in ENGINES])


def _row(name: str, found: dict[str, Any], path: Path) -> list[str]:
    one = found["files"][str(path)]
    title = ENGINES[name][0] + (" (1)" if name in _SLOW_ENGINES else "")
    return [
        title, shown(Share(*one["top-1"])), shown(Share(*one["top-3"])), f"{one['area']:.2f}",
        shown(Share(*one["caught"])), f"{one['µs']:,.0f}", f"{found['build']:.1f}", f"{found['memory']:.0f}",
    ]  # fmt: skip


def measure(name: str, files: Sequence[Path]) -> dict[str, Any]:
    """Build one engine and ask it every message of the files."""
    material = Material.of(load_knowledge(read_settings().knowledge))
    before, start = resident(), time.process_time()
    rank = ENGINES[name][1](material)
    built = time.process_time() - start
    held = resident() - before
    results = {}
    for path in files:
        messages = _asked(path, material.knowledge)
        if name in _SLOW_ENGINES:
            messages = random.Random(SEED).sample(messages, min(SAMPLE, len(messages)))  # noqa: S311
        results[str(path)] = _ask(rank, messages)
    return {"build": built, "memory": held, "files": results, "base": material.knowledge.fingerprint}


def _ask(rank: Rank, messages: Sequence[Labelled]) -> dict[str, Any]:
    for message in messages[:20]:  # the first calls warm the machine up
        rank(message.text)
    taken, first, three = [], [], []
    scores: dict[bool, list[float]] = {True: [], False: []}
    for message in messages:
        start = time.thread_time()
        found = rank(message.text)
        taken.append((time.thread_time() - start) * 1e6)
        scores[message.topic is not None].append(found[0][1] if found else 0.0)
        if message.topic is not None:
            best = [topic for topic, _ in found]
            first.append(bool(message.right & set(best[:1])))
            three.append(bool(message.right & set(best[:3])))
    floor = caught(scores[True], scores[False])
    return {
        "top-1": (sum(first), len(first)),
        "top-3": (sum(three), len(three)),
        "area": area(scores[True], scores[False]),
        "caught": (floor.hits, floor.total),
        "µs": float(np.median(taken)),
    }


def _asked(path: Path, knowledge: Knowledge) -> list[Labelled]:
    return [
        message
        for message in read_labelled(path)
        if message.urgent is None and (message.topic is None or message.topic in knowledge.topics)
    ]


def _matcher(material: Material) -> Matcher:
    knowledge = material.knowledge
    documents = [topic_document(topic) for topic in knowledge.topics.values()]
    return Matcher(documents, knowledge.vocabulary, off_topic=knowledge.off_topic)


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


def _tfidf() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.pipeline import FeatureUnion  # noqa: PLC0415

    by_words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\w+", sublinear_tf=True)
    by_runs = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
    return FeatureUnion([("words", by_words), ("runs", by_runs)])


def _best(names: Sequence[str], scores: Any) -> list[tuple[str, float]]:
    """The first topics by score; a topic may own several of the scores."""
    order = np.argsort(-np.asarray(scores), kind="stable")[:_NEAREST]
    return _first_topics((names[place], float(scores[place])) for place in order)


def _first_topics(found: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    best: dict[str, float] = {}
    for topic, score in found:
        if score > 0:
            best.setdefault(topic, score)
    return list(best.items())[:3]


if __name__ == "__main__":
    main(sys.argv[1:])
