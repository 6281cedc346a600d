"""How a person wants to be answered."""

from __future__ import annotations

from dataclasses import dataclass

FRENCH = "fr"


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose in the settings; nothing chosen is the usual form, in the language that they write."""

    short: bool = False
    one_step: bool = False
    language: str | None = None  # a code of ours, FRENCH, or None when they never chose
    aloud: bool = False
