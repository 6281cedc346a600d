"""Finding a method by name: each file of this package offers a table, this joins them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

Method: TypeAlias = Callable[[World, Parameters], object | Awaitable[object]]
Methods: TypeAlias = Mapping[str, Method]


class Registry:
    """The methods by lower-case name, with the name as Telegram writes it."""

    def __init__(self, *tables: Methods) -> None:
        self._methods = {name.lower(): (name, method) for table in tables for name, method in table.items()}

    def find(self, name: str) -> tuple[str, Method] | None:
        """The official name and the method; None where there is no such method."""
        return self._methods.get(name.lower())

    def names(self) -> list[str]:
        """Every official name."""
        return sorted(name for name, _ in self._methods.values())
