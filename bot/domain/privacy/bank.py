"""Bank accounts and cards, told from other numbers by their check digits."""

import re

from stdnum import iban, luhn

from bot.domain.privacy.draft import Draft
from bot.domain.privacy.kind import Kind

_HEAD = re.compile(r"(?<![0-9a-z])[a-z]{2} ?\d\d")
_GROUP = re.compile(r"[ .\-]{0,2}[0-9a-z]{1,30}")
_ABOUT_ACCOUNTS = re.compile(r"\b(?:ibans?|rib|ribe|compte|bancaire|virement)\b")
_SHORTEST, _LONGEST = 15, 34
_COUNTRIES = frozenset((
    "ad", "ae", "al", "at", "ba", "be", "bg", "br", "by", "ch", "cy", "cz", "de", "dk", "dz", "ee", "eg", "es", "fi",
    "fr", "gb", "ge", "gr", "hr", "hu", "ie", "il", "is", "it", "jo", "kz", "lb", "li", "lt", "lu", "lv", "ma", "mc",
    "md", "me", "mk", "mt", "mu", "nl", "no", "pk", "pl", "ps", "pt", "qa", "ro", "rs", "sa", "se", "sk", "sn", "tn",
    "tr", "ua", "va", "xk",
))  # fmt: skip
_PARTIAL_DIGITS = 8
_CARD = re.compile(r"(?<!\d)\d(?:[ .\-/_]{0,2}+\d){12,18}(?![ .\-/_]?\d)")
_FOURS = re.compile(r"\d{4}([ .\-/_])\d{4}\1\d{4}\1\d{4}")
_CARD_LENGTHS = (13, 15, 16, 19)


def claim_bank_accounts(draft: Draft) -> None:
    """Claim IBANs, whole or partly typed."""
    for head in _HEAD.finditer(draft.low):
        end = _account_end(draft, head.start()) if head[0][:2] in _COUNTRIES else 0
        if end:
            draft.claim(head.start(), end, Kind.IBAN)


def _account_end(draft: Draft, start: int) -> int:
    """Where the account that starts here ends: the longest valid one, else its digits; 0 when it is none."""
    low = draft.low
    position, valid, typed = start, 0, 0
    while (group := _GROUP.match(low, position)) and position - start < 2 * _LONGEST:
        end = group.end()
        number = re.sub(r"[ .\-]", "", low[start:end])
        if len(number) > _LONGEST:
            break
        if len(number) >= _SHORTEST and iban.is_valid(number):
            valid = end
        if position == start or re.search(r"\d", group[0]):
            typed = end if position in (typed, start) else typed
        position = end
    if valid:
        return valid
    known = low.startswith("fr", start) or _ABOUT_ACCOUNTS.search(draft.before(start, 40))
    digits = sum(char.isdigit() for char in low[start:typed])
    return typed if known and digits >= _PARTIAL_DIGITS else 0


def claim_cards(draft: Draft) -> None:
    """Claim card numbers: a valid check digit, or four groups of four."""
    for match in _CARD.finditer(draft.low):
        digits = re.sub(r"\D", "", match[0])
        if (len(digits) in _CARD_LENGTHS and luhn.is_valid(digits)) or _FOURS.fullmatch(match[0]):
            draft.claim(match.start(), match.end(), Kind.CARD)
