"""Signatures: the names after a closing formula, at the end of a message."""

import re

from bot.domain.privacy.draft import Draft
from bot.domain.privacy.kind import Kind
from bot.domain.privacy.lexicon import LEXICON
from bot.domain.privacy.words import Word, Words

_CLOSING = re.compile(
    r"\b(?:cordiale?ments?|cdlt|cdt|bien a (?:vous|toi)|salutations|respectueusement|merci|mersi|a vous"
    r"|d'avance|par avance|merci beaucoup|votre (?:reponse|aide|retour|comprehension)|bonne (?:journee"
    r"|soiree)|a bientot"
    r"|bisous?|bises?|amicalement|sincerement"
    r"|distinguees)[ ,.!\n-]{1,6}(?P<name>[^\n\x01]{1,60}?)[ .!]*(?:\n|\x01|$)"
)
_MOST_WORDS = 4


def claim_signatures(draft: Draft) -> None:
    """Claim what ends a message after a closing formula when every word of it may be a name."""
    for match in _CLOSING.finditer(draft.low):
        start, end = match.span("name")
        words = Words(draft.plain[start:end]).all
        if words and len(words) <= _MOST_WORDS and all(map(_may_sign, words)) and any(_names(word) for word in words):
            draft.claim(start + words[0].start, start + words[-1].end, Kind.NAME)


def _may_sign(word: Word) -> bool:
    return word.initial or len(word.low) == 1 or _names(word) or (word.unknown and not word.capital)


def _names(word: Word) -> bool:
    return (
        word.given
        or (word.likely_surname and not word.initial and not LEXICON.is_ordinary(word.low))
        or (word.capital and word.low in LEXICON.ambiguous_names)
    )
