"""Number plates, of the present system and the old one."""

import re

from bot.domain.privacy.draft import Draft
from bot.domain.privacy.kind import Kind

_NEW = re.compile(r"(?<![0-9a-z])([a-hj-np-tv-z]{2})([ .-]?)\d{3}([ .-]?)([a-hj-np-tv-z]{2})(?![0-9a-z])")
_OLD = re.compile(r"(?<![0-9a-z])\d{1,4}[ -]?([a-hj-np-tv-z]{2,3})[ -]?(?:\d\d|2[ab])(?![0-9a-z])")
_ABOUT_CARS = re.compile(
    r"plaque|plak|immatric|imatric|voiture|vehicule|scooter|moto|bagnole|caisse|fourriere|camion|caravane"
    r"|carte grise"
)
_SHORT_WORDS = frozenset((
    "le", "la", "ne", "de", "ce", "me", "se", "te", "ma", "sa", "ta", "et", "en", "es", "je", "as",
    "ca", "va", "fr", "na", "st", "an",
))  # fmt: skip
_SHORT_NOT_PLATES = frozenset((
    "rue", "eur", "ans", "des", "les", "bis", "ter", "ave", "cdd", "cdi", "caf", "apl", "rsa", "aah",
    "ass", "css", "etp", "ttc", "kms", "mn", "mai",
))  # fmt: skip
_WINDOW = 40


def claim_plates(draft: Draft) -> None:
    """Claim plates; in lower case with spaces, or of the old shape, only near a word about cars."""
    for match in _NEW.finditer(draft.low):
        first, left, right, second = match.groups()
        firm = (left == right and left in ("", "-")) or _ABOUT_CARS.search(draft.before(match.start(), _WINDOW))
        typed = draft.plain[match.start() : match.end()]
        if firm or (typed.isupper() and not {first, second} & _SHORT_WORDS):
            draft.claim(match.start(), match.end(), Kind.PLATE)
    for match in _OLD.finditer(draft.low):
        near = _ABOUT_CARS.search(draft.before(match.start(), _WINDOW))
        if match[1] not in _SHORT_NOT_PLATES and (near or draft.plain[match.start() : match.end()].isupper()):
            draft.claim(match.start(), match.end(), Kind.PLATE)
