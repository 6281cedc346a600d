"""Finds two needs in one long message, so that both are offered instead of one being lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from bot.domain.confidence import confidence
from bot.domain.matching import Ranking
from bot.domain.text import words

# A part must say its need as surely as a message of its own, and more: a long message also tells circumstances that
# look like a need. At 0.8, between 1 and 2 % of the single needs of the labelled messages are offered as two, nearly
# always with the right one among them (docs/understanding.md).
SURE_PART = 0.8
_SHORTEST_PART = 4  # words
_SHORTEST_MESSAGE = 10
_MOST_PARTS = 8  # each is ranked like a message of its own
_STOP = re.compile(r"[.;!?\n]+")
_LINK = re.compile(
    r"\b(?:et aussi|et puis|et en plus|en plus|et apres|ensuite|aussi je|et je|et il|et elle|et on|et ma|et mon|et mes|"
    r"et comment|et ou|et est ce|et pour|mais aussi|aussi pour|sinon)\b"
)


def two_needs(text: str, rank: Callable[[str], Ranking]) -> tuple[str, ...]:
    """The ids of two different needs that two parts of the message tell, each surely; () for anything else."""
    if len(text.split()) < _SHORTEST_MESSAGE:
        return ()
    found: list[str] = []
    for part in parts(text):
        ranking = rank(part)
        if confidence(ranking).first >= SURE_PART and ranking.best[0].id not in found:
            found.append(ranking.best[0].id)
    return tuple(found[:2]) if len(found) == 2 else ()


def parts(text: str) -> Iterator[str]:
    """The sentences of a message, cut again where a new wish begins; spelling games are written out first."""
    return islice(_cut(text), _MOST_PARTS)


def _cut(text: str) -> Iterator[str]:
    for sentence in _STOP.split(text):
        for part in _LINK.split(" ".join(words(sentence))):
            if len(part.split()) >= _SHORTEST_PART:
                yield part
