"""What one check found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How one thing stands."""

    FINE = "ok"
    WARNING = "attention"
    PROBLEM = "problème"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing, how it stands, and what to do; nothing to do when it is fine."""

    name: str
    state: State
    text: str
    advice: str = ""


def fine(name: str, text: str) -> Finding:
    return Finding(name, State.FINE, text)


def warning(name: str, text: str, advice: str) -> Finding:
    return Finding(name, State.WARNING, text, advice)


def problem(name: str, text: str, advice: str) -> Finding:
    return Finding(name, State.PROBLEM, text, advice)
