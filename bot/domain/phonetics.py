"""How French words sound: two spellings that are said alike get one key.

People who never learnt to spell write every sound they hear ("jé pa resu", "karte didantité"). The key follows the
correspondence of French letters and sounds described by Catach (*L'orthographe française*, 1980), rule by rule in
`sound_rules`; the idea of one short key for a word is that of the Soundex family, of which Phonex (Frédéric Brouard)
is a French one. Unlike these it keeps every sound of the word, and it is coarser than speech where writers do not
hear a difference, or do not write it:

- é, è, ê, ai, ei and final -er, -ez, -et are one sound; a mute e is dropped;
- an/en/am/em are one; in/un/ain/ein are one; o/au/eau are one; eu/œu are one;
- s and z are one, since writers of "resu" and "difisil" double no s; so are ks and gz;
- y and ill after a vowel are one, y elsewhere is i; w, ou and the u of "lui" are one; gn is "ni";
- final consonants that are not said are dropped; double consonants are one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.domain.sound_rules import EXCEPTIONS, PLAIN, RULES

# All rules as one expression: the name of the group that matched tells the rule.
_RULE = re.compile("|".join([PLAIN, *(f"(?P<r{number}>{pattern})" for number, (pattern, _) in enumerate(RULES))]))
_SOUNDS = {f"r{number}": sound for number, (_, sound) in enumerate(RULES)}
_REPEATED = re.compile(r"(.)\1+")


def _sound(found: re.Match[str]) -> str:
    return _SOUNDS[found.lastgroup] if found.lastgroup else found.group()


@lru_cache(maxsize=8192)
def sound_key(word: str) -> str:
    """The sounds of one lower-case word, accents kept where the writer put them; "" for none."""
    known = EXCEPTIONS.get(word)
    return known if known is not None else _collapse(_RULE.sub(_sound, word))


def sound_string(words: list[str]) -> str:
    """The whole message as one string of sounds, so that a wrong cut between words does not matter."""
    return _collapse("".join(map(sound_key, words)))


def _collapse(sounds: str) -> str:
    return _REPEATED.sub(r"\1", sounds)
