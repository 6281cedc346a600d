"""Reads `knowledge/danger-points.txt`: what words weigh, learnt from messages, one feature a line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.domain.danger.points import DangerPoints, PointRow
from bot.errors import AccesDroitsError

NAME = "danger-points.txt"
_STEPS = 100  # numbers are written as hundredths
_HEAD = ("base", "seuil", "genres")


class DangerPointsError(AccesDroitsError):
    """The file of points cannot be used as it is; `line` says where."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def load_points(path: Path) -> DangerPoints | None:
    """The points of the file, None without a file: the rules then stand alone. Raises DangerPointsError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise DangerPointsError(1, f"fichier illisible ({error})") from error
    head: dict[str, list[str]] = {}
    rows: list[PointRow] = []
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        name, *values = line.split("\t")
        if len(head) < len(_HEAD):
            if name != _HEAD[len(head)] or not values:
                raise DangerPointsError(number, f"« {_HEAD[len(head)]} » est attendu ici")
            head[name] = values
            continue
        rows.append(_row(number, name, values, len(head["genres"])))
    if not rows:
        raise DangerPointsError(len(lines), "ce fichier est vide")
    base, threshold = (_number(place, head[name][0]) for place, name in enumerate(_HEAD[:2], 1))
    return DangerPoints(rows, head["genres"], base=base, threshold=threshold)


def _row(number: int, name: str, values: Sequence[str], kinds: int) -> PointRow:
    if not name or len(values) != 2 + kinds:
        raise DangerPointsError(number, f"{2 + kinds} nombres sont attendus après « {name} »")
    rarity, worry, *leaning = (_number(number, value) for value in values)
    return PointRow(name, rarity, worry, tuple(leaning))


def _number(number: int, value: str) -> float:
    try:
        return int(value or "0") / _STEPS
    except ValueError:
        raise DangerPointsError(number, f"« {value} » n'est pas un nombre entier") from None


def write_points(path: Path, rows: Sequence[PointRow], kinds: Sequence[str], *, base: float, threshold: float) -> None:
    """Write the file that `load_points` reads; features that weigh nothing are left out."""
    lines = [
        "# Ce que pèsent les mots, les mots voisins (à l'oreille) et les <trouvailles> des règles de danger.yaml.",
        "# Appris sur les messages de tests/data et les phrases des sujets : python -m tests.benchmarks.danger --fit",
        "# Colonnes, en centièmes : rareté, inquiétude (moins de zéro : rassure), puis vers quel danger. Sans règle à",
        "# côté, ces points ne font que douter. On peut supprimer une ligne.",
        f"base\t{_written(base)}",
        f"seuil\t{_written(threshold)}",
        "\t".join(["genres", *kinds]),
    ]
    for row in sorted(rows, key=lambda one: one.feature):
        values = [_written(value) for value in (row.rarity, row.worry, *row.kinds)]
        lines.append("\t".join([row.feature, *("" if value == "0" else value for value in values)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _written(value: float) -> str:
    return str(round(value * _STEPS))
