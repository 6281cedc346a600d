"""The methods of the Bot API that the sandbox knows, found by name whatever its capitals."""

from bot.sandbox.methods import answers, changes, information, media, profile_texts, sending
from bot.sandbox.methods.registry import Method, Registry

__all__ = ["METHODS", "Method"]

METHODS = Registry(
    sending.METHODS,
    media.METHODS,
    changes.METHODS,
    answers.METHODS,
    profile_texts.METHODS,
    information.METHODS,
)
