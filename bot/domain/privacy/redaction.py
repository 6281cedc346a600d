"""The redaction itself: detectors in order of certainty, until nothing is left to mask."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.privacy.addresses import claim_addresses
from bot.domain.privacy.bank import claim_bank_accounts, claim_cards
from bot.domain.privacy.births import claim_births
from bot.domain.privacy.dictation import claim_dictated_numbers
from bot.domain.privacy.digit_runs import claim_digit_runs
from bot.domain.privacy.draft import Draft
from bot.domain.privacy.emails import claim_emails
from bot.domain.privacy.identifiers import claim_identifiers
from bot.domain.privacy.links import claim_links
from bot.domain.privacy.names import claim_names
from bot.domain.privacy.phones import claim_phones
from bot.domain.privacy.plates import claim_plates
from bot.domain.privacy.signatures import claim_signatures

DETECTORS: tuple[Callable[[Draft], None], ...] = (
    claim_links,
    claim_emails,
    claim_bank_accounts,
    claim_identifiers,
    claim_cards,
    claim_births,
    claim_phones,
    claim_dictated_numbers,
    claim_plates,
    claim_addresses,
    claim_signatures,
    claim_names,
    claim_digit_runs,
)
"""The certain before the likely; the sweep of digits last, for whatever none of them knew."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """A message without its personal data, and the kinds found, in order of first appearance."""

    text: str
    kinds: tuple[str, ...] = ()


def redact(text: str) -> Redacted:
    """Mask personal data; the rest stays as written. Redacting twice changes nothing more.

    Each round masks at least one character outside placeholders or ends the loop: it always ends, and
    what it returns holds nothing that a round would mask.
    """
    kinds: dict[str, None] = {}
    while True:
        draft = Draft(text)
        for detect in DETECTORS:
            detect(draft)
        spans = draft.spans()
        if not spans:
            return Redacted(text, tuple(kinds))
        pieces: list[str] = []
        position = 0
        for start, end, kind in spans:
            pieces += (text[position:start], kind.placeholder)
            kinds[kind.value] = None
            position = end
        text = "".join(pieces) + text[position:]
