"""Why something that staff asked for was not written."""

from __future__ import annotations

from bot.errors import AccesDroitsError


class ContributionError(AccesDroitsError):
    """What was asked for cannot be written; `str()` tells staff why, and nothing was changed."""


class AlreadyLearntError(ContributionError):
    """The wording already leads there: there is nothing to do."""
