"""Runs the assistant until it is told to stop, then finishes what it has taken."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from datetime import time, timedelta
from typing import Any

from telegram.error import InvalidToken, NetworkError
from telegram.ext import CallbackContext

from bot.app.application import App, Assembly, assemble
from bot.app.digest import schedule_digest
from bot.app.health_server import HealthServer
from bot.app.listening import Listening
from bot.app.service_manager import ServiceManager
from bot.app.update_processor import ChatOrder
from bot.context import SERVICES, Services
from bot.errors import AccesDroitsError
from bot.services.clock import PARIS, Clock, paris_now
from bot.settings import Settings
from bot.storage.lock import DatabaseLock
from handlers.command_menus import set_menus
from handlers.sessions.closing import close_forgotten, schedule_closing

_CLEANING_AT = time(3, 30, tzinfo=PARIS)
# A machine that slept, or whose clock steps over that moment, cleans when it wakes up.
_LATE_AS_WELL = {"misfire_grace_time": 6 * 3600, "coalesce": True}
_FIRST_BACKUP = timedelta(seconds=10)
_RETRY_SECONDS = (1, 2, 5, 10, 30)
_log = logging.getLogger(__name__)


class TokenRefusedError(AccesDroitsError):
    """Telegram does not know this token."""


Beside = Callable[[Services], AbstractAsyncContextManager[object]]


async def run(
    settings: Settings, token: str, stop: asyncio.Event, *, clock: Clock = paris_now, beside: Beside | None = None
) -> None:
    """Serve until `stop`; raises AccesDroitsError when it cannot start. `beside` is open while the services are."""
    with DatabaseLock(settings.database):
        await _run(settings, token, stop, clock, beside)


async def _run(settings: Settings, token: str, stop: asyncio.Event, clock: Clock, beside: Beside | None) -> None:
    assembly = await assemble(settings, token, clock=clock)
    manager, alive = ServiceManager(), asyncio.Event()
    watchdog = asyncio.create_task(manager.keep_alive(alive))
    loading = asyncio.create_task(assembly.services.knowledge.load())
    try:
        async with _watched(settings, assembly.services, stop), _initialized(assembly, stop):
            if not stop.is_set():
                async with beside(assembly.services) if beside else contextlib.nullcontext():
                    await _serve(assembly, settings, stop, loading, manager)
    finally:
        loading.cancel()
        await asyncio.gather(loading, return_exceptions=True)
        await assembly.close()
        alive.set()
        await watchdog


@contextlib.asynccontextmanager
async def _watched(settings: Settings, services: Services, stop: asyncio.Event) -> AsyncIterator[None]:
    """The health port, from before Telegram is reached until after the last answer."""
    if settings.health_host_port is None:
        yield
        return
    server = HealthServer(services.state, stop)
    server.listen(*settings.health_host_port)
    try:
        yield
    finally:
        await server.close()


@contextlib.asynccontextmanager
async def _initialized(assembly: Assembly, stop: asyncio.Event) -> AsyncIterator[None]:
    """The Application after its first call to Telegram, tried again until Telegram can be reached."""
    application = assembly.application
    for attempt in range(10_000):
        try:
            await application.initialize()
            break
        except InvalidToken:
            raise TokenRefusedError("Telegram refuse ce jeton (BOT_TOKEN) : vérifiez-le auprès de BotFather") from None
        except NetworkError as error:
            pause = _RETRY_SECONDS[min(attempt, len(_RETRY_SECONDS) - 1)]
            _log.warning("Telegram cannot be reached (%s), next try in %s s", type(error).__name__, pause)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            if stop.is_set():
                break
    try:
        yield
    finally:
        with contextlib.suppress(NetworkError):
            await application.shutdown()


async def _serve(
    assembly: Assembly, settings: Settings, stop: asyncio.Event, loading: asyncio.Task[None], manager: ServiceManager
) -> None:
    """Poll at once; messages wait until the knowledge base is read."""
    application, services = assembly.application, assembly.services
    schedule_cleaning(application)
    schedule_closing(application)
    schedule_backup(application, settings)
    schedule_digest(application, settings.staff_chat_id)
    await application.start()
    listening = Listening(application, settings, services.state.meters)
    tasks: set[asyncio.Task[None]] = set()
    try:
        await listening.begin(stop)
        services.state.listening = True
        await loading
        _reload_on_hangup(services, tasks)
        _beside(services.knowledge.watch(stop), services, tasks)
        _beside(_settle(application, services), services, tasks)
        _beside(services.notices.run(stop), services, tasks)
        _beside(services.desk.run(stop), services, tasks)
        _beside(services.later_needs.run(stop), services, tasks)
        _log.info("ready: %d topics", len(services.knowledge.current.topics))
        manager.tell("READY=1", f"STATUS={len(services.knowledge.current.topics)} sujets")
        await stop.wait()
    finally:
        manager.tell("STOPPING=1")
        stop.set()
        loading.cancel()  # when it failed or was not waited for: nobody waits for it any longer
        await asyncio.gather(loading, return_exceptions=True)
        if isinstance(application.update_processor, ChatOrder):
            application.update_processor.lanes.hurry()
        await listening.take_no_more()
        services.transcription.end()
        await application.stop()  # finishes what was taken
        await listening.end()
        await services.background.close()
        await services.speech.close()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _settle(application: App, services: Services) -> None:
    """What a start does beside the first answers: a machine that is off every night still forgets what is old."""
    await services.retention.enforce()
    await close_forgotten(application.bot, services)
    await set_menus(application.bot, services)


def schedule_cleaning(application: App) -> None:
    """Hold to the retention table every night."""
    if application.job_queue is not None:
        application.job_queue.run_daily(_clean, _CLEANING_AT, name="cleaning", job_kwargs=_LATE_AS_WELL)


def schedule_backup(application: App, settings: Settings) -> None:
    """Look every hour whether today's backup is to be made."""
    if application.job_queue is not None and settings.backup_folder is not None:
        application.job_queue.run_repeating(_back_up, timedelta(hours=1), first=_FIRST_BACKUP, name="backup")


def _beside(work: Coroutine[Any, Any, object], services: Services, tasks: set[asyncio.Task[None]]) -> None:
    """Do something beside the answers; of what goes wrong with it staff hear as of any error."""

    async def guarded() -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 (whatever it is, the answers go on)
            _log.error("background work failed: %s", type(error).__name__, exc_info=error)
            await services.errors.report(error)

    task = asyncio.get_running_loop().create_task(guarded())
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def _reload_on_hangup(services: Services, tasks: set[asyncio.Task[None]]) -> None:
    """SIGHUP reads the knowledge folder again, where the system knows that signal."""
    loop = asyncio.get_running_loop()

    def reload() -> None:
        _beside(services.knowledge.reload(), services, tasks)

    with contextlib.suppress(NotImplementedError, ValueError, AttributeError):
        loop.add_signal_handler(signal.SIGHUP, reload)


async def _back_up(context: CallbackContext) -> None:  # type: ignore[type-arg]
    services: Services = context.bot_data[SERVICES]
    await services.knowledge.ready()
    await services.backups.make_if_due()


async def _clean(context: CallbackContext) -> None:  # type: ignore[type-arg]
    services = getattr(context, "services")  # noqa: B009 (our Context, see ContextTypes)
    await services.retention.enforce()
