"""Whether words found in a message mean danger together: who does what to whom, in what order, how near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.danger.lexicon import Found
from bot.domain.danger.rules import Combination
from bot.domain.danger.sounds import Word

Spans = dict[str, list[Found]]

# A finding weighs by how sure it is, then by how much it explains.
_CERTAIN = 3.0
_DOUBTFUL = 1.0
_EACH_GROUP = 0.5
_MAX_ANCHORS = 40  # of one family in one message; a hostile message repeats one word two thousand times


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason to think of a danger: the words that gave it."""

    spans: tuple[Found, ...]
    certain: bool
    plain: bool = False  # one expression that says it by itself
    keyword: bool = False  # a word that names a danger: many who write it ask about something else

    @property
    def weight(self) -> float:
        """What this reason counts against those for other kinds."""
        return (_CERTAIN if self.certain else _DOUBTFUL) + _EACH_GROUP * len(self.spans)


def covered_by(found: Iterable[Found], label: str) -> frozenset[int]:
    """Places of the words that expressions of this label cover."""
    return frozenset(place for one in found if one.label == label for place in range(one.start, one.end))


def in_sight(found: Iterable[Found], hidden: frozenset[int]) -> Spans:
    """Findings by label, without those that touch a hidden word ("mort" in "mort de rire")."""
    spans: Spans = {}
    for one in found:
        if not any(place in hidden for place in range(one.start, one.end)):
            spans.setdefault(one.label, []).append(one)
    return spans


def combined(rule: Combination, spans: Spans, words: Sequence[Word], *, curious: bool) -> Finding | None:
    """The words that satisfy the rule, or None."""
    if rule.doubtful and curious:
        return None
    if any(label in spans for label in rule.unless):
        return None
    groups: list[list[Found]] = []
    for labels in rule.groups:
        candidates = [span for label in labels for span in spans.get(label, ())]
        if not candidates:
            return None
        groups.append(candidates[:_MAX_ANCHORS])
    chosen = _in_order(rule, groups, words) if rule.ordered else _nearby(rule, groups, words)
    return Finding(tuple(chosen), certain=not rule.doubtful) if chosen else None


def signs_met(signs: Sequence[Sequence[str]], needed: int, spans: Spans) -> Finding | None:
    """Enough different signs in one message, each in its own words, or None."""
    met: list[Found] = []
    for labels in signs:
        candidates = [span for label in labels for span in spans.get(label, ())]
        apart = next((span for span in candidates if not any(_overlap(span, other) for other in met)), None)
        if apart is not None:
            met.append(apart)
    return Finding(tuple(met[:needed]), certain=False) if len(met) >= needed else None


def _nearby(rule: Combination, groups: list[list[Found]], words: Sequence[Word]) -> list[Found] | None:
    for anchor in groups[0]:
        chosen = [anchor]
        for candidates in groups[1:]:
            near = [
                one
                for one in candidates
                if _distance(anchor, one, words) <= rule.distance and not any(_overlap(one, other) for other in chosen)
            ]
            if not near:
                break
            chosen.append(min(near, key=lambda one: _distance(anchor, one, words)))
        else:
            return chosen
    return None


def _in_order(rule: Combination, groups: list[list[Found]], words: Sequence[Word]) -> list[Found] | None:
    for anchor in groups[0]:
        chosen = [anchor]
        for candidates in groups[1:]:
            last = chosen[-1]
            after = [
                one for one in candidates if one.start >= last.end and _distance(last, one, words) <= rule.distance
            ]
            if not after:
                break
            chosen.append(min(after, key=lambda one: one.start))
        else:
            return chosen
    return None


def _distance(one: Found, other: Found, words: Sequence[Word]) -> int:
    """Words between the two, ends of sentences counted."""
    first, second = (one, other) if one.start <= other.start else (other, one)
    return max(0, words[second.start].place - words[first.end - 1].place - 1)


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end
