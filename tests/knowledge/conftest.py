"""The real base, read once; and a small valid one to break."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.knowledge import Knowledge
from bot.knowledge_base.loader import inspect_knowledge
from bot.knowledge_base.problems import Problem
from tests.knowledge.loopback_web import state, transport
from tests.knowledge.small_base import SmallBase

__all__ = ["state", "transport"]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def inspected() -> tuple[Knowledge, list[Problem]]:
    """The base that the package ships, with what the check says of it."""
    knowledge, problems = inspect_knowledge(ROOT / "knowledge")
    assert knowledge is not None
    return knowledge, problems


@pytest.fixture
def base(tmp_path: Path) -> SmallBase:
    return SmallBase(tmp_path)
