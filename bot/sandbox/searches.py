"""What an inline search brings back, to choose from."""

from dataclasses import dataclass

from bot.sandbox.errors import ScreenError
from bot.sandbox.wire import Json


@dataclass(frozen=True, slots=True)
class Search:
    """The results of an inline search."""

    id: str
    words: str
    results: list[Json]
    next_offset: str
    button: Json | None

    @property
    def titles(self) -> list[str]:
        """What one reads in the list."""
        return [str(result.get("title", result["id"])) for result in self.results]

    def find(self, title_or_id: str) -> Json:
        """A result; raises ScreenError where it is not in the list."""
        for result in self.results:
            if title_or_id in {result.get("title"), result["id"]}:
                return result
        raise ScreenError(f"Pas de résultat « {title_or_id} » parmi {self.titles}.")
