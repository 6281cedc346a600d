"""What systemd hears."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

from bot.app.service_manager import ServiceManager


def listening(path: Path) -> socket.socket:
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    channel.bind(str(path))
    channel.settimeout(5)
    return channel


def test_states_are_datagrams(tmp_path: Path) -> None:
    with listening(tmp_path / "s") as channel:
        ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "s")}).tell("READY=1", "STATUS=prêt")
        assert channel.recv(1000) == "READY=1\nSTATUS=prêt".encode()


def test_without_a_manager_nothing_happens(tmp_path: Path) -> None:
    ServiceManager({}).tell("READY=1")
    ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "nobody")}).tell("READY=1")


async def test_the_watchdog_is_fed_until_the_end(tmp_path: Path) -> None:
    stop = asyncio.Event()
    environment = {"NOTIFY_SOCKET": str(tmp_path / "s"), "WATCHDOG_USEC": "2000", "WATCHDOG_PID": str(os.getpid())}
    with listening(tmp_path / "s") as channel:
        task = asyncio.create_task(ServiceManager(environment).keep_alive(stop))
        for _ in range(3):
            assert await asyncio.to_thread(channel.recv, 1000) == b"WATCHDOG=1"
        stop.set()
        await task


async def test_the_watchdog_of_another_process_is_not_ours(tmp_path: Path) -> None:
    environment = {"NOTIFY_SOCKET": str(tmp_path / "s"), "WATCHDOG_USEC": "2000", "WATCHDOG_PID": "1"}
    await ServiceManager(environment).keep_alive(asyncio.Event())  # returns at once
