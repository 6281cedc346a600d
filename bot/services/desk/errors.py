"""Why a gesture at the desk was not done, for whoever made it."""

from __future__ import annotations

from bot.errors import AccesDroitsError


class DeskError(AccesDroitsError):
    """A gesture cannot be done; `key` names the sentence that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class CardTakenError(DeskError):
    """Somebody else has the card in hand."""

    def __init__(self, holder: str) -> None:
        super().__init__("file_prise")
        self.holder = holder
