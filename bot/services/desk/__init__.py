"""The staff desk: needs grouped on cards, one gesture for each thing that can be done about a card, drafts, history."""

from bot.services.desk.desk import Desk, open_desk
from bot.services.desk.errors import CardTakenError, DeskError

__all__ = ["CardTakenError", "Desk", "DeskError", "open_desk"]
