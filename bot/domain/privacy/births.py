"""Dates of birth: a date near a word of birth. Other dates, such as appointments, stay."""

import re

from bot.domain.privacy.draft import Draft
from bot.domain.privacy.kind import Kind
from bot.domain.privacy.number_words import NUMBER_WORD

_MONTH = (
    r"(?:janv(?:ier|\.)?|janvie|janvié|fev(?:rier|\.)?|fevrie|mars|marse?|avr(?:il|\.)?|avrile?|mai|mais"
    r"|juin|juinn?|juil(?:let|\.)?|juillé"
    r"|juilet|aout|out|oute|sept(?:embre|\.)?|setembre|octobre|oct\.?|octobr|nov(?:embre|\.)?|novembr"
    r"|dec(?:embre|\.)?|decembr|desembre)"
)
_YEAR = rf"(?:(?:19|20)?\d\d|(?:{NUMBER_WORD}[ -]?){{2,8}})"
_DATE = (
    r"(?:\d{1,2} ?[/.\- ] ?\d{1,2} ?[/.\- ] ?(?:19|20)?\d\d(?![ .]?\d)|(?:19"
    r"|20)\d\d[/.-]\d\d[/.-]\d\d(?!\d)|\d{8}(?!\d)"
    rf"|(?:\d{{1,2}}|1er|(?:{NUMBER_WORD}[ -]?){{1,3}}) ?{_MONTH}\b(?: {_YEAR}\b)?|{_MONTH} (?:19|20)\d\d)"
)
_WORD = (
    r"(?<![a-z'])(?:nee?s?|nait|naissances?|naisance|naissanse|nessance|anniv(?:ersaire)?|anniverssaire|ddn)(?![a-z'])"
)
_TIGHT = re.compile(rf"{_WORD} ?[:=]? ?(?:e |est |c'est |ce |c )?(?:(?:le|l|en|au|du|the) )?(?P<date>{_DATE})")
_LOOSE = re.compile(rf"{_WORD}(?P<gap>[^0-9\n.!?\x01]{{1,40}}?)(?P<date>{_DATE})")
_EXPECTED = re.compile(r"prevu|terme|conge|prime|prochain|avant|depuis|adopt|regle")


def claim_births(draft: Draft) -> None:
    """Claim dates right after a word of birth, or further on when the word cannot be the negation "ne"."""
    for match in _TIGHT.finditer(draft.low):
        draft.claim(*match.span("date"), Kind.BIRTH)
    for match in _LOOSE.finditer(draft.low):
        negation = match[0].startswith("ne ") and not draft.written(match.start(), match.start() + 2).endswith("é")
        if not negation and not _EXPECTED.search(match["gap"]):
            draft.claim(*match.span("date"), Kind.BIRTH)
