"""Numbers dictated in words, or half in words and half in digits."""

import re

from bot.domain.privacy.draft import Draft
from bot.domain.privacy.kind import Kind
from bot.domain.privacy.number_words import digits_of, is_number_word

_TOKEN = re.compile(r"\d+|[a-z]+")
_GAP = re.compile(r"[ \-,.\n]{1,3}|")
_SHORTEST = 9
_SHORTEST_AFTER_ZERO = 6
"""Digits after which a dictated run is someone's number; a leading zero says telephone sooner."""


def claim_dictated_numbers(draft: Draft) -> None:
    """Claim runs of number words long enough to be a number of someone."""
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(draft.low):
        if run and not _GAP.fullmatch(draft.low, run[-1].end(), token.start()):
            _claim_run(draft, run)
            run = []
        if token[0].isdigit() or is_number_word(token[0]) or (run and token[0] == "et"):
            run.append(token)
        else:
            _claim_run(draft, run)
            run = []
    _claim_run(draft, run)


def _claim_run(draft: Draft, run: list[re.Match[str]]) -> None:
    while run and run[-1][0] == "et":
        run.pop()
    if not any(is_number_word(token[0]) for token in run):
        return
    digits = digits_of([token[0] for token in run])
    starts_with_zero = digits.startswith("0") and not digits.startswith("00")
    if len(digits) >= (_SHORTEST_AFTER_ZERO if starts_with_zero else _SHORTEST):
        draft.claim(run[0].start(), run[-1].end(), _kind(digits))


def _kind(digits: str) -> Kind:
    if digits.startswith("0") or (len(digits) == 9 and digits[0] in "67") or (len(digits) == 11 and digits[:2] == "33"):
        return Kind.PHONE
    return Kind.SOCIAL_SECURITY if digits[0] in "12" and len(digits) in (13, 15) else Kind.NUMBER
