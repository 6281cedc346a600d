"""The composition root: builds the telegram Application around the services, and runs it."""

from bot.app.application import Assembly, assemble

__all__ = ["Assembly", "assemble"]
