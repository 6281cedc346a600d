"""Speech out and in: programs of the machine, each in a bounded child, and nothing of what residents say is kept."""

from bot.services.voice.errors import HeardNothingError, SpeechError, TranscriptionError, VoiceBusyError
from bot.services.voice.recent import RecentVoices
from bot.services.voice.speech import Speech, open_speech
from bot.services.voice.transcription import Transcription, open_transcription

__all__ = [
    "HeardNothingError",
    "RecentVoices",
    "Speech",
    "SpeechError",
    "Transcription",
    "TranscriptionError",
    "VoiceBusyError",
    "open_speech",
    "open_transcription",
]
