"""Every labelled message asked once, whatever the number of workers."""

from __future__ import annotations

import fcntl
import os
import pickle

import pytest

from tests.understanding.committed import Evaluated, evaluate_all


@pytest.fixture(scope="session")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> Evaluated:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return evaluate_all()
    folder = tmp_path_factory.getbasetemp().parent  # the one that this run's workers share
    kept = folder / "understanding.pickle"
    with (folder / "understanding.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(evaluate_all()))
    found: Evaluated = pickle.loads(kept.read_bytes())  # noqa: S301 - written by this very run
    return found
