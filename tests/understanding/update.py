"""Rewrites the committed figures and the known failures, and prints what changed.

    python -m tests.understanding.update [--show] [--accept]

`--show` writes nothing. When a figure got worse than it may, or the list of known failures grew, nothing is written
either (exit 1), unless `--accept` says that it is meant.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tests.understanding.committed import (
    Committed,
    evaluate_all,
    failures,
    figures,
    new_failures,
    read_committed,
    regressions,
    stale,
    write_committed,
)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.understanding.update", description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what changed, write nothing")
    parser.add_argument("--accept", action="store_true", help="write even what got worse")
    options = parser.parse_args(arguments)
    committed, sets = read_committed(), evaluate_all().sets
    count, worse = len(failures(sets)), list(regressions(committed, sets))
    for name, report in sets.items():
        for measure, share in figures(report)["tous"].items():
            before = committed.figures.get(name, {}).get("tous", {}).get(measure)
            was = f"  (was {before.value:.3f})" if before else ""
            _say(f"{name:<10} {measure:<13} {share.value:.3f}{was}")
    if committed.figures:
        _list("Worse than may be", worse)
        _list("Fail now, and are not in the file", new_failures(committed, sets))
        _list("Fail no more", [failure.text for failure in stale(committed, sets)])
    _say(f"{count} known failures (was {committed.count})")
    if options.show:
        return 0
    if _refused(committed, count, worse) and not options.accept:
        _say("Nothing is written: it got worse. Mend it, or run again with --accept.")
        return 1
    write_committed(sets)
    return 0


def _refused(committed: Committed, count: int, worse: list[str]) -> bool:
    return bool(committed.figures) and (count > committed.count or bool(worse))


def _list(title: str, lines: Sequence[str]) -> None:
    if lines:
        _say(f"{title}: {len(lines)}")
        for line in lines:
            _say(f"  - {line}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
