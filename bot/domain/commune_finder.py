"""Finds a commune however people write it: with typos, "st" for "saint", as heard, by postal code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.domain.communes import Commune
from bot.domain.phonetics import sound_string
from bot.domain.text import clean, fold

# On rapidfuzz's 0–1 Indel likeness of the names without spaces. Ordinary words come as near as 0.80 ("bourreau" to
# Bourrou, "courses" to Coursac); of the short ones among 1,055 measured messages, none reaches CERTAIN.
CERTAIN = 0.84
POSSIBLE = 0.72
_CLEAR_LEAD = 0.04
_EXACT, _SAME_WORDS, _SAME_SOUND, _BEGINNING = 1.0, 0.98, 0.95, 0.9
_ARTICLE_MISSING = 0.8  # "change" or "douze" alone: offered, never taken for Le Change or La Douze
_SHORTEST_FUZZY = 5  # "atur" and "avoir" are two letters apart: short names are never mended
_MAX_WORDS = 12
_MAX_CHARACTERS = 120
_SAINTS = {"st": "saint", "ste": "sainte", "snt": "saint", "sain": "saint", "saints": "saint"}
_SMALL_WORDS = frozenset(["de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "sur", "sous"])
_WORD = re.compile(r"[a-z0-9]+")
_POSTAL_CODE = re.compile(r"(?<!\d)(\d{2}) ?(\d{3})(?!\d)")
# Words around a commune when one says where one is: "je suis à …", "mairie de …".
_AROUND = frozenset(
    [
        "a",
        "au",
        "aux",
        "bonjour",
        "bonsoir",
        "commune",
        "dans",
        "de",
        "du",
        "habite",
        "habitons",
        "habitant",
        "j",
        "je",
        "moi",
        "nous",
        "on",
        "pres",
        "region",
        "secteur",
        "suis",
        "sommes",
        "ici",
        "ville",
        "village",
        "vers",
        "cote",
        "coin",
        "c",
        "est",
        "ce",
        "s",
        "il",
        "vous",
        "plait",
        "svp",
        "merci",
        "lieu",
        "lieux",
        "aide",
        "code",
        "postal",
    ]
)


@dataclass(frozen=True, slots=True)
class CommuneMatch:
    """A commune that a text may mean; `score` in ]0, 1], 1 for its exact name."""

    commune: Commune
    score: float


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    key: tuple[str, ...]
    letters: str
    sound: str
    commune: Commune


class CommuneFinder:
    """Finds communes in what people type; reads nothing but the communes it was given."""

    def __init__(self, communes: Iterable[Commune]) -> None:
        self._communes = tuple(communes)
        self._forms = tuple(_form(text, commune) for commune in self._communes for text in commune.forms)
        self._by_code: dict[str, list[Commune]] = {}
        for commune in self._communes:
            for code in dict.fromkeys((*commune.postal_codes, *(former.postal_code for former in commune.former))):
                self._by_code.setdefault(code, []).append(commune)

    def find(self, text: str) -> tuple[CommuneMatch, ...]:
        """The communes that a text may mean, best first; none when no name is near enough."""
        text = text[:_MAX_CHARACTERS]
        by_name = self._by_name(text)
        code = _POSTAL_CODE.search(clean(text))
        if not code:
            return by_name
        same_code = self._by_code.get(code.group(1) + code.group(2), [])
        named = tuple(match for match in by_name if match.commune in same_code)
        return named or tuple(CommuneMatch(commune, _SAME_WORDS) for commune in same_code) or by_name

    def certain(self, text: str) -> Commune | None:
        """The one commune that a text means, or None when it could be another or something else."""
        found = self.find(text)
        if not found or found[0].score < CERTAIN:
            return None
        if len(found) > 1 and found[0].score - found[1].score < _CLEAR_LEAD:
            return None
        return found[0].commune

    def named(self, text: str) -> Commune | None:
        """The commune of an exact name or INSEE code, as data files give them."""
        return next((one for one in self._communes if text in (one.name, one.insee)), None)

    def _by_name(self, text: str) -> tuple[CommuneMatch, ...]:
        words = name_words(_POSTAL_CODE.sub(" ", fold(text)))
        if not words or len(words) > _MAX_WORDS:
            return ()
        best: dict[str, CommuneMatch] = {}
        bare = _without_surroundings(words)
        for asked in dict.fromkeys((words, bare, _without_article(bare))):
            if not asked:
                continue
            query = _Query.of(asked)
            for form in self._forms:
                score = query.likeness(form)
                known = best.get(form.commune.insee)
                if score >= POSSIBLE and (known is None or score > known.score):
                    best[form.commune.insee] = CommuneMatch(form.commune, score)
        return tuple(sorted(best.values(), key=lambda match: (-match.score, match.commune.name)))


@dataclass(frozen=True, slots=True)
class _Query:
    words: tuple[str, ...]
    key: tuple[str, ...]
    letters: str
    sound: str

    @classmethod
    def of(cls, words: tuple[str, ...]) -> _Query:
        key = tuple(word for word in words if word not in _SMALL_WORDS)
        return cls(words, key, "".join(words), sound_string(list(words)))

    def likeness(self, form: _Form) -> float:
        if self.letters == form.letters:
            return _EXACT
        if self.key and self.key == form.key:
            return _SAME_WORDS if len(self.key) > 1 else _ARTICLE_MISSING
        if len(form.letters) < _SHORTEST_FUZZY or len(self.letters) < _SHORTEST_FUZZY:
            return 0.0
        if len(self.sound) >= 4 and self.sound == form.sound:
            return _SAME_SOUND
        if self._begins(form):
            return _BEGINNING
        return fuzz.ratio(self.letters, form.letters, score_cutoff=POSSIBLE * 100) / 100

    def _begins(self, form: _Form) -> bool:
        """The first words of a longer name: "saint laurent" for both communes of that name."""
        count = len(self.key)
        if not count or count >= len(form.key) or form.key[:count] != self.key:
            return False
        return count > 1 or (len(self.key[0]) >= _SHORTEST_FUZZY and self.key[0] not in ("saint", "sainte"))


def name_words(folded: str) -> tuple[str, ...]:
    """The words of folded text as names of communes are compared, "st" being "saint"."""
    words = _WORD.findall(folded.replace("'", " "))
    return tuple(_SAINTS.get(word, word) if place < len(words) - 1 else word for place, word in enumerate(words))


def _without_surroundings(words: tuple[str, ...]) -> tuple[str, ...]:
    start, end = 0, len(words)
    while start < end and words[start] in _AROUND:
        start += 1
    while end > start and words[end - 1] in _AROUND:
        end -= 1
    return words[start:end]


def _without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] in ("la", "le", "les", "l") else words


def _form(text: str, commune: Commune) -> _Form:
    query = _Query.of(name_words(fold(text)))
    return _Form(query.words, query.key, query.letters, query.sound, commune)
