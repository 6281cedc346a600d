"""Telephone numbers in digits, however they are spaced."""

import re

from bot.domain.privacy.draft import Draft
from bot.domain.privacy.kind import Kind

_S = r"[ .\-/_,:()\n]{0,3}+"
_PHONE = re.compile(
    rf"(?:\+|(?<!\d)00){_S}[1-9](?:{_S}\d){{7,14}}(?!\d)"
    rf"|(?:(?<!\d)0|(?<![0-9a-z])o){_S}[1-9](?:{_S}\d){{8}}(?!\d)"
    rf"|(?<!\d)(?:33|32|34|39|44|49|90|212|213|216|221|223|224|225|237|243|351|355|373|380"
    rf"|995){_S}[1-9](?:{_S}\d){{8}}(?!\d)"
    r"|(?<!\d)0[67]([ .\-])\d\d\1\d\d\1\d\d(?!\d)"
)
"""With a country code; French, also with the letter O for a zero; a code without its plus; two digits short."""


def claim_phones(draft: Draft) -> None:
    """Claim telephone numbers."""
    for match in _PHONE.finditer(draft.low):
        draft.claim(match.start(), match.end(), Kind.PHONE)
