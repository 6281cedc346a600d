"""Recognises a message that is not French. Scripts decide first; in Latin letters, words and letter runs do.

A French message taken for another language is worse than the reverse: French words count against every other
language, and a language needs two words of its own (one, when nothing else in a few words is French).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from bot.domain.speech import Speech

Script = Literal["latine", "arabe", "cyrillique"]
LATIN: Script = "latine"

# Evidence in points. Set on tests/data/languages.jsonl and on the French messages of tests/data/questions.jsonl.
_SURE, _WORD, _WEAK, _RUN, _LETTER = 2.0, 1.0, 0.4, 0.5, 1.0
_LONG_RUN = 4  # a run of that many letters counts as a word
_FRENCH_OUTWEIGHS = 1.25  # a foreign language needs that many times the French evidence …
_LEAST_POINTS = 2.0  # … that many points …
_LEAST_HITS = 2  # … from that many different words of its own …
_LEAST_SHARE = 0.34  # … which are that share of the message;
_LEAST_ALONE, _LEAST_SHARE_ALONE = 1.5, 0.25  # less is enough when nothing at all speaks for French
_FEW_WORDS = 3  # in a message this short one sure word is enough, when nothing in it is French
_LARGE_SHARE = 0.5  # of the letters in another script: the message is in it …
_FAIR_SHARE = 0.25  # … or, when no French word stands beside them, that much
_MOST_CHARACTERS = 400  # enough to know a language by
_MOST_WORDS = 40
_LONGEST_WORD = 30
_MOST_TRIED = 3  # a name masked after its announcement: that many words at most

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_ADDRESS = re.compile(r"https?://\S*|\S+@\S+|[@/#]\w+")
_WORD_OF = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[¿¡]")
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘´`ʹ′‛＇", "'"))
_ARABIC_FORMS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ـ": None, "\u200c": None})
_INSIDE = str.maketrans("", "", "'-")
_RUN_OF_LETTERS = re.compile(r"[^\W_]+")
_ELISION = re.compile(r"(?:j|l|d|n|c|s|m|t|qu|jusqu|lorsqu|puisqu|quelqu)'(?=[^\W\d_])")
_FRENCH_LETTERS = frozenset("èùîœëû")
_DIGIT_LETTER = re.compile(r"[a-z][379]|[379][a-z]")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")


@dataclass(frozen=True, slots=True)
class Clues:
    """What a language is known by, in lower case without accents; `runs` may hold ^ and $ for a word's ends."""

    sure: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """A language that we recognise, and what we say in it."""

    code: str
    name: str
    script: Script
    about: str
    emergency: str
    human: str
    kept: str
    not_proofread: str
    clues: Clues
    proofread_by: str | None = None
    name_openers: tuple[str, ...] = ()
    danger: tuple[tuple[str, tuple[str, ...]], ...] = ()  # by kind of danger, the sentences that tell of it
    speech: Speech | None = None  # None for a language that we only recognise

    @property
    def right_to_left(self) -> bool:
        return self.script == "arabe"


@dataclass(frozen=True, slots=True)
class Languages:
    """All of them, and what French is known by."""

    french: Clues = field(default_factory=Clues)
    foreign: tuple[Language, ...] = ()

    @property
    def spoken(self) -> tuple[Language, ...]:
        """Those that the bot has all its own sentences in."""
        return tuple(language for language in self.foreign if language.speech is not None)

    def get(self, code: str | None) -> Language | None:
        """The language of a code, also of Telegram's longer ones ("pt-br"); None where we have none."""
        code = (code or "").lower().replace("_", "-")
        known = {language.code: language for language in self.foreign}
        return known.get(code) or known.get(code.partition("-")[0])


class LanguageFinder:
    """Built once from the languages; `find` is a pure function of the message and never raises."""

    def __init__(self, languages: Languages) -> None:
        self._scripts = {
            script: [language for language in languages.foreign if language.script == script]
            for script in ("arabe", "cyrillique")
        }
        self._latin = [language for language in languages.foreign if language.script == LATIN]
        self._french = len(self._latin)  # French comes after the others in every table
        clues = [*(language.clues for language in self._latin), languages.french]
        self._words: dict[str, list[tuple[int, float]]] = {}
        french = _weights(languages.french)
        for place, one in enumerate(clues):
            for word, weight in _weights(one).items():
                shared = place != self._french and weight == _WORD and word in french
                self._words.setdefault(word, []).append((place, _WEAK if shared else weight))
        self._runs = [_any_of(one.runs) for one in clues]
        self._long_runs = [_any_of(run for run in one.runs if len(run.strip("^$")) >= _LONG_RUN) for one in clues]
        self._letters = [(place, frozenset(one.letters)) for place, one in enumerate(clues) if one.letters]
        # Arabic in Latin letters is the one language that writes digits for sounds ("n3ref").
        self._digits = [place for place, one in enumerate(self._latin) if one.code.startswith("ar")]
        self._script_weights = {
            language.code: {_arabic_form(word): 2.0 for word in language.clues.words}
            for group in self._scripts.values()
            for language in group
        }
        self._script_runs = {
            language.code: _any_of(language.clues.runs) for group in self._scripts.values() for language in group
        }

    def find(self, text: str) -> Language | None:
        """The language of a message, or None when it is French or cannot be told."""
        text = text[:_MOST_CHARACTERS]
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)[:_MOST_CHARACTERS]
            script, share = _script(text)
            if share > _LARGE_SHARE or (share > _FAIR_SHARE and not self._speaks_french(text)):
                return self._by_script(text, self._scripts[script])
        return self._by_words(text)

    def _by_script(self, text: str, languages: list[Language]) -> Language | None:
        """The language of a script with the most letters and words of its own; the first one where they tie."""
        words = [_arabic_form(word) for word in _WORD_OF.findall(text.translate(_APOSTROPHES).lower())[:_MOST_WORDS]]
        lower = text.lower()
        points = [
            sum(lower.count(letter) for letter in language.clues.letters)
            + sum(self._script_weights[language.code].get(word, 0.0) for word in words)
            + len(list(filter(self._script_runs[language.code].search, (f"^{word}$" for word in words))))
            for language in languages
        ]
        return languages[max(range(len(points)), key=points.__getitem__)] if points else None

    def _by_words(self, text: str) -> Language | None:
        found = _words(text)
        if not found:
            return None
        points = [0.0] * self._french
        french = [0.0] * self._french  # against each language: what it shares with French speaks for neither
        hits: list[set[str]] = [set() for _ in points]
        sure: set[int] = set()
        worded: set[int] = set()  # languages with a word of their own: letter runs alone are not enough
        for word in found:
            evidence = self._evidence_of(word)
            against = evidence.get(self._french, 0.0)
            for place in range(self._french):
                if place not in evidence:
                    french[place] += against
            for place, weight in evidence.items():
                if place == self._french:
                    continue
                points[place] += weight if weight != _SURE else _WORD  # alone it decides, beside others it weighs alike
                if weight >= _RUN:
                    hits[place].add(word)
                if weight >= _WORD:
                    worded.add(place)
                if weight >= _SURE:
                    sure.add(place)
        if not points:
            return None
        best = max(range(len(points)), key=points.__getitem__)
        if best in sure and french[best] < _WORD and len(found) <= _FEW_WORDS:
            return self._latin[best]
        if best not in worded:
            return None
        if not french[best]:
            least = max(_LEAST_ALONE, _LEAST_SHARE_ALONE * len(found))
            return self._latin[best] if points[best] >= least else None
        least = max(_LEAST_POINTS, _LEAST_SHARE * len(found), _FRENCH_OUTWEIGHS * french[best])
        return self._latin[best] if len(hits[best]) >= _LEAST_HITS and points[best] >= least else None

    def _speaks_french(self, text: str) -> bool:
        """Whether a French word stands in the text, not only names and terms such as "carte vitale"."""
        return any(self._evidence_of(word).get(self._french, 0.0) >= _WORD for word in _words(text))

    def _evidence_of(self, word: str) -> dict[int, float]:
        """What one word says, by language."""
        found: dict[int, float] = {}
        bare = _without_accents(word)
        if _ELISION.match(bare) and bare not in self._words:
            found[self._french] = _WORD
            bare = bare.partition("'")[2]
        known = self._words.get(bare)
        if known:
            for place, weight in known:
                found[place] = found.get(place, 0.0) + weight
        elif bare.isalpha() or "'" in bare or "-" in bare:
            marked = f"^{bare}$"
            for place, runs in enumerate(self._runs):
                if runs.search(marked):
                    found[place] = _WORD if self._long_runs[place].search(marked) else _RUN
        elif _DIGIT_LETTER.search(bare):
            found.update(dict.fromkeys(self._digits, _WORD))
        for place, letters in self._letters:
            if letters.intersection(word):
                found[place] = found.get(place, 0.0) + _LETTER
        if _FRENCH_LETTERS.intersection(word):
            found[self._french] = found.get(self._french, 0.0) + _RUN
        return found


def without_names(text: str, language: Language) -> str:
    """The text with the words after "my name is" masked: for scripts in which a name has no other sign."""
    for opener in language.name_openers:
        pattern = rf"(?<!\w)({re.escape(opener)})\s*:?\s+(?:[^\W\d_]\S*\s*){{1,{_MOST_TRIED}}}"
        text = re.sub(pattern, r"\1 [nom] ", text, flags=re.IGNORECASE)
    return text.strip()


def bare_words(text: str) -> list[str]:
    """Every word in one form, whatever the keyboard: no case, no accents, no apostrophes or hyphens inside."""
    text = text.translate(_APOSTROPHES).replace("İ", "i").lower().translate(_ARABIC_FORMS).translate(_INSIDE)
    return [_without_accents(word) for word in _RUN_OF_LETTERS.findall(text)]


def _weights(clues: Clues) -> dict[str, float]:
    """Points by word; a word that is weak and something else is weak."""
    kinds = ((clues.words, _WORD), (clues.sure, _SURE), (clues.weak, _WEAK))
    return {_without_accents(word.lower()): weight for words, weight in kinds for word in words}


def _any_of(runs: Iterable[str]) -> re.Pattern[str]:
    """One expression for all runs; it never matches when there are none."""
    found = [re.escape(_without_accents(run.lower())) for run in runs]
    return re.compile("|".join(found) or r"(?!)")


def _script(text: str) -> tuple[Script, float]:
    """The most frequent script that is not Latin, and its share of the letters."""
    arabic, cyrillic = len(_ARABIC.findall(text)), len(_CYRILLIC.findall(text))
    script: Script = "arabe" if arabic >= cyrillic else "cyrillique"
    letters = max(arabic, cyrillic)
    return script, letters / (letters + len(_LATIN.findall(text)) or 1)


def _words(text: str) -> list[str]:
    """Words in lower case with their accents, without addresses and lone numbers."""
    text = _ADDRESS.sub(" ", text.translate(_APOSTROPHES)).replace("İ", "i").lower()
    found = _WORD_OF.findall(_REPEATED.sub(r"\1", text))
    return [word[:_LONGEST_WORD] for word in found[:_MOST_WORDS] if not word.isdecimal()]


@lru_cache(maxsize=4096)
def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word.replace("ı", "i").replace("œ", "oe"))
    return "".join(character for character in apart if unicodedata.category(character) != "Mn")


def _arabic_form(word: str) -> str:
    """One form for the letters that Arabic and Persian keyboards write differently."""
    return word.lower().translate(_ARABIC_FORMS)


__all__ = ["Clues", "Language", "LanguageFinder", "Languages", "bare_words", "without_names"]
