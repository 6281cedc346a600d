"""The page as a kiosk: one resident after the other, each conversation erased before the next begins."""

from bot.sandbox.kiosk.server import Kiosk

__all__ = ["Kiosk"]
