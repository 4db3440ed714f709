"""Figures for monitoring: commands by verb and outcome, how long they took, deliveries that wait."""

from collections.abc import MutableMapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

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
        self._waiting = Gauge("kith_deliveries_waiting", "Jobs not finished and not given up", registry=self._registry)

    def __call__(self, _logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """Counts an event and hands it on unchanged."""
        match event.get("event"):
            case "command_finished":
                verb = str(event.get("command", ""))
                self._commands.labels(verb, str(event.get("outcome", ""))).inc()
                self._seconds.labels(verb).observe(float(event.get("milliseconds", 0)) / 1000)
            case "answer_sent":
                self._sent.labels(str(event.get("outcome", ""))).inc()
            case _:
                pass
        return event

    def page(self, waiting: int) -> bytes:
        """The figures in Prometheus's text format; ``waiting`` jobs are unfinished now."""
        self._waiting.set(waiting)
        return generate_latest(self._registry)
