"""Has cards printed by a child process: fonts and drawing never weigh on the running assistant.

The last cards are kept in memory by what stands on them: a workshop of ten people prints once.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import sys
from collections import OrderedDict
from contextlib import suppress

from bot.domain.handout import Handout
from bot.errors import AccesDroitsError

COMMAND = (sys.executable, "-m", "bot.services.handouts.printing")
AT_ONCE = 2  # on a small machine a third one would only slow the others and the answers down
PATIENCE_SECONDS = 12.0  # a card takes about a second; this is for a machine that does other things
_KEPT_BYTES = 3_000_000
_log = logging.getLogger(__name__)


class HandoutError(AccesDroitsError):
    """A card could not be printed."""


class HandoutService:
    """Cards as PDF files, two at once at most, the last ones kept."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def pdf(self, handout: Handout) -> bytes:
        """The card; raises HandoutError when the child fails or takes too long."""
        text = handout.as_json()
        name = hashlib.sha256(text.encode()).hexdigest()
        try:
            async with asyncio.timeout(2 * PATIENCE_SECONDS), self._slots:
                if name not in self._kept:  # else: printed, perhaps while we waited
                    self._keep(name, await self._print(text))
        except TimeoutError as error:
            raise HandoutError("trop de fiches à la fois") from error
        self._kept.move_to_end(name)
        return self._kept[name]

    async def _print(self, text: str) -> bytes:
        child = await asyncio.create_subprocess_exec(
            *COMMAND,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                made, said = await child.communicate(text.encode())
        except TimeoutError as error:
            _log.error("a card took too long")
            raise HandoutError("la fiche a pris trop de temps") from error
        finally:
            if child.returncode is None:
                with suppress(ProcessLookupError):
                    child.kill()
                await child.wait()
        if child.returncode != 0 or not made.startswith(b"%PDF-"):
            _log.error("a card could not be printed: %s", (said.decode(errors="replace").splitlines() or ["?"])[-1])
            raise HandoutError("la fiche n'a pas pu être faite")
        return made

    def _keep(self, name: str, pdf: bytes) -> None:
        self._kept[name] = pdf
        while len(self._kept) > 1 and sum(map(len, self._kept.values())) > _KEPT_BYTES:
            self._kept.popitem(last=False)
