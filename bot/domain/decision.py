"""Answer, offer a choice, or say "I don't know": the thresholds, in one place, with what set them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.domain.confidence import confidence
from bot.domain.matching import Ranking

# Answer when the first topic is right with at least this probability; offer choices when the first three hold
# the right one with at least that; else say that we do not know. Set on the development messages, five folds
# (docs/understanding.md): served, wrong and "answered although no topic covers it" at these values stand there.
ANSWER_AT = 0.85
OFFER_AT = 0.55
# A choice is worth its line when it holds at least this share of the first one's evidence.
CHOICE_SHARE = 0.45
MAX_CHOICES = 3
# A message is small talk when small talk has this much more evidence than the best topic, and no less than what no
# topic covers. On the labelled messages: 22 of 30 recognised, 1 of 1,859 needs mistaken.
TALK_LEAD = 1.3
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Scored:
    """A topic with the probability that it is the right one."""

    topic: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One topic, sure enough."""

    topic: str
    ranking: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Two or three topics to choose from; `several` when the message tells more than one need."""

    topics: tuple[str, ...]
    ranking: tuple[Scored, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """No topic is likely enough to be shown."""

    ranking: tuple[Scored, ...]


Decision = Answer | Choices | Unknown


def decide(ranking: Ranking) -> Decision:
    """What to do with a ranking. A pure function: the same ranking always gives the same decision."""
    sure = confidence(ranking)
    scored = _scores(ranking, sure.first, sure.three)
    if sure.first >= ANSWER_AT:
        return Answer(scored[0].topic, scored)
    if sure.three >= OFFER_AT:
        return Choices(choices(ranking), scored)
    return Unknown(scored)


def is_talk(ranking: Ranking) -> bool:
    """Whether a message asks for nothing: a greeting, thanks, an insult, said at length."""
    if ranking.talk is None:
        return False
    first = ranking.best[0].evidence if ranking.best else 0.0
    return ranking.talk.evidence >= max(TALK_LEAD * first, ranking.background) > 0.0


def choices(ranking: Ranking, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Two or three topics worth offering, best first."""
    left = [ranked for ranked in ranking.best if ranked.id not in without]
    worth = [ranked for ranked in left if ranked.evidence >= CHOICE_SHARE * left[0].evidence]
    return tuple(ranked.id for ranked in (worth if len(worth) > 1 else left[:2])[:MAX_CHOICES])


def _scores(ranking: Ranking, first: float, three: float) -> tuple[Scored, ...]:
    """The first topic's score is its probability; those after it share what is left by their evidence."""
    best = ranking.best[:SHOWN]
    if not best:
        return ()
    scored = [Scored(best[0].id, first)]
    rest = [math.exp(ranked.evidence - best[0].evidence) for ranked in best[1:]]
    left = max(0.0, three - first)
    ceiling = first
    for ranked, weight in zip(best[1:], rest, strict=True):
        ceiling = min(ceiling, left * weight / (sum(rest) or 1.0))
        scored.append(Scored(ranked.id, ceiling))
    return tuple(scored)
