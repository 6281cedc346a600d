"""Messages that are a keyword and nothing else ("rsa", "c'est quoi l'apl"), and acronyms that someone asks about.

Statistics say little of one word; an editor who wrote it as a keyword of one topic says all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

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

    def __init__(self, topics: Iterable[Topic], acronyms: Mapping[str, str]) -> None:
        found: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        for topic in topics:
            for keyword in (*topic.keywords, topic.button, topic.title):
                key = _content(keyword)
                if key:
                    found[key][topic.id] = None
        self._topics = {key: tuple(ids) for key, ids in found.items()}
        self._acronyms = {fold(acronym): text for acronym, text in acronyms.items()}

    def topics(self, text: str) -> tuple[str, ...]:
        """The topics that hold the whole message as a keyword; () when none does, or too many."""
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


def _content(text: str) -> tuple[str, ...]:
    said = [strip_accents(word) for word in tokens(text)]
    # Only plurals are let go: stems would make "en finir avec la vie" the same as "fin de vie".
    return tuple(_singular(word) for word in said if word not in STOP_WORDS and word not in _AROUND)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
