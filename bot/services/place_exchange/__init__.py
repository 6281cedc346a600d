"""Places in the two public schemas: *Lieux de médiation numérique* (v1.0) and *data·inclusion* (v1), both ways.

The mapping stands in `docs/dev/places.md` and in `schemas.py`; what has no counterpart here is kept as it was read.
"""

from bot.services.place_exchange.importing import Change, Difference, LineProblem, Planner
from bot.services.place_exchange.reading import ExchangeError, Row, read_rows
from bot.services.place_exchange.schemas import SCHEMAS, Schema, guess_schema
from bot.services.place_exchange.territory import is_ours
from bot.services.place_exchange.writing import gaps, write_rows

__all__ = [
    "SCHEMAS",
    "Change",
    "Difference",
    "ExchangeError",
    "LineProblem",
    "Planner",
    "Row",
    "Schema",
    "gaps",
    "guess_schema",
    "is_ours",
    "read_rows",
    "write_rows",
]
