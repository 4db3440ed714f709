"""Figures for monitoring: commands by verb and outcome, jobs by kind and outcome, how long they took, what waits."""

from collections.abc import Iterable, MutableMapping
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from core.jobs.model import Backlog

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # seconds


class Metrics:
    """The process's figures. It is a structlog processor: commands are counted as they are logged, in one place."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._commands = Counter(
            "kith_commands", "Commands that were carried out", ("verb", "outcome"), registry=self._registry
        )
        self._seconds = Histogram(
            "kith_command_seconds", "How long commands took", ("verb",), buckets=_BUCKETS, registry=self._registry
        )
        self._sent = Counter("kith_answers_sent", "Answers sent to a platform", ("outcome",), registry=self._registry)
        self._jobs = Counter("kith_jobs", "Jobs by how they ended", ("kind", "outcome"), registry=self._registry)
        self._job_seconds = Histogram(
            "kith_job_seconds", "How long jobs took", ("kind",), buckets=_BUCKETS, registry=self._registry
        )
        self._depth = Gauge("kith_jobs_depth", "Jobs that are not done", ("kind", "state"), registry=self._registry)
        self._oldest = Gauge(
            "kith_jobs_oldest_seconds", "For how long the oldest job has been due", ("kind",), registry=self._registry
        )

    def __call__(self, _logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """Counts an event and hands it on unchanged."""
        match event.get("event"):
            case "command_finished":
                verb = str(event.get("command", ""))
                self._commands.labels(verb, str(event.get("outcome", ""))).inc()
                self._seconds.labels(verb).observe(float(event.get("milliseconds", 0)) / 1000)
            case "answer_sent":
                self._sent.labels(str(event.get("outcome", ""))).inc()
            case "job_ended":
                kind, count = str(event.get("kind", "")), int(event.get("count", 1))
                self._jobs.labels(kind, str(event.get("outcome", ""))).inc(count)
                self._job_seconds.labels(kind).observe(float(event.get("milliseconds", 0)) / 1000)
            case _:
                pass
        return event

    def page(self, backlog: Iterable[Backlog], now: datetime) -> bytes:
        """The figures in Prometheus's text format, with the jobs that are not done ``now``."""
        self._depth.clear()
        self._oldest.clear()
        for figures in backlog:
            for state in ("waiting", "running", "dead"):
                self._depth.labels(figures.kind, state).set(getattr(figures, state))
            due = (now - figures.oldest).total_seconds() if figures.oldest else 0
            self._oldest.labels(figures.kind).set(due)
        return generate_latest(self._registry)
