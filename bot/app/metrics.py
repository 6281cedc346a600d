"""The state in Prometheus's text format. The library is imported when somebody first asks: most instances never do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.services.meters import LIMITS
from bot.services.state import State

if TYPE_CHECKING:
    from prometheus_client.core import Metric

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_PREFIX = "acces_droits"


def exposition(state: State) -> bytes:
    """Everything, as one page."""
    from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415 (see above)

    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector(state))
    return generate_latest(registry)


class _Collector:
    def __init__(self, state: State) -> None:
        self._state = state

    def describe(self) -> list[Metric]:
        """Nothing to ask for in advance."""
        return []

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily  # noqa: PLC0415

        state, meters = self._state, self._state.meters
        for name, text, label, counted in (
            ("messages", "Questions since the start, by outcome", "outcome", meters.outcomes),
            ("telegram_errors", "Calls that Telegram refused or did not answer", "kind", meters.telegram_errors),
            ("failures", "Errors of the program", "kind", meters.failures),
        ):
            family = CounterMetricFamily(f"{_PREFIX}_{name}", text, labels=[label])
            for key, number in sorted(counted.items()):
                family.add_metric([key], number)
            yield family
        seen, buckets = 0, []
        for limit, number in zip((*(str(limit) for limit in LIMITS), "+Inf"), meters.buckets, strict=True):
            seen += number
            buckets.append((limit, float(seen)))
        text = "From taking an update to having dealt with it"
        yield HistogramMetricFamily(f"{_PREFIX}_update_seconds", text, buckets=buckets, sum_value=meters.seconds_total)
        queues = GaugeMetricFamily(f"{_PREFIX}_waiting", "What waits at this moment", labels=["queue"])
        for key, number in sorted(state.queues.items()):
            queues.add_metric([key], number)
        yield queues
        for name, text, value in (
            ("people_waiting", "People who wait for a promised answer", state.people_waiting),
            ("cards_waiting", "Cards of the desk that wait", state.cards_waiting),
            ("knowledge_topics", "Topics in use", state.topics),
            ("knowledge_problems", "Problems that keep new knowledge out", state.knowledge_problems),
            ("storage_trouble", "1 while the database does not take what it must keep", "storage" in state.troubles),
            ("last_backup_timestamp_seconds", "When the newest backup was made",
             state.last_backup.timestamp() if state.last_backup else None),
            ("start_timestamp_seconds", "When the process started", meters.since.timestamp()),
            ("database_bytes", "Size of the database", state.database_bytes),
            ("disk_free_bytes", "Room left for it", state.free_bytes),
            ("memory_bytes", "Resident memory of the process", _memory()),
        ):  # fmt: skip
            if value is not None:
                yield GaugeMetricFamily(f"{_PREFIX}_{name}", text, value=float(value))


def _memory() -> int | None:
    """Where the system tells it."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:")), None)
