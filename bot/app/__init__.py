"""The composition root: builds the telegram Application around the services, and runs it."""

import os
import sys
from importlib.util import find_spec

# python-telegram-bot's durations as timedelta, which its next major version makes the only way.
os.environ.setdefault("PTB_TIMEDELTA", "1")

# httpx reads its own command line in wherever click is installed (as on a developer's machine): 5 MB for nothing. None
# stands for a module that is not there; httpx knows how to do without this one.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
# httpcore looks for sniffio several times in each call; what is not there is looked for on the disk every time.
if find_spec("sniffio") is None:
    sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]

from bot.app.application import Assembly, assemble  # noqa: E402 (after the line that spares memory)

__all__ = ["Assembly", "assemble"]
