"""How French words sound: two spellings that are said alike get one key.

People who never learnt to spell write every sound they hear ("jé pa resu", "karte didantité"). The key follows
the grapheme-to-phoneme correspondences of French primers (Catach, *L'orthographe française*, 1980; the same
tables as in Phonex by Brouard, 1999), coarser where writers do not hear the difference:

- é, è, ê, ai, ei, and final -er, -ez, -et are one sound `E`; a mute e is dropped, so "demande" is "dmande";
- an/en/am/em are `@`; in/un/ain/ein are `5`; on/om are `O`; eu/œu are `2`; ou is `U`; ch is `S`; gn is `N`;
- s and z are one sound, since writers of "resu" and "difisil" double no s;
- final consonants that are not said are dropped; double consonants are one.
"""

from __future__ import annotations

import re
from functools import lru_cache

_VOWELS = "aeiouyàâäéèêëîïôöùûü"
_NOT_NASAL = rf"(?![{_VOWELS}nmh])"


# Tried in order at each place; the first that fits wins. Lookaheads see the letters that follow,
# `(?<=…)` those before.
def _named(pattern: str, number: int) -> str:
    """The pattern with its own group and back-reference renamed, so that many fit into one expression."""
    return re.sub(r"(?<!\\)\((?!\?)", f"(?P<g{number}>", pattern).replace(r"\1", f"(?P=g{number})")


_RULES: tuple[tuple[str, str], ...] = (
    # endings that are not said
    (r"(?<=[a-zà-ÿ]{2})aient$", "E"),
    (r"(?<=[nts][nts])ent$", ""),
    (r"(?<=[a-zà-ÿ]{2})er[sz]?$", "E"),
    (r"(?<=[a-zà-ÿ])ez$", "E"),
    (r"(?<=[a-zà-ÿ])ets?$", "E"),
    (r"^est$", "E"),
    (r"^et$", "E"),
    (r"^[dlmst]es$", "·E"),
    (r"ées?$", "E"),
    (r"(?<=[iuoyaé])es?$", ""),
    (r"(?<=[qg]u)es?$", ""),
    (r"(?<=[a-zà-ÿ]{2})es?$", ""),
    # several vowels
    (rf"oin{_NOT_NASAL}", "w5"),
    (r"oi[sxte]*$", "wa"),
    (r"oî|oi", "wa"),
    (r"oua", "wa"),
    (r"oy(?=[aeioué])", "waj"),
    (rf"(?:ain|aim|ein|eim){_NOT_NASAL}", "5"),
    (r"ouill?e?|ouy", "Uj"),
    (r"euill?|ueill?|oeil|euy", "2j"),
    (r"aill?(?=[e]|$)", "aj"),
    (r"aill(?=[aiouéèê])", "aj"),
    (r"eill?(?=[e]|$)|eill(?=[aiouéèê])", "Ej"),
    (r"[ae]y(?=[aeouéè])", "Ej"),
    (r"[ae][yiî]", "E"),
    (r"eaux?|aux?", "o"),
    (r"oeu|eu[xt]?$|eû|eu", "2"),
    (r"où|oû|ou", "U"),
    # nasal vowels
    (rf"(?<=[iyé])en{_NOT_NASAL}(?!t)", "5"),
    (rf"[ae]n{_NOT_NASAL}", "@"),
    (r"[ae]m(?=[bp]|$)", "@"),
    (rf"[iuy]n{_NOT_NASAL}", "5"),
    (r"[iy]m(?=[bp])|um(?=[bp])", "5"),
    (rf"on{_NOT_NASAL}", "O"),
    (r"om(?=[bp])", "O"),
    # consonants
    (r"sch|sh|ch(?![rnl])", "S"),
    (r"ph", "f"),
    (r"th", "t"),
    (r"gn", "N"),
    (r"ge(?=[aouàâôé])", "J"),
    (r"gu(?=[eiyéèê])", "g"),
    (r"g(?=[eiyéèê])|j", "J"),
    (r"gg?", "g"),
    (r"qu|q", "k"),
    (r"cc(?=[eiyéèê])", "ks"),
    (r"c?k|cc|ch", "k"),
    (r"sc(?=[eiyéèê])", "s"),
    (r"c(?=[eiyéèê])", "s"),
    (r"ç", "s"),
    (r"c", "k"),
    (r"(?<![sxz])ti(?=on|el|eu|al)", "si"),
    (r"ss", "s"),
    (r"(?<=i)ll(?=[eaioué])", "j"),
    (r"(?<=[a-zà-ÿ]{2})[dtszxp]+$", ""),
    (r"(?<=[nr])[cg]s?$", ""),
    (r"x", "ks"),
    (r"z", "s"),
    (r"([a-zà-ÿ])\1", "·"),
    (r"h", ""),
    (r"w", "v"),
    (r"(?<=[aeiouéè])y", "j"),
    (r"y", "i"),
    # single vowels
    (r"[éèêë]", "E"),
    (r"e(?=([bcdfglmnprstz])\1)", "E"),
    (r"e(?=[rlcfbptsx](?![aeiouyéèêàâîôûhrl]))", "E"),
    (r"(?<=^[bcdfgjklmnprstvz])e$", "2"),
    (r"e", ""),
    (r"[àâä]", "a"),
    (r"[îï]", "i"),
    (r"[ôö]", "o"),
    (r"[ùûü]", "u"),
)
# All rules as one expression: the name of the group that matched tells the rule.
_RULE = re.compile("|".join(f"(?P<r{number}>{_named(pattern, number)})" for number, (pattern, _) in enumerate(_RULES)))
_SOUNDS = {f"r{number}": sound for number, (_, sound) in enumerate(_RULES)}
_ITSELF = "·"  # the sound of a rule that keeps the letter it read
_EXCEPTIONS = {
    "femme": "fam", "femmes": "fam", "monsieur": "m2sj2", "ville": "vil", "villes": "vil", "mille": "mil",
    "tranquille": "trAkil", "temps": "t@", "corps": "kor", "pays": "pEi", "paye": "pEj", "paie": "pE",
    "est": "E", "et": "E", "eu": "u", "sept": "sEt", "huit": "uit", "six": "sis", "dix": "dis", "cinq": "s5k",
    "bus": "bus", "gaz": "gaz", "mars": "mars", "hier": "iEr", "cher": "SEr", "hiver": "ivEr", "mer": "mEr",
    "fils": "fis", "sens": "s@s", "plus": "plu", "tous": "tU", "second": "s2gO", "examen": "Eksam5",
    "rendez": "r@dE", "aout": "ut", "août": "ut", "oignon": "oNO", "automne": "oton", "client": "klij@",
    "caf": "kaf", "net": "nEt", "internet": "5tErnEt", "but": "but", "avis": "avi", "est-ce": "Es",
    "mail": "mEl", "mel": "mEl", "email": "imEl", "web": "vEb", "wifi": "vifi", "smartphone": "smartfon",
}  # fmt: skip

# Acronyms as they are said: letter names glued together ("èrèssa" for RSA).
_LETTER_NAMES = {
    "a": "a", "b": "bE", "c": "sE", "d": "dE", "e": "2", "f": "Ef", "g": "JE", "h": "aS", "i": "i", "j": "Ji",
    "k": "ka", "l": "El", "m": "Em", "n": "En", "o": "o", "p": "pE", "q": "ku", "r": "Er", "s": "Es", "t": "tE",
    "u": "u", "v": "vE", "w": "dUbl2vE", "x": "iks", "y": "igrEk", "z": "zEd",
}  # fmt: skip


@lru_cache(maxsize=65536)
def sound_key(word: str) -> str:
    """The sounds of one lower-case word, accents kept where the writer put them; "" for none."""
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    sounds: list[str] = []
    at, end = 0, len(word)
    while at < end:
        found = _RULE.match(word, at)
        if found is None or found.end() == at or found.lastgroup is None:
            sounds.append(word[at])
            at += 1
        else:
            sounds.append(_SOUNDS[found.lastgroup].replace(_ITSELF, word[at]))
            at = found.end()
    return _collapse("".join(sounds))


def _collapse(sounds: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sounds)


def spelt_key(acronym: str) -> str:
    """The sounds of an acronym said letter by letter: "rsa" → "ErEsa"."""
    return _collapse("".join(_LETTER_NAMES.get(letter, letter) for letter in acronym.lower()))


def sound_string(words: list[str]) -> str:
    """The whole message as one string of sounds, so that a wrong cut between words does not matter."""
    return _collapse("".join(sound_key(word) for word in words))
