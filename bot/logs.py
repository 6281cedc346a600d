"""Logging without a message's text, a name or the token in it."""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_LONG_NUMBER = re.compile(r"\d{9,}")
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
# These write URLs (with the token), every request, or what goes into the database.
_NOISY = ("httpx", "httpcore", "apscheduler", "tornado.access", "watchfiles", "hpack", "asyncio", "aiosqlite")


class TokenFilter(logging.Formatter):
    """Masks anything that looks like a Telegram token or an id, tracebacks included.

    Of an exception, its kind and where it came from are written; its words may quote a message.
    """

    def format(self, record: logging.LogRecord) -> str:
        return _masked(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 (logging's own name)
        """Frames and kinds of an exception and of those behind it."""
        error: BaseException | None = ei[1]
        written: list[str] = []
        seen: set[int] = set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            lines = traceback.format_list(traceback.extract_tb(error.__traceback__))
            written.append("".join([*lines, type(error).__name__]))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n-- because of --\n".join(written)


class JsonLines(TokenFilter):
    """One JSON object a line, for programs that read logs; masked as the text is."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
                "level": record.levelname, "logger": record.name, "message": _masked(record.getMessage())}  # fmt: skip
        if record.exc_info:
            line["error"] = _masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def _masked(text: str) -> str:
    return _LONG_NUMBER.sub("[nombre]", _TOKEN.sub("[jeton]", text))


def configure(level: str, *, as_json: bool = False) -> None:
    """Log to standard error at `level`; libraries only speak when something is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if as_json else TokenFilter(_FORMAT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.WARNING)
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)  # quotes half-received answers, texts included
