"""Needs as rows of a file for staff."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.needs import Need
from bot.services.clock import PARIS

COLUMNS = ("jour", "question", "raison", "sujet refusé", "sujets proches", "canal", "langue", "pourquoi", "commune",
           "répondu le")  # fmt: skip
_REASONS = {"unknown": "inconnu", "none": "aucune de ces réponses", "refused": "ce n'est pas ça"}
_WHY = {"not_mine": "pas ma question", "unclear": "pas clair", "false": "information fausse ou dépassée",
        "missing": "il manque quelque chose"}  # fmt: skip


def need_row(need: Need, communes: Mapping[str, str]) -> list[str]:
    """One need in words; `communes` gives names by INSEE code."""
    near = ", ".join(f"{one.topic} {one.score:.2f}" for one in need.candidates)
    return [
        need.day.isoformat(),
        need.text,
        _REASONS[need.reason],
        need.topic or "",
        near,
        need.channel,
        need.language or "fr",
        _WHY[need.why] if need.why else "",
        communes.get(need.commune or "", need.commune or ""),
        need.answered_at.astimezone(PARIS).date().isoformat() if need.answered_at else "",
    ]
