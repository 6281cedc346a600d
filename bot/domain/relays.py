"""A relay: how far somebody came with a topic, in numbers of its steps and papers, and the code that carries it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.models import Topic

# No two of these look alike on paper: no O or 0, I, L or 1, S or 5, B or 8, Z or 2, Q, V. 23 to the power of 9, less
# the codes without a figure, is more than 2 to the power of 40.
ALPHABET = "ACDEFGHJKMNPRTUWXY34679"
LENGTH = 9
MOST = 24  # steps or papers that a code can tell of
_GROUP = 3
_FIGURES = frozenset("34679")
_BEFORE = r"(?:(?:mon|le|un|voici|code|relais|de|est|c'est)\W{1,3}){0,4}"
_CODE = re.compile(
    rf"\W*{_BEFORE}([{ALPHABET}]{{3}})[ .\-‐‑–—]{{0,3}}([{ALPHABET}]{{3}})[ .\-‐‑–—]{{0,3}}([{ALPHABET}]{{3}})\W*",
    re.IGNORECASE,
)
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Relay:
    """A topic, the numbers from 0 of the steps that are done, and of the papers that are missing."""

    topic: str
    version: str
    done: frozenset[int] = frozenset()
    missing: frozenset[int] = frozenset()

    def fits(self, topic: Topic) -> bool:
        """Whether the numbers still mean what they meant: the topic may have been corrected since."""
        return self.topic == topic.id and self.version == version(topic)


def version(topic: Topic) -> str:
    """A short name for what the numbers of a topic mean."""
    return hashlib.sha256(repr((topic.steps, topic.documents)).encode()).hexdigest()[:10]


def new_code(draw: Callable[[str], str]) -> str:
    """A code drawn letter by letter, with a figure in it: no French word is one."""
    while True:
        code = "".join(draw(ALPHABET) for _ in range(LENGTH))
        if is_code(code):
            return code


def is_code(text: str) -> bool:
    """Whether a text has the shape of a code, as it is kept."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET) and any(sign in _FIGURES for sign in text)


def grouped(code: str) -> str:
    """As it is shown, and read aloud: three by three."""
    return "-".join(code[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def typed_code(text: str) -> str | None:
    """The code that a message is, however it is typed; None for any other message."""
    found = _CODE.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    code = "".join(found.groups()).upper() if found else ""
    return code if is_code(code) else None


def bits(numbers: frozenset[int]) -> int:
    """Numbers as the bits of one."""
    return sum(1 << number for number in numbers if 0 <= number < MOST)


def numbers(bits: int) -> frozenset[int]:
    """The numbers of the bits that are set."""
    return frozenset(number for number in range(MOST) if bits >> number & 1)
