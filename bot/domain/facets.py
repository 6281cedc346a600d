"""Questions about one side of a subject: where, when, which papers … and those that only make sense after an answer.

Cues are compared by their sounds, so "cé ou", "c où" and "c'est où" are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.phonetics import sound_key
from bot.domain.text import STOP_WORDS, strip_accents, tokens

_MOST_WORDS = 80  # of one message that are looked at
_LONGEST_FOLLOW_UP = 10  # words; whoever changes the subject says more
Sounds = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """What an editor wrote: expressions by facet, words for relatives, and words that name no subject."""

    facets: Mapping[str, tuple[str, ...]]
    relatives: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetQuestion:
    """The side that a message asks for, if any; `alone` when nothing else in it names a subject."""

    facet: str | None
    alone: bool


class FacetFinder:
    """Built once from the cues."""

    def __init__(self, cues: Cues) -> None:
        self._facets = sorted(
            ((_sounds(text), facet) for facet, texts in cues.facets.items() for text in texts),
            key=lambda pair: -len(pair[0]),
        )
        self._relatives = {_sounds(text) for text in cues.relatives}
        self._neutral = {key for text in cues.neutral for key in _sounds(text)}
        self._neutral |= {sound_key(word) for word in STOP_WORDS}

    def find(self, text: str) -> FacetQuestion:
        """The longest cue that the message holds, and whether the rest of the message says nothing more."""
        said = tokens(text, _MOST_WORDS)
        sounds = [sound_key(word) for word in said]
        facet, used = self._longest(sounds, said)
        related = _covered(sounds, self._relatives)
        if not said or len(said) > _LONGEST_FOLLOW_UP or (facet is None and not related):
            return FacetQuestion(facet, alone=False)
        rest = [
            place
            for place in range(len(said))
            if place not in used and place not in related and sounds[place] and sounds[place] not in self._neutral
        ]
        return FacetQuestion(facet, alone=not rest)

    def _longest(self, sounds: list[str], said: list[str]) -> tuple[str | None, set[int]]:
        heard = _starts(sounds)
        for cue, facet in self._facets:
            for start in heard.get(cue[0], ()) if cue else ():
                if tuple(sounds[start : start + len(cue)]) == cue and _asks(said, start, len(cue)):
                    return facet, set(range(start, start + len(cue)))
        return None, set()


def _asks(said: list[str], start: int, length: int) -> bool:
    """One lone common word ("ou", "combien") is a cue only at the ends of a message: elsewhere it joins words."""
    return length > 1 or start in (0, len(said) - 1) or strip_accents(said[start]) not in STOP_WORDS


def _covered(sounds: list[str], expressions: Iterable[Sounds]) -> set[int]:
    heard = _starts(sounds)
    found: set[int] = set()
    for expression in expressions:
        for start in heard.get(expression[0], ()) if expression else ():
            if tuple(sounds[start : start + len(expression)]) == expression:
                found.update(range(start, start + len(expression)))
    return found


def _starts(sounds: list[str]) -> dict[str, list[int]]:
    """Where each word is heard."""
    heard: dict[str, list[int]] = {}
    for place, sound in enumerate(sounds):
        heard.setdefault(sound, []).append(place)
    return heard


def _sounds(text: str) -> Sounds:
    return tuple(sound_key(word) for word in tokens(text))
