"""People first: recognises a message that tells of danger, before anything else is done with it.

No statistics and no memory: rules that a social worker can read (`knowledge/danger.yaml`), matched by ear. What the
rules cannot settle is called doubtful rather than let go.
"""

from __future__ import annotations

from bot.domain.danger_built_in import BUILT_IN
from bot.domain.danger_combining import Finding, Spans, combined, covered_by, in_sight, signs_met
from bot.domain.danger_lexicon import Lexicon
from bot.domain.danger_rules import Danger, DangerKind, DangerRules, EmergencyNumber
from bot.domain.danger_sounds import Word, spell_out
from bot.domain.danger_weights import WordScale

__all__ = ["BUILT_IN", "Danger", "DangerDetector", "DangerRules", "EmergencyNumber"]

_LOOK_ALIKE = "=faux-ami"
_CURIOUS = "=curiosité"
ORDINARY = "ordinaire"
# What one more finding of the same kind adds: whoever says more of a kind says that kind.
_FURTHER = 0.3
_FURTHER_COUNTED = 4
# How much the words' leaning counts against the rules when several kinds are possible (points, not weights).
_LEANING = 0.1


class DangerDetector:
    """Reads messages with one set of rules; the rules are laid out once."""

    def __init__(self, rules: DangerRules = BUILT_IN) -> None:
        self._rules = rules
        self._lexicon = Lexicon(_expressions(rules))
        self._scale = WordScale(rules.weights, rules.weights_base)
        self._kinds = {kind.id: kind for kind in rules.kinds}

    def detect(self, text: str) -> Danger | None:
        """The danger that this message tells of, or None."""
        words, spans, plain = self._read(text)
        worry = self._scale.weigh(plain, _families(spans))
        weights: dict[str, float] = {}
        findings: dict[str, Finding] = {}
        for kind in self._rules.kinds if spans else ():
            found = sorted(self._findings(kind, spans, words), key=lambda one: -one.weight)
            if found:
                findings[kind.id] = found[0]
                weights[kind.id] = found[0].weight + _FURTHER * sum(one.weight for one in found[1:_FURTHER_COUNTED])
        if not findings and (_CURIOUS in spans or worry.points < self._rules.weights_threshold or not worry.kinds):
            return None
        for name, points in worry.kinds.items():
            weights[name] = weights.get(name, 0.0) + _LEANING * points
        order = [kind.id for kind in self._rules.kinds]
        best = max(order, key=lambda name: (weights.get(name, float("-inf")), -order.index(name)))
        finding = findings.get(best)
        evidence = worry.words
        if finding is not None:
            pieces = (" ".join(word.written for word in words[one.start : one.end]) for one in finding.spans)
            evidence = tuple(dict.fromkeys(pieces))
        chosen = self._kinds[best]
        return Danger(
            kind=best,
            certain=any(one.certain for one in findings.values()),
            message=chosen.message,
            numbers=chosen.numbers,
            words=evidence,
        )

    def features_of(self, text: str) -> tuple[list[Word], frozenset[str]]:
        """The words of a message that no look-alike covers, and its families: what points are learnt from."""
        _, spans, plain = self._read(text)
        return plain, _families(spans)

    def _read(self, text: str) -> tuple[list[Word], Spans, list[Word]]:
        words = self._lexicon.mended(spell_out(text))
        found = self._lexicon.find(words)
        hidden = covered_by(found, _LOOK_ALIKE)
        return words, in_sight(found, hidden), [word for place, word in enumerate(words) if place not in hidden]

    def _findings(self, kind: DangerKind, spans: Spans, words: list[Word]) -> list[Finding]:
        curious = _CURIOUS in spans
        findings = [Finding((span,), certain=True) for span in spans.get(f"!{kind.id}", ())]
        findings.extend(Finding((span,), certain=False) for span in spans.get(f"?{kind.id}", ()))
        if not curious:
            findings.extend(Finding((span,), certain=True) for span in spans.get(f"#{kind.id}", ()))
        findings.extend(
            found for rule in kind.combinations if (found := combined(rule, spans, words, curious=curious)) is not None
        )
        if kind.signs and not curious:
            needed = self._rules.signs_needed + (ORDINARY in spans)
            met = signs_met(kind.signs, needed, spans)
            if met is not None:
                findings.append(met)
        return findings


def _families(spans: Spans) -> frozenset[str]:
    return frozenset(label for label in spans if label[0] not in "!?#")


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
