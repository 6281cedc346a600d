"""The card that somebody takes home, as a PDF made in a process of its own."""

from bot.services.handouts.service import HandoutError, HandoutService

__all__ = ["HandoutError", "HandoutService"]
