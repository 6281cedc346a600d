"""The figures of a period as rows, the same for every kind of file."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.figures import CHANNELS, Figures, Outcomes
from bot.domain.small_cells import Table
from bot.services.spreadsheets.cells import Cell

Row = tuple[Cell, ...]

HIDDEN = "secret"  # the word of statisticians
NO_THEME, NO_COMMUNE = "sans thème", "commune non dite"
HEADER: Row = ("rubrique", "intitulé", "commune", "canal", "du", "au", "nombre")
_ALL = "tous"


def figure_rows(figures: Figures) -> dict[str, list[Row]]:
    """Rows by heading; each row begins with its heading, so that all of them also make one table."""
    start, until = figures.period.start.isoformat(), figures.until.isoformat()

    def row(heading: str, label: str, n: int | None, commune: str = "", channel: str = "") -> Row:
        return (heading, label, commune, channel, start, until, HIDDEN if n is None else n)

    found: dict[str, list[Row]] = {"Questions": []}
    for channel in (*CHANNELS, *sorted(set(figures.channels) - set(CHANNELS)), _ALL):
        outcomes = figures.total if channel == _ALL else figures.channels.get(channel, Outcomes())
        found["Questions"] += [row("Questions", label, n, channel=channel) for label, n in _measures(outcomes)]
    found["Évolution"] = [
        ("Évolution", label, "", _ALL, part.start.isoformat(), part.end.isoformat(), n)
        for part in figures.parts
        for label, n in _measures(part.outcomes)
    ]
    found["Avis"] = [row("Avis", "cela m'aide", figures.helped), row("Avis", "ce n'est pas ça", figures.refused)]
    found["Fiches lues"] = [row("Fiches lues", one.label, one.n) for one in figures.topics]
    found["Fiches refusées"] = [row("Fiches refusées", one.label, one.n) for one in figures.refused_topics]
    found["Manques"] = [row("Manques", one.label, one.n) for one in figures.missing]
    found["Réponses ajoutées"] = [
        row("Réponses ajoutées", label, n)
        for label, n in (
            ("questions répondues ensuite", figures.delays.answered),
            ("heures d'attente, une sur deux", figures.delays.median),
            ("heures d'attente, neuf sur dix", figures.delays.nine_in_ten),
            ("questions qui attendent", figures.waiting),
        )
        if n is not None
    ]
    found["Fiches à revoir"] = [
        row("Fiches à revoir", "date dépassée", figures.overdue),
        row("Fiches à revoir", "toutes les fiches", figures.entries),
    ]
    if figures.places is not None:
        heading = "Thèmes et communes"
        found[heading] = [row(heading, theme, n, commune=commune) for theme, commune, n in cells(figures.places)]
    return {heading: rows for heading, rows in found.items() if rows}


def cells(table: Table) -> Iterator[tuple[str, str, int | None]]:
    """Every cell of themes by communes but the zeros, and the totals."""
    themes = [*(name or NO_THEME for name in table.rows), _ALL]
    communes = [*(name or NO_COMMUNE for name in table.columns), "toutes"]
    for theme, line in zip(themes, table.cells, strict=True):
        for commune, n in zip(communes, line, strict=True):
            if n != 0:
                yield theme, commune, n


def _measures(outcomes: Outcomes) -> tuple[tuple[str, int], ...]:
    return (
        ("questions", outcomes.questions),
        ("réponse donnée", outcomes.served),
        ("choix proposé", outcomes.choices),
        ("sans réponse", outcomes.unknown),
        ("danger", outcomes.danger),
    )
