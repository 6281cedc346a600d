"""Tells systemd that the assistant is ready, alive, or ending: one datagram each, as sd_notify(3) says."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import Mapping

_MICROSECONDS = 1_000_000


class ServiceManager:
    """Nothing at all where the process was not started by systemd."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")
        every, process = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", "")
        ours = not process or process == str(os.getpid())
        self._pause = int(every) / _MICROSECONDS / 2 if every.isdigit() and ours else 0.0

    def tell(self, *lines: str) -> None:
        """Send a state; a manager that does not listen is no reason to stop."""
        if not self._address:
            return
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
            channel.setblocking(False)
            channel.sendto("\n".join(lines).encode(), address)

    async def keep_alive(self, stop: asyncio.Event) -> None:
        """Say so twice in each period until `stop`: a loop that hangs says nothing, and systemd starts it anew."""
        while self._pause and not stop.is_set():
            self.tell("WATCHDOG=1")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._pause):
                    await stop.wait()
