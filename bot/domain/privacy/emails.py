"""E-mail addresses, typed or dictated ("marie arobase exemple point fr"), and account handles."""

import re

from bot.domain.privacy.draft import Draft
from bot.domain.privacy.kind import Kind
from bot.domain.privacy.lexicon import LEXICON
from bot.domain.privacy.number_words import is_number_word

_SIGN = re.compile(r" ?@ ?|\s*(?:\barr?ob+a[a-z]{0,3}\b|\ba commercial\b|[(\[]at[)\]])\s*")
_LOCAL_CHARS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._%+-")
_LINK_WORD = re.compile(
    r"(?: ?[.\-_]| (?:point|poin|pwin|tiret(?: du (?:bas|haut|six|6|huit|8))?|underscore|anderscore"
    r"|moins))$"
)
_DOMAIN = re.compile(
    r"[a-z0-9][a-z0-9-]{0,62}(?:(?: ?(?:\.|\bpoint\b|\bpoin\b) ?| (?:tiret) )[a-z0-9][a-z0-9-]{0,62}){0,4}"
)
_LAST_WORD = re.compile(r"[a-z0-9%+_.-]{1,64}$")
_FORGOTTEN_SIGN = re.compile(
    r"(?<![a-z0-9._-])[a-z]{1,30}[._0-9-][a-z0-9._-]{0,40} (?:gmail|orange|hotmail|yahoo|outlook|wanadoo"
    r"|free|sfr|laposte"
    r"|icloud|live)(?:\.| point )(?:com|fr|net)\b"
)
_HANDLE = re.compile(r"(?<![a-z0-9@.])@[a-z][a-z0-9_.]{2,40}")
_SPOKEN_WORDS = 6


def claim_emails(draft: Draft) -> None:
    """Claim addresses around each "@" or its spoken name, then handles."""
    for sign in _SIGN.finditer(draft.low):
        spoken = "@" not in sign[0]
        domain = _DOMAIN.match(draft.low, sign.end())
        if domain is None:
            continue
        start = _local_start(draft.low, sign.start(), spoken=spoken)
        dotted = "." in domain[0] or " poin" in domain[0]
        if start < sign.start() and (dotted or sign[0] == "@" or spoken):
            draft.claim(start, domain.end(), Kind.EMAIL)
    for match in _FORGOTTEN_SIGN.finditer(draft.low):
        draft.claim(match.start(), match.end(), Kind.EMAIL)
    for match in _HANDLE.finditer(draft.low):
        draft.claim(match.start(), match.end(), Kind.NAME)


def _local_start(low: str, end: int, *, spoken: bool) -> int:
    """Where the part before the sign begins: one word typed, several linked words spoken."""
    start = end
    while start and low[start - 1] in _LOCAL_CHARS:
        start -= 1
    if not spoken:
        return start
    for _ in range(_SPOKEN_WORDS):
        window = low[max(0, start - 90) : start]
        trimmed = window.rstrip(" ")
        link = _LINK_WORD.search(trimmed)
        head = trimmed[: link.start()] if link else trimmed
        word = _LAST_WORD.search(head.rstrip(" ") if link else head)
        if word is None or "\n" in window[word.start() :]:
            break
        current = low[start:end].split(" ", 1)[0]
        belongs = word[0].isdigit() or is_number_word(word[0]) or LEXICON.is_given_name(word[0])
        if not (
            link or (belongs and (len(word[0]) > 1 or word[0].isdigit())) or (len(word[0]) == 1 and len(current) == 1)
        ):
            break
        start -= len(window) - word.start()
    return start
