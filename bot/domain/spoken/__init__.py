"""Text made ready for the ear: what a voice should say where the eye reads digits, acronyms, links and lists."""

from bot.domain.spoken.saying import Saying, spoken

__all__ = ["Saying", "spoken"]
