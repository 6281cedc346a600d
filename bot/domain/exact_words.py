"""Messages that are one phrase of a topic, or a keyword and nothing else ("rsa"), and acronyms that someone asks about.

Statistics say little of one word; an editor who wrote it as a keyword of one topic says all. So does whoever wrote or
attached the very phrase: what staff teach is answered the next minute.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping

from bot.domain.models import Topic
from bot.domain.text import STOP_WORDS, fold, strip_accents, tokens, words

# Words around a keyword that add nothing: asking, wanting, polite words.
_AROUND = frozenset(
    "aide aider avoir besoin comment concernant cherche demande demander demarche dossier explique expliquez faire "
    "info infos information informations ou question quand quel quelle quoi qui renseignement renseignements savoir "
    "sujet pour svp merci bonjour est ce que signifie definition".split()
)
_ASKING = ("quoi", "veut dire", "veux dire", "veu dire", "signifie", "definition", "que est ce que")
MAX_TOPICS = 3


class ExactWords:
    """Built once from the topics' keywords and titles, and from the acronyms."""

    def __init__(self, topics: Collection[Topic], acronyms: Mapping[str, str]) -> None:
        found: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        for topic in topics:
            for keyword in (*topic.keywords, topic.button, topic.title):
                key = _content(keyword)
                if key:
                    found[key][topic.id] = None
        self._topics = {key: tuple(ids) for key, ids in found.items()}
        self._phrases: dict[int, str] = {}
        for topic in topics:
            for phrase in topic.phrases:
                key_of = _whole(phrase)
                self._phrases[key_of] = "" if self._phrases.get(key_of, topic.id) != topic.id else topic.id
        self._acronyms = {fold(acronym): text for acronym, text in acronyms.items()}

    def topics(self, text: str) -> tuple[str, ...]:
        """The topics that hold the whole message as a phrase or a keyword; () when none does, or too many."""
        phrase = self._phrases.get(_whole(text))
        if phrase:
            return (phrase,)
        found = self._topics.get(_content(text), ())
        return found if len(found) <= MAX_TOPICS else ()

    def definition(self, text: str) -> str | None:
        """The meaning of an acronym that the message asks about ("c'est quoi le RSA")."""
        said = words(text)
        if len(said) > 1 and not any(f" {cue} " in f" {' '.join(said)} " for cue in _ASKING):
            return None
        for word in said:
            meaning = self._acronyms.get(word)
            if meaning:
                return meaning
        return None


def _whole(text: str) -> int:
    """What two writings of one phrase have in common, as a number: thousands of phrases take little memory."""
    said = " ".join(strip_accents(word) for word in tokens(text))
    return int.from_bytes(hashlib.blake2b(said.encode(), digest_size=8).digest()) if said else 0


def _content(text: str) -> tuple[str, ...]:
    said = [strip_accents(word) for word in tokens(text)]
    # Only plurals are let go: stems would make "en finir avec la vie" the same as "fin de vie".
    return tuple(_singular(word) for word in said if word not in STOP_WORDS and word not in _AROUND)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
