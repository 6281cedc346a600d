"""What can go wrong in the sandbox: refusals meant for the bot, and sentences meant for a person."""

from collections.abc import Mapping

from bot.errors import AccesDroitsError


class SandboxError(AccesDroitsError):
    """The sandbox cannot do what a person asked of it."""


class AddressError(SandboxError):
    """The sandbox was asked to listen somewhere that other machines can reach."""


class SilenceError(SandboxError):
    """Nothing came from the bot within the time given."""


class ScreenError(SandboxError):
    """A person tried something that their screen does not offer, such as a button that is not there."""


class ApiError(Exception):
    """A refusal in Telegram's own words; it travels to the bot as an error response."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> ApiError:
    """The 400 that Telegram answers for almost every mistake."""
    return ApiError(400, f"Bad Request: {reason}")
