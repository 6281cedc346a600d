"""Logging without a message's text, a name or the token in it."""

from __future__ import annotations

import logging
import re
import sys

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
# These write URLs (with the token), every request, or what goes into the database.
_NOISY = ("httpx", "httpcore", "apscheduler", "tornado.access", "watchfiles", "hpack", "asyncio", "aiosqlite")


class TokenFilter(logging.Formatter):
    """Masks anything that looks like a Telegram token, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("[jeton]", super().format(record))


def configure(level: str) -> None:
    """Log to standard error at `level`; libraries only speak when something is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(TokenFilter(_FORMAT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.WARNING)
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)  # quotes half-received answers, texts included
