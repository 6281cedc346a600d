"""People first: recognises a message that tells of danger, before anything else is done with it.

Rules that a social worker can read (`knowledge/danger.yaml`), matched by ear; then the points of the message's words,
which settle what the rules leave open. What is still doubtful is asked rather than let go. No memory.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.danger.built_in import BUILT_IN
from bot.domain.danger.combining import Finding, Spans, combined, covered_by, in_sight, signs_met
from bot.domain.danger.lexicon import Lexicon
from bot.domain.danger.points import FEWEST_WORDS, NO_WORRY
from bot.domain.danger.rules import Danger, DangerKind, DangerRules
from bot.domain.danger.sounds import Word, spell_out

_LOOK_ALIKE = "=faux-ami"
_CURIOUS = "=curiosité"
ORDINARY = "ordinaire"
# What one more finding of the same kind adds: whoever says more of a kind says that kind.
_FURTHER = 0.3
_FURTHER_COUNTED = 4
# How many points fewer the words need beside what a rule found, by how it found it; see `danger --folds`.
_SPARED_BY_RULE = 20.0
_SPARED_BY_KEYWORD = 10.0
# How many more they need when the message asks for information about the subject.
_CURIOSITY = 10.0
# How much the words' leaning counts against the rules when several kinds are possible (points, not weights).
_LEANING = 0.4


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What a message may tell of; `margin` is how many points stand above what is needed (below zero: too few)."""

    danger: Danger | None
    margin: float = float("-inf")

    def settled(self, lean: float = 0.0) -> Danger | None:
        """The danger to answer, when something else than the rules leans by so many points towards danger."""
        return self.danger if self.margin + lean >= 0 else None


class DangerDetector:
    """Reads messages with one set of rules; the rules are laid out once."""

    def __init__(self, rules: DangerRules = BUILT_IN) -> None:
        self._rules = rules
        self._lexicon = Lexicon(_expressions(rules))
        self._kinds = {kind.id: kind for kind in rules.kinds}

    def detect(self, text: str) -> Danger | None:
        """The danger that this message tells of, or None: by these rules alone, whatever the rest of the base says."""
        return self.suspect(text).settled()

    def suspect(self, text: str) -> Suspicion:
        """What the message may tell of, and how far that is from being believed; never raises."""
        words, spans, plain = self._read(text)
        labels = _labels(spans, covered=len(plain) < len(words))
        findings: dict[str, Finding] = {}
        weights: dict[str, float] = {}
        for kind in self._rules.kinds if spans else ():
            found = sorted(self._findings(kind, spans, words), key=lambda one: -one.weight)
            if found:
                findings[kind.id] = found[0]
                weights[kind.id] = found[0].weight + _FURTHER * sum(one.weight for one in found[1:_FURTHER_COUNTED])
        points = self._rules.points
        worry = points.weigh(plain, labels) if points else NO_WORRY
        needed = self._needed(findings.values(), few=len(plain) < FEWEST_WORDS, curious=_CURIOUS in spans)
        if not findings and (not worry.kinds or needed == float("inf")):
            return Suspicion(None)
        for name, lean in worry.kinds.items():
            weights[name] = weights.get(name, 0.0) + _LEANING * lean
        order = [kind.id for kind in self._rules.kinds]
        best = max(order, key=lambda name: (weights.get(name, float("-inf")), -order.index(name)))
        finding = findings.get(best)
        evidence = worry.words
        if finding is not None:
            pieces = (" ".join(word.written for word in words[one.start : one.end]) for one in finding.spans)
            evidence = tuple(dict.fromkeys(pieces))
        chosen = self._kinds[best]
        certain = any(one.certain for one in findings.values())
        danger = Danger(best, certain, chosen.message, chosen.numbers, evidence)
        return Suspicion(danger, float("inf") if needed == float("-inf") else worry.points - needed)

    def _needed(self, findings: Collection[Finding], *, few: bool, curious: bool) -> float:
        """The points that the words of a message must reach: the plainer the rules' finding, the fewer."""
        points = self._rules.points
        if any(one.plain for one in findings) or (findings and (few or points is None)):
            return float("-inf")
        if points is None or few:
            return float("inf")
        spared = max((_SPARED_BY_KEYWORD if one.keyword else _SPARED_BY_RULE for one in findings), default=0.0)
        return points.threshold - spared + _CURIOSITY * curious

    def features_of(self, text: str) -> tuple[list[Word], frozenset[str]]:
        """The words of a message that no look-alike covers, and the labels found: what points are learnt from."""
        words, spans, plain = self._read(text)
        return plain, _labels(spans, covered=len(plain) < len(words))

    def _read(self, text: str) -> tuple[list[Word], Spans, list[Word]]:
        words = self._lexicon.mended(spell_out(text))
        found = self._lexicon.find(words)
        hidden = covered_by(found, _LOOK_ALIKE)
        return words, in_sight(found, hidden), [word for place, word in enumerate(words) if place not in hidden]

    def _findings(self, kind: DangerKind, spans: Spans, words: list[Word]) -> list[Finding]:
        curious = _CURIOUS in spans
        findings = [Finding((span,), certain=True, plain=True) for span in spans.get(f"!{kind.id}", ())]
        findings.extend(Finding((span,), certain=False) for span in spans.get(f"?{kind.id}", ()))
        if not curious:
            findings.extend(Finding((span,), certain=True, keyword=True) for span in spans.get(f"#{kind.id}", ()))
        findings.extend(
            found for rule in kind.combinations if (found := combined(rule, spans, words, curious=curious)) is not None
        )
        if kind.signs and not curious:
            needed = self._rules.signs_needed + (ORDINARY in spans)
            met = signs_met(kind.signs, needed, spans)
            if met is not None:
                findings.append(met)
        return findings


def _labels(spans: Spans, *, covered: bool) -> frozenset[str]:
    """Families, the rules' own expressions by kind, and whether look-alikes cover some words."""
    return frozenset(spans) - {_LOOK_ALIKE} | ({_LOOK_ALIKE} if covered else frozenset())


def _expressions(rules: DangerRules) -> list[tuple[str, str]]:
    """Every expression with its label: "!" says danger, "?" doubt, "#" a keyword; families keep their names."""
    pairs = [(_LOOK_ALIKE, text) for text in rules.look_alikes]
    pairs.extend((_CURIOUS, text) for text in rules.curiosity)
    pairs.extend((ORDINARY, text) for text in rules.ordinary)
    pairs.extend((name, text) for name, texts in rules.families for text in texts)
    for kind in rules.kinds:
        pairs.extend((f"!{kind.id}", text) for text in kind.phrases)
        pairs.extend((f"?{kind.id}", text) for text in kind.doubtful)
        pairs.extend((f"#{kind.id}", text) for text in kind.keywords)
        pairs.extend((_LOOK_ALIKE, text) for text in kind.look_alikes)
    return pairs
