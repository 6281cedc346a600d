"""Tells a message that wants less of something ("je ne veux plus du RSA") from one that wants it.

The topics say how to get things; an answer that says how to get what somebody wants to give up would be the
opposite of what they asked. Such a message is offered a choice, never answered straight away.
"""

from __future__ import annotations

import re

from bot.domain.text import words

_WANTING = r"(?:veu[xt]|voulons|voulez|voudrai[st]?|souhait\w*|desir\w*|ve|veu)"
_NO_MORE = r"(?:plus|pas|jamais|pu|plu|pa)"
_REFUSAL = re.compile(
    rf"\b{_WANTING}\s+(?:surtout\s+|vraiment\s+)?{_NO_MORE}\s+(?:du|de|des|le|la|les|toucher|recevoir|avoir|etre)\b"
    r"|\b(?:renoncer|renonce)\s+(?:a|au|aux)\b"
    r"|\b(?:arreter|stopper|annuler|supprimer)\s+(?:mon|ma|mes|le|la|les|cette|ce)\b"
)


def wants_less(text: str) -> bool:
    """Whether the message says that somebody does not want, or no longer wants, something."""
    return _REFUSAL.search(" ".join(words(text))) is not None
