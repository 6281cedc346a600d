"""Numbers that administrations give people: told by their shape and check digits, or by the words before."""

import re

from stdnum.fr import nif

from bot.domain.privacy.draft import Draft
from bot.domain.privacy.kind import Kind

_S = r"[ .\-/_]{0,2}+"
_NIR = re.compile(
    rf"(?<![0-9a-z])[123478]{_S}\d{_S}\d{_S}(?P<month>\d{_S}\d){_S}(?:\d{_S}\d"
    rf"|2{_S}[ab])(?:{_S}\d){{6}}(?:{_S}\d{_S}\d)?(?!{_S}\d)"
)
_THIRTEEN = re.compile(rf"(?<!\d)\d(?:{_S}\d){{12}}(?!{_S}\d)")
_CLUSTER = re.compile(rf"(?<![0-9a-z])\d(?:{_S}\d){{4,22}}(?!\*)(?:[a-z](?![a-z0-9]))?")
_PASSPORT = re.compile(r"(?<![0-9a-z])\d\d[a-z]{2}\d{5}(?![0-9a-z])")
_DATE = re.compile(r"\d{1,2}[/.\- ]\d{1,2}[/.\- ](?:19|20)?\d\d|(?:19|20)\d\d[/\- ](?:(?:19|20)\d\d|\d\d-\d\d)")
_MONEY = re.compile(r" ?(?:€|euro|e\b|balle|km\b|m2)")
_WINDOW = 42

_WORDS = re.compile(
    r"(?P<tax>fiscal|fiskal|impot|\bspi\b)"
    r"|(?P<social>\bsecu\b|securite social|sekurite|\bnir\b|\bnss\b|carte vitale)"
    r"|(?P<foreigner>d'etranger|numero etranger|agdref|sejour|recepisse|\banef\b|prefecture|asile)"
    r"|(?P<benefit>allocat|aloc+at|alokat|\bcaf\b|\bmsa\b|matricule)"
    r"|(?P<number>identifiant|france travail|pole emploi|poleemploi|\bdossier|referenc|\bref\b|\bmdph\b"
    r"|contrat|adherent"
    r"|client|passeport|identite|\bine\b|beneficiaire|permis)"
    r"|(?P<phone>\btels?\b|\btelephones?\b|telefon|portable|\bnum\b|whatsapp)"
    r"|(?P<none>cerfa|serfa|formulaire|postal|appel|joindre|\bfixe|loyer)"
)
_KINDS = {
    "tax": (Kind.TAX, range(9, 15)),
    "social": (Kind.SOCIAL_SECURITY, range(5, 16)),
    "foreigner": (Kind.FOREIGNER, range(9, 12)),
    "benefit": (Kind.BENEFIT, range(6, 9)),
    "phone": (Kind.PHONE, range(6, 9)),
    "number": (Kind.NUMBER, range(6, 23)),
}
"""For each word, the kind it announces and how many digits such a number has."""


def claim_identifiers(draft: Draft) -> None:
    """Claim social security and tax numbers by shape, then every number announced by a word."""
    for match in _NIR.finditer(draft.low):
        month = int(re.sub(r"\D", "", match["month"]))
        thirteen = len(re.sub(_SEPARATORS, "", match[0])) == 13
        if (month in _MONTHS or month >= 50) and not (thirteen and _announced(draft, match.start()) == "tax"):
            draft.claim(match.start(), match.end(), Kind.SOCIAL_SECURITY)
    for match in _THIRTEEN.finditer(draft.low):
        digits = re.sub(r"\D", "", match[0])
        if _announced(draft, match.start()) == "tax" or nif.is_valid(digits):
            draft.claim(match.start(), match.end(), Kind.TAX)
    for match in _CLUSTER.finditer(draft.low):
        _claim_announced(draft, match)
    for match in _PASSPORT.finditer(draft.low):
        draft.claim(match.start(), match.end(), Kind.NUMBER)


_SEPARATORS = r"[^0-9a-z]"
_MONTHS = frozenset((*range(1, 13), *range(20, 43)))
"""Months of birth, and the codes that stand for an unknown one."""


def _announced(draft: Draft, position: int) -> str:
    """The group of the nearest word before a number that says what it is, or nothing."""
    nearest = ""
    for word in _WORDS.finditer(draft.before(position, _WINDOW)):
        nearest = word.lastgroup or ""
    return nearest


def _claim_announced(draft: Draft, match: re.Match[str]) -> None:
    """Claim a number of the length that the word before it announces."""
    digits = sum(char.isdigit() for char in match[0])
    kind, lengths = _KINDS.get(_announced(draft, match.start()), (Kind.NUMBER, range(0)))
    phone = re.match(r"0[ .\-/]?[1-9]", match[0]) and digits == 10
    if phone or digits not in lengths or _DATE.fullmatch(match[0]) or _MONEY.match(draft.low, match.end()):
        return
    end = match.end()
    if re.match(r" [B-Z](?![A-Za-z'])", draft.plain[end : end + 3]):
        end += 2
    draft.claim(match.start(), end, kind)
