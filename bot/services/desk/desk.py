"""The parts of the staff desk as one value."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.services.clock import Clock
from bot.services.contributions import ContributionService
from bot.services.desk.drafts import DraftService
from bot.services.desk.gestures import GestureService
from bot.services.desk.grouping import GroupingService
from bot.services.desk.queue import QueueService
from bot.services.desk.staff_names import StaffNames
from bot.services.follow_ups import FollowUpService
from bot.services.knowledge import KnowledgeService
from bot.services.roles import Roles
from bot.services.storage_health import StorageHealth
from bot.storage.database import Database
from bot.storage.desk import CardStore, DraftStore, GroupingStore, HistoryStore


@dataclass(frozen=True, slots=True)
class Desk:
    """What the handlers of the desk need."""

    names: StaffNames
    grouping: GroupingService
    queue: QueueService
    gestures: GestureService
    drafts: DraftService

    async def run(self, stop: asyncio.Event) -> None:
        """What the desk does beside the conversations, until `stop`."""
        await self.grouping.run(stop, self.gestures.forget_undo)


def open_desk(
    database: Database,
    knowledge: KnowledgeService,
    contributions: ContributionService,
    follow_ups: FollowUpService,
    roles: Roles,
    health: StorageHealth,
    key: bytes,
    clock: Clock,
) -> Desk:
    """Put the desk together over one database."""
    names, cards, groups = StaffNames(roles, key), CardStore(database), GroupingStore(database)
    grouping = GroupingService(groups, knowledge, health, clock)
    gestures = GestureService(
        cards, groups, HistoryStore(database), grouping, contributions, follow_ups, knowledge, names, clock
    )
    drafts = DraftService(DraftStore(database), names, clock)
    return Desk(names, grouping, QueueService(cards, grouping, knowledge, clock), gestures, drafts)
