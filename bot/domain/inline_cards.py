"""Which cards an inline search offers while its words are still being typed.

Whoever searches sees the list and chooses: more is offered than in an answer, but nothing when the words come no
nearer to any topic than to what no topic covers.
"""

from __future__ import annotations

from bisect import bisect_left

from bot.domain.decision import CHOICE_SHARE, Unknown
from bot.domain.text import STOP_WORDS, words
from bot.domain.understanding import Understanding, Understood

MOST_CARDS = 10
# How many times the evidence of what no topic covers a topic needs when no answer was sure: tests/benchmarks/inline.py.
CLEAR_LEAD = 2.0
KNOWN_SHARE = 0.5  # of what the words say, that the base must know when no answer was sure
_LONGEST = 256  # Telegram's limit for an inline search


class CardFinder:
    """Built once from one state of the knowledge base."""

    def __init__(self, understanding: Understanding) -> None:
        self.understanding = understanding
        self._places = {topic: place for place, topic in enumerate(understanding.knowledge.topics)}
        held: dict[str, set[str]] = {}
        for topic in understanding.knowledge.topics.values():
            for word in words(" ; ".join((topic.title, topic.button, *topic.keywords))):
                held.setdefault(word, set()).add(topic.id)
        self._held = held
        self._vocabulary = sorted(held)

    def find(self, text: str, understood: Understood) -> tuple[str, ...]:
        """Up to ten topics, best first: by meaning and, while that is not sure, by how their words begin."""
        if understood.told_abroad:
            return ()
        meant, begun = self._by_meaning(text, understood), self._by_beginning(text)
        ordered = (*begun, *meant) if isinstance(understood.outcome, Unknown) else (*meant, *begun)
        return tuple(dict.fromkeys(ordered))[:MOST_CARDS]

    def _by_meaning(self, text: str, understood: Understood) -> list[str]:
        if not understood.readable or (understood.danger is not None and isinstance(understood.outcome, Unknown)):
            return []
        ranking = self.understanding.rank(text)
        first = [scored.topic for scored in understood.ranking[:1]]
        unsure = isinstance(understood.outcome, Unknown)
        clear = bool(ranking.best) and ranking.best[0].evidence >= CLEAR_LEAD * ranking.background
        if not ranking.best or (unsure and not (clear and ranking.explained >= KNOWN_SHARE)):
            return [] if unsure else first
        least = CHOICE_SHARE * ranking.best[0].evidence
        near = [ranked.id for ranked in ranking.best if ranked.evidence >= least]
        return near if unsure else [*first, *near]

    def _by_beginning(self, text: str) -> list[str]:
        """Topics whose title and keywords hold every word, the last one perhaps unfinished."""
        typed = [word for word in words(text[:_LONGEST]) if word not in STOP_WORDS and len(word) >= 2]
        if not typed:
            return []
        *whole, last = typed
        found = set().union(*(self._held[word] for word in self._beginning_with(last)))
        for word in whole:
            found &= self._held.get(word, set())
        return sorted(found, key=self._places.__getitem__)

    def _beginning_with(self, start: str) -> list[str]:
        begin = bisect_left(self._vocabulary, start)
        end = bisect_left(self._vocabulary, start + "\U0010ffff")
        return self._vocabulary[begin:end]
