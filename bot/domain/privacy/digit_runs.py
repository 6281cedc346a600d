"""The last sweep, and the promise: no run of nine digits or more is ever stored, however it is spaced."""

import re

from bot.domain.privacy.draft import Draft
from bot.domain.privacy.kind import Kind

_RUN = re.compile(r"\d(?:(?:[^\w\x01€$£%°?!;,]|_|,(?!\s))*+\d){8,}+")
"""Signs of money or of a list end a run ("15, 17, 18", "250 € 300 €"); every other sign is a separator."""
_DATE_FIRST = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\s+(?=\d)")


def claim_digit_runs(draft: Draft) -> None:
    """Claim every run of nine digits or more; a date at its head stays readable."""
    for match in _RUN.finditer(draft.low):
        date = _DATE_FIRST.match(match[0])
        start = match.start() + (date.end() if date else 0)
        digits = re.sub(r"\D", "", draft.low[start : match.end()])
        phone = len(digits) == 9 and digits[0] in "67" and "/" not in match[0]
        draft.claim(start, match.end(), Kind.PHONE if phone else Kind.NUMBER)
