"""The composition root: builds the telegram Application around the services, and runs it."""

import os

# python-telegram-bot's durations as timedelta, which its next major version makes the only way.
os.environ.setdefault("PTB_TIMEDELTA", "1")

from bot.app.application import Assembly, assemble

__all__ = ["Assembly", "assemble"]
