"""What may go wrong with a voice; the conversation says it in the words of textes.yaml."""

from __future__ import annotations

from bot.errors import AccesDroitsError


class SpeechError(AccesDroitsError):
    """A text could not be made into sound."""


class TranscriptionError(AccesDroitsError):
    """A voice message could not be made into text."""


class HeardNothingError(TranscriptionError):
    """The program heard no word."""


class VoiceBusyError(AccesDroitsError):
    """Too many people wait for a voice already."""
