"""The bridge from telegram to the services: every handler gets them typed, and nothing is global."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from telegram.ext import CallbackContext, ExtBot

from bot.domain.texts import Texts
from bot.services.alerts import Alerts
from bot.services.ask import AskService
from bot.services.background import Background
from bot.services.backups.service import BackupService
from bot.services.blast_radius import BlastRadius
from bot.services.clock import Clock
from bot.services.contributions import ContributionService
from bot.services.desk import Desk
from bot.services.digest import DigestService
from bot.services.error_reports import ErrorReports
from bot.services.feedback import FeedbackService
from bot.services.figures import FigureService
from bot.services.follow_ups import FollowUpService
from bot.services.handouts import HandoutService
from bot.services.inline_cards import InlineCards
from bot.services.knowledge import KnowledgeService
from bot.services.later_needs import LaterNeeds
from bot.services.my_data import MyDataService
from bot.services.need_files import NeedFileService
from bot.services.needs import NeedService
from bot.services.notices import NoticeSender
from bot.services.places import PlaceService
from bot.services.preferences import PreferenceService
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
from bot.services.voice import RecentVoices, Speech, Transcription
from bot.storage.needs import NeedStore

SERVICES = "services"


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a conversation may ask for."""

    knowledge: KnowledgeService
    ask: AskService
    needs: NeedService
    later_needs: LaterNeeds
    need_store: NeedStore
    updates: UpdateService
    preferences: PreferenceService
    roles: Roles
    alerts: Alerts
    health: StorageHealth
    clock: Clock
    places: PlaceService
    recent: RecentTopics
    recent_communes: RecentCommunes
    figures: FigureService
    digest: DigestService
    need_files: NeedFileService
    ticks: RecentTicks
    handouts: HandoutService
    retention: RetentionService
    team: TeamService
    my_data: MyDataService
    sessions: SessionService
    session_figures: SessionFigures
    contributions: ContributionService
    follow_ups: FollowUpService
    feedback: FeedbackService
    inline_cards: InlineCards
    relays: RelayService
    scams: ScamService
    notices: NoticeSender
    desk: Desk
    blast_radius: BlastRadius
    backups: BackupService
    speech: Speech
    voices: RecentVoices
    transcription: Transcription
    background: Background
    errors: ErrorReports
    state: StateService

    @property
    def texts(self) -> Texts:
        """The bot's own sentences, as the files say now."""
        return self.knowledge.current.texts


class Context(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """python-telegram-bot's context, with our services."""

    @property
    def services(self) -> Services:
        return cast(Services, self.bot_data[SERVICES])
