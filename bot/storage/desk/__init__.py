"""What the staff desk keeps: cards, who did what, and drafts."""

from bot.storage.desk.cards import CardStore
from bot.storage.desk.drafts import DraftRow, DraftStore
from bot.storage.desk.grouping import GroupingStore, Placed, Ungrouped
from bot.storage.desk.history import ActRow, HistoryStore

__all__ = [
    "ActRow", "CardStore", "DraftRow", "DraftStore", "GroupingStore", "HistoryStore", "Placed", "Ungrouped",
]  # fmt: skip
