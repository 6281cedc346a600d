"""Troubles on demand: what Telegram and the network do on a bad day, for the next calls of a method."""

from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.errors import ApiError

Trouble = Literal["refuse", "gateway", "hang", "drop", "reset", "delay"]
EVERY_METHOD = "*"


@dataclass(slots=True)
class Fault:
    """One trouble and how many more calls it spoils; an `executed` call takes effect all the same."""

    method: str
    trouble: Trouble
    times: int
    error: ApiError | None = None
    seconds: float = 0
    executed: bool = False


@dataclass(slots=True)
class Faults:
    """The troubles that wait for a call."""

    _waiting: list[Fault] = field(default_factory=list)

    def too_many_requests(self, method: str = EVERY_METHOD, *, times: int = 1, retry_after: int = 1) -> None:
        """429 with `retry_after`."""
        error = ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
        self._add(Fault(method, "refuse", times, error))

    def refuse(self, method: str, code: int, description: str, *, times: int = 1) -> None:
        """Any error response of Telegram, such as 403 "Forbidden: user is deactivated"."""
        self._add(Fault(method, "refuse", times, ApiError(code, description)))

    def server_error(self, method: str = EVERY_METHOD, *, times: int = 1, executed: bool = False) -> None:
        """500 in JSON."""
        error = ApiError(500, "Internal Server Error")
        self._add(Fault(method, "refuse", times, error, executed=executed))

    def bad_gateway(self, method: str = EVERY_METHOD, *, times: int = 1, executed: bool = False) -> None:
        """502 with the HTML page of a proxy."""
        self._add(Fault(method, "gateway", times, executed=executed))

    def hang(self, method: str = EVERY_METHOD, *, times: int = 1, executed: bool = False) -> None:
        """No answer at all, until the caller loses patience."""
        self._add(Fault(method, "hang", times, executed=executed))

    def drop(self, method: str = EVERY_METHOD, *, times: int = 1, executed: bool = False) -> None:
        """The connection breaks half way through the answer."""
        self._add(Fault(method, "drop", times, executed=executed))

    def reset(self, method: str = EVERY_METHOD, *, times: int = 1, executed: bool = False) -> None:
        """The connection is reset before a word of an answer."""
        self._add(Fault(method, "reset", times, executed=executed))

    def delay(self, method: str = EVERY_METHOD, *, seconds: float, times: int = 1) -> None:
        """The right answer, late."""
        self._add(Fault(method, "delay", times, seconds=seconds, executed=True))

    def clear(self) -> None:
        """No more troubles."""
        self._waiting.clear()

    def take(self, method: str) -> Fault | None:
        """The trouble of this call, if any; it then has one call less to spoil."""
        for fault in self._waiting:
            if fault.method.lower() in {EVERY_METHOD, method.lower()}:
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None

    def _add(self, fault: Fault) -> None:
        self._waiting.append(fault)
