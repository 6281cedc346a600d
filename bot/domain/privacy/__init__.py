"""Redaction of personal data: what leaves here may be stored and shown to staff.

`redact` is the only door. Detectors, one kind of data a file, propose spans on a folded view of the
message; whatever they miss, a last sweep masks every run of nine digits or more.
"""

from bot.domain.privacy.kind import Kind
from bot.domain.privacy.redaction import Redacted, redact

__all__ = ["Kind", "Redacted", "redact"]
