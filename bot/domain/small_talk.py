"""Recognises what asks for nothing: a greeting, thanks, an insult, "are you a robot?"."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from bot.domain.models import SmallTalk
from bot.domain.phonetics import sound_string
from bot.domain.text import strip_accents, tokens, words

# A message is small talk when it is, as a whole, nearly one of the phrases: likeness on rapidfuzz's 0–100 `ratio`
# of the words without spaces, and of their sounds. Longer messages hold a need behind their greeting.
LIKENESS_FLOOR = 86.0
_LONGEST = 12
_MOST_CHARACTERS = 1_000


class SmallTalkFinder:
    """Built once from the small-talk entries."""

    def __init__(self, entries: Iterable[SmallTalk]) -> None:
        self._written: dict[str, str] = {}
        self._spoken: dict[str, str] = {}
        for entry in entries:
            for phrase in entry.phrases:
                self._written.setdefault("".join(words(phrase)), entry.id)
                sounds = sound_string(tokens(phrase))
                if len(sounds) >= 3:
                    self._spoken.setdefault(sounds, entry.id)
        self._choices = list(self._written)
        self._most_letters = 4 * max(map(len, self._choices), default=0)

    def find(self, text: str) -> str | None:
        """The id of the small talk that this message is, or None."""
        if len(text) > _MOST_CHARACTERS:
            return None
        said = tokens(text)
        if not said or len(said) > _LONGEST:
            return None
        joined = "".join(map(strip_accents, said))
        if len(joined) > self._most_letters:
            return None  # a "word" of four thousand letters
        if joined in self._written:
            return self._written[joined]
        spoken = self._spoken.get(sound_string(said))
        if spoken:
            return spoken
        if len(joined) < 5:
            return None
        found = process.extractOne(joined, self._choices, scorer=fuzz.ratio, score_cutoff=LIKENESS_FLOOR)
        return self._written[found[0]] if found else None
