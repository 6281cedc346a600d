"""Puts the parts together: storage, knowledge, services, and the telegram Application with its handlers."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from httpx import create_ssl_context
from telegram.error import TelegramError
from telegram.ext import Application, ContextTypes

import handlers
from bot.app.fair_limiter import FairLimiter
from bot.app.patient_bot import PatientBot
from bot.app.slow_lane import MOST_WAITING, SlowLanes
from bot.app.staff_chat import StaffChat
from bot.app.telegram_http import TelegramHTTP
from bot.app.update_processor import ChatOrder
from bot.context import SERVICES, Context, Services
from bot.domain.texts import Texts
from bot.services.alerts import Alerts
from bot.services.ask import CHAT, PAGE, AskService
from bot.services.background import Background
from bot.services.backups.service import BackupPlan, BackupService
from bot.services.blast_radius import BlastRadius
from bot.services.clock import Clock, paris_now
from bot.services.contributions import ContributionService
from bot.services.desk import open_desk
from bot.services.digest import DigestService
from bot.services.error_reports import ErrorReports
from bot.services.feedback import FeedbackService
from bot.services.figures import FigureService
from bot.services.follow_ups import FollowUpService
from bot.services.handouts import HandoutService
from bot.services.inline_cards import InlineCards
from bot.services.kept_reading import KeptReading
from bot.services.knowledge import KnowledgeService
from bot.services.later_needs import LaterNeeds
from bot.services.meters import Meters
from bot.services.my_data import MyDataService
from bot.services.need_files import NeedFileService
from bot.services.needs import NeedService
from bot.services.notices import NoticeSender
from bot.services.places import PlaceService
from bot.services.preferences import PreferenceService
from bot.services.pseudonyms import read_key
from bot.services.recent_ticks import RecentTicks
from bot.services.recent_topics import RecentCommunes, RecentTopics
from bot.services.relays import RelayService
from bot.services.retention import RetentionService
from bot.services.roles import Roles
from bot.services.scams import ScamService
from bot.services.session_figures import SessionFigures
from bot.services.sessions import SessionService
from bot.services.state import StateService
from bot.services.storage_health import StorageHealth
from bot.services.team import TeamService
from bot.services.updates import UpdateService
from bot.services.voice import RecentVoices, open_speech, open_transcription
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.digests import DigestStore
from bot.storage.figures import FigureStore
from bot.storage.follow_ups import FollowUpStore
from bot.storage.needs import NeedStore
from bot.storage.people import PeopleStore
from bot.storage.preferences import PreferenceStore
from bot.storage.relays import RelayStore
from bot.storage.retention import RetentionStore
from bot.storage.sessions import SessionStore
from bot.storage.state import StateStore
from bot.storage.updates import UpdateLog
from handlers.delivery import send
from handlers.notice_delivery import notice_delivery
from handlers.render.html import escape
from handlers.render.screen import Screen

App = Application[Any, Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], Any]
_POOL = 64
_RETRIES = 3
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Assembly:
    """What was built, for whoever runs it; `close` gives everything back."""

    application: App
    services: Services
    database: Database

    async def close(self) -> None:
        await self.database.close()


async def assemble(settings: Settings, token: str, *, clock: Clock = paris_now) -> Assembly:
    """Open storage and build the Application; raises AccesDroitsError with a French reason.

    The knowledge base is not read yet: messages wait for `services.knowledge.load()`.
    """
    alerts = Alerts()
    database = await Database.open(settings.database)
    try:
        key = read_key(settings.database, settings.secret.get_secret_value() if settings.secret else None)
        kept = KeptReading(settings.database.with_suffix(".index"), key)
        knowledge = KnowledgeService(settings.knowledge, alerts, kept)
        roles, people = Roles(settings.staff_ids, settings.mediator_ids, clock), PeopleStore(database)
        team = TeamService(people, roles, key, clock)
        await team.load()
    except BaseException:
        await database.close()
        raise

    def texts() -> Texts:
        return knowledge.current.texts

    health = StorageHealth(alerts, texts)
    need_store = NeedStore(database)
    later = LaterNeeds(need_store, health)
    needs = NeedService(need_store, health, clock, may_tell=not settings.kiosk, later=later)
    preference_store = PreferenceStore(database)
    preferences = PreferenceService(preference_store, key, health, clock)
    follow_up_store = FollowUpStore(database)
    notices = NoticeSender(follow_up_store, lambda topic: topic in knowledge.current.topics, health, clock)
    ask = AskService(knowledge, needs, CHAT if settings.token else PAGE)
    contributions = ContributionService(settings.knowledge, knowledge, roles, clock)
    places, session_store = PlaceService(knowledge), SessionStore(database)
    sessions = SessionService(session_store, knowledge, places, roles, key, health, clock)
    follow_ups = FollowUpService(follow_up_store, clock, notices.wake)
    desk = open_desk(database, knowledge, contributions, follow_ups, roles, health, key, clock)
    await desk.drafts.load()
    plan = BackupPlan(settings.database, settings.knowledge, settings.backup_folder, settings.backup_keep)
    backups, meters = BackupService(plan, key, alerts, texts, clock), Meters(clock())
    services = Services(
        knowledge=knowledge,
        ask=ask,
        needs=needs,
        later_needs=later,
        need_store=need_store,
        updates=UpdateService(UpdateLog(database), health, clock, meters),
        preferences=preferences,
        roles=roles,
        alerts=alerts,
        health=health,
        clock=clock,
        places=places,
        recent=RecentTopics(),
        recent_communes=RecentCommunes(),
        figures=FigureService(FigureStore(database), knowledge, clock),
        digest=DigestService(DigestStore(database), clock),
        need_files=NeedFileService(database.path, knowledge),
        ticks=RecentTicks(),
        handouts=HandoutService(),
        retention=RetentionService(RetentionStore(database), health, clock),
        team=team,
        contributions=contributions,
        blast_radius=BlastRadius(settings.knowledge, knowledge, contributions, need_store, clock),
        backups=backups,
        errors=ErrorReports(alerts, meters, texts, clock),
        state=StateService(StateStore(database), knowledge, backups, alerts, meters, clock),
        my_data=MyDataService(people, preference_store, preferences, sessions, roles, follow_up_store, clock),
        sessions=sessions,
        session_figures=SessionFigures(session_store, sessions, knowledge, clock),
        follow_ups=follow_ups,
        desk=desk,
        notices=notices,
        scams=ScamService(knowledge),
        relays=RelayService(RelayStore(database), key, clock),
        inline_cards=InlineCards(knowledge, UpdateLog(database), health, clock),
        speech=await open_speech(settings.database, wanted=settings.voice, model=settings.voice_model),
        voices=RecentVoices(),
        transcription=open_transcription(settings.database, settings.transcribe_command),
        background=Background(),
        feedback=FeedbackService(ask, needs, knowledge, alerts, key, clock),
    )
    application = _application(settings, token, services)
    application.bot_data[SERVICES] = services
    staff_chat = StaffChat(application.bot, settings.staff_chat_id)
    staff_chat.schedule(application.job_queue)
    alerts.send = staff_chat.send
    notices.deliver = notice_delivery(application.bot, services)
    handlers.register(application)
    return Assembly(application, services, database)


def _application(settings: Settings, token: str, services: Services) -> App:
    # Both connections trust the same authorities: reading their list takes 65 ms and 1 MB each time.
    trust = create_ssl_context()
    bot = PatientBot(
        token,
        base_url=settings.api_url or "https://api.telegram.org/bot",
        base_file_url=settings.api_file_url or "https://api.telegram.org/file/bot",
        request=TelegramHTTP(_POOL, trust),
        get_updates_request=TelegramHTTP(2, trust),
        rate_limiter=FairLimiter(_RETRIES, settings.sends_per_second, services.state.meters),
        heard=services.state.meters.telegram_heard,
    )

    def is_danger(text: str) -> bool:
        """By the whole reading, as the answer will have it: the rules alone would let some wait."""
        return services.knowledge.understanding.read(text).danger is not None

    lanes, meters = SlowLanes(), services.state.meters
    services.state.queues = lambda: bot.unconfirmed.lengths
    services.state.polls = not settings.webhook_url
    bot.unconfirmed.make_room = lanes.release
    lanes.tell = _flood_notice(bot, services)
    processor = ChatOrder(services.updates, services.knowledge.ready, bot.unconfirmed, lanes, is_danger, meters)
    return (
        Application.builder()
        .bot(bot)
        .context_types(ContextTypes(context=Context))
        .concurrent_updates(processor)
        .build()
    )


def _flood_notice(bot: PatientBot, services: Services) -> Callable[[int], Awaitable[None]]:
    async def tell(chat_id: int) -> None:
        """Say once that answers come slowly now; whoever cannot be told is served slowly all the same."""
        try:
            await send(bot, chat_id, Screen((escape(services.texts.say("ralenti", nombre=MOST_WAITING)),)))
        except TelegramError as error:
            _log.info("a notice could not be sent: %s", type(error).__name__)

    return tell
