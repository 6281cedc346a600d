"""What a mediator types in a session, without the person: the usual redaction, and what only hurts here.

A note of a session is about somebody who sits there, so a lone year of birth or a given name says who it is. Losing
an ordinary word to the mask costs nothing: the mediator sees what is kept.
"""

from __future__ import annotations

import re

from bot.domain.privacy import redact
from bot.domain.privacy.lexicon import LEXICON
from bot.domain.text import strip_accents

LONGEST = 200
# Nobody who comes to a session was born before 1900; a year since 2015 is far more often that of a procedure.
_BIRTH_YEAR = re.compile(r"(?<![\d])(?:19\d\d|200\d|201[0-4])(?![\d])")
_SHORT_YEAR = re.compile(r"\b((?:né|nee|née|nés|nées|ne) (?:en|de) )(?:l'an )?['’]?\d\d(?!\d)", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:19|20)?\d\d(?!\d)")
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ]+(?:-[A-Za-zÀ-ÖØ-öø-ÿŒœ]+)*")
_SPACES = re.compile(r"\s+")


def note_without_person(text: str) -> str:
    """The same for a note, at most `LONGEST` characters."""
    masked = without_person(text[: 4 * LONGEST])
    return masked if len(masked) <= LONGEST else f"{masked[: LONGEST - 1].rstrip()}…"


def without_person(text: str) -> str:
    """The text on one line, with nothing in it that tells who it is about."""
    masked = redact(_SPACES.sub(" ", text).strip()).text
    masked = _DATE.sub("[date]", masked)
    masked = _BIRTH_YEAR.sub("[année]", masked)
    masked = _SHORT_YEAR.sub(r"\1[année]", masked)
    return _WORD.sub(_given_name, masked)


def _given_name(found: re.Match[str]) -> str:
    word = found.group()
    folded = strip_accents(word).lower()
    if LEXICON.is_given_name(folded) or (word[0].isupper() and LEXICON.may_be_given_name(folded)):
        return "[nom]"
    return word
