"""What the benchmarks share: areas and shares, memory of a process, a table for the docs."""

from __future__ import annotations

import ctypes
import gc
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.services.evaluation import Share

Floats = NDArray[np.float64]
MEGABYTE = 1 << 20
# One thread for every engine: a library that takes both cores would only look faster.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def area(inside: Sequence[float], outside: Sequence[float]) -> float:
    """AUROC: how often a message with a topic scores above one without; ties count half."""
    ordered = np.sort(np.asarray(outside, dtype=np.float64))
    below = np.searchsorted(ordered, inside, "left")
    ties = np.searchsorted(ordered, inside, "right") - below
    return float((below + ties / 2).sum() / (len(inside) * len(outside)))


def caught(inside: Sequence[float], outside: Sequence[float], passed: float = 0.9) -> Share:
    """Messages without a topic under the score that `passed` of those with one reach."""
    floor = float(np.quantile(np.asarray(inside), 1 - passed))
    return Share(int((np.asarray(outside) < floor).sum()), len(outside))


def resident() -> float:
    """Megabytes of memory that this process holds now, what it could give back returned first."""
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def in_fresh_process(module: str, *arguments: str, timeout: float | None = None) -> dict[str, Any]:
    """What `python -m module arguments` prints as one JSON line; nothing of other measures is in its memory."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, timeout=timeout, env={**os.environ, **_ONE_THREAD}
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def shown(share: Share) -> str:
    """A share with its interval: "0.78 [0.75–0.81]"."""
    low, high = share.interval
    return f"{share.value:.2f} [{low:.2f}–{high:.2f}]"


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A Markdown table, ready for docs/understanding.md."""
    for cells in (head, ["---"] * len(head), *rows):
        print(f"| {' | '.join(cells)} |", flush=True)
