"""Draws the figures of a period. matplotlib is imported here only, in a child of the assistant (see `apart`)."""

from __future__ import annotations

import io
import json
import sys
import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

# Okabe and Ito's colours, told apart by every kind of colour blindness, and light to dark in grey as well.
_COLOURS = ("#0072B2", "#56B4E9", "#E69F00")
_HATCHES = ("", "", "//")
_NAMES = ("Réponse donnée", "Choix proposé", "Sans réponse")
_INK, _TRACK = "#222222", "#EEEEEE"
_WIDTH, _DOTS = 5.4, 200  # 1080 dots: a telephone held upright
_SMALL, _MIDDLE, _LARGE = 11, 12.5, 17  # points: 11 of them are 31 of 1080 dots
_LABEL = 42  # characters of a label that fit beside its number
_MONTHS = "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.".split()
_DAYS = "lun. mar. mer. jeu. ven. sam. dim.".split()


def draw(drawn: dict[str, Any]) -> bytes:
    """The PNG of what `figures_picture` gives."""
    mpl.rcParams.update({"font.family": "DejaVu Sans", "font.size": _MIDDLE, "text.color": _INK,
                         "axes.labelcolor": _INK, "xtick.color": _INK, "ytick.color": _INK,
                         "text.parse_math": False})  # fmt: skip
    questions, outcomes = drawn["questions"], list(zip(_NAMES, drawn["outcomes"], strict=True))
    lists = [(title, rows, colour) for title, rows, colour in (
        ("Les fiches les plus lues", drawn["topics"], _COLOURS[0]),
        ("Ce qui manque le plus", drawn["missing"], _COLOURS[2]),
    ) if rows]  # fmt: skip
    heights = [_height(outcomes), 2.0, *(_height(rows) for _, rows, _ in lists)]
    layout = ConstrainedLayoutEngine(h_pad=0.1, w_pad=0.16, hspace=0.02)
    figure = Figure(figsize=(_WIDTH, sum(heights) + 1.0), dpi=_DOTS, facecolor="white", layout=layout)
    figure.suptitle(drawn["title"], fontsize=_LARGE, fontweight="bold", x=0.03, ha="left")
    axes = figure.subplots(len(heights), 1, height_ratios=heights, squeeze=False)[:, 0]
    _list(axes[0], f"{_number(questions)} question{'s' if questions > 1 else ''}", outcomes, _COLOURS, of=questions)
    _parts(axes[1], drawn["parts"], by_week=drawn["by_week"])
    for place, (title, rows, colour) in enumerate(lists):
        _list(axes[2 + place], title, rows, [colour] * len(rows))
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def _parts(axes: Axes, parts: Sequence[Sequence[Any]], *, by_week: bool) -> None:
    _title(axes, "Semaine après semaine" if by_week else "Jour après jour")
    places = range(len(parts))
    below = [0] * len(parts)
    for kind, (colour, hatch) in enumerate(zip(_COLOURS, _HATCHES, strict=True), start=1):
        counts = [int(part[kind]) for part in parts]
        axes.bar(places, counts, bottom=below, color=colour, hatch=hatch, edgecolor="white", width=0.72)
        below = [a + b for a, b in zip(below, counts, strict=True)]
    for place, n in zip(places, below, strict=True):
        axes.annotate(_number(n), (place, n), (0, 3), textcoords="offset points", ha="center", fontsize=_SMALL)
    axes.set_ylim(0, max([1, *below]) * 1.18)
    every = 1 if len(parts) <= 7 else 2
    shown = [place for place in places if place % every == 0]
    axes.set_xticks(shown, [_day(date.fromisoformat(parts[place][0]), by_week=by_week) for place in shown])
    axes.tick_params(axis="x", length=0, labelsize=_SMALL)
    axes.set_yticks([])
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)


def _list(axes: Axes, title: str, rows: Sequence[Sequence[Any]], colours: Sequence[str], of: int = 0) -> None:
    """Labels and numbers above their bars: beside a bar they have no room on a telephone."""
    _title(axes, title)
    most = of or max(1, *(int(n) for _, n in rows))
    for place, ((label, n), colour) in enumerate(zip(rows, colours, strict=True)):
        axes.barh(place + 0.27, most, height=0.24, color=_TRACK)
        hatch = _HATCHES[place] if of else ""
        axes.barh(place + 0.27, n, height=0.24, color=colour, hatch=hatch, edgecolor="white", linewidth=0)
        axes.annotate(_short(str(label)), (0, place - 0.08), va="center", fontsize=_SMALL, annotation_clip=False)
        share = f"  ({round(100 * n / of)} %)" if of else ""
        axes.annotate(
            _number(int(n)) + share, (most, place - 0.08), va="center", ha="right", fontsize=_SMALL, fontweight="bold"
        )
    axes.set_xlim(0, most)
    axes.set_ylim(len(rows) - 0.55, -0.4)
    axes.set_yticks([])
    axes.set_xticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)


def _height(rows: Sequence[object]) -> float:
    """Inches for a list with its title."""
    return 0.35 + 0.46 * len(rows)


def _title(axes: Axes, text: str) -> None:
    axes.set_title(text, loc="left", fontsize=_MIDDLE + 1.5, fontweight="bold", pad=8)


def _short(label: str) -> str:
    return textwrap.shorten(" ".join(label.split()), _LABEL, placeholder=" …")


def _number(n: int) -> str:
    return f"{n:,}".replace(",", "\u202f")


def _day(day: date, *, by_week: bool) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}" if by_week else f"{_DAYS[day.weekday()]}\n{day.day}"


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(json.load(sys.stdin.buffer)))
