"""What the bot counts of its own work, for Prometheus; and what it costs when nobody asks: nothing."""

from collections.abc import Callable
from datetime import datetime

# A press must be answered within 3 s; most are within 10 ms.
_ANSWER_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5)
_LAG_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)


class Metrics:
    """Counts nothing. A bot without ``OSTINATO_HTTP_PORT`` has this one."""

    def __init__(self) -> None:
        self.daily_run_at: datetime | None = None

    def daily_ran(self, at: datetime) -> None:
        """The loop of daily picks has looked at what is due."""
        self.daily_run_at = at

    def answered(self, name: str, outcome: str, seconds: float) -> None:
        """A command or press was dealt with: ``done``, ``not found``, ``refused``, ``late`` or ``failed``."""

    def search_missed(self) -> None:
        """Somebody looked for what is not there."""

    def reconnected(self, how: str) -> None:
        """The gateway came back: ``resumed`` nothing missed, ``anew`` with a new session."""

    def lagged(self, seconds: float) -> None:
        """The event loop came so much later than it was asked to."""


class PrometheusMetrics(Metrics):
    """Counts in a registry of its own. Its library is imported here, for only some bots need it."""

    def __init__(self, version: str) -> None:
        import prometheus_client as client  # noqa: PLC0415 - see above

        super().__init__()
        self._render = client.generate_latest
        self.content_type = client.CONTENT_TYPE_LATEST
        registry = self.registry = client.CollectorRegistry()
        client.ProcessCollector(registry=registry)
        client.Info("ostinato_build", "This program.", registry=registry).info({"version": version})
        self._answers = client.Histogram(
            "ostinato_interaction_seconds",
            "From arrival to the end of a command or press.",
            ("name", "outcome"),
            buckets=_ANSWER_BUCKETS_S,
            registry=registry,
        )
        self._lag = client.Histogram(
            "ostinato_loop_lag_seconds", "Lateness of the event loop.", buckets=_LAG_BUCKETS_S, registry=registry
        )
        self._misses = client.Counter("ostinato_search_misses", "Searches without a hit.", registry=registry)
        self._reconnects = client.Counter(
            "ostinato_gateway_reconnects", "Returns of the gateway.", ("how",), registry=registry
        )

    def gauge(self, name: str, meaning: str, value: Callable[[], float]) -> None:
        """A figure that is looked up whenever somebody asks."""
        from prometheus_client import Gauge  # noqa: PLC0415 - as above

        Gauge(f"ostinato_{name}", meaning, registry=self.registry).set_function(value)

    def gauges(self, name: str, meaning: str, label: str) -> Callable[[dict[str, int]], None]:
        """Figures told apart by a label; returns what sets them all anew."""
        from prometheus_client import Gauge  # noqa: PLC0415 - as above

        family = Gauge(f"ostinato_{name}", meaning, (label,), registry=self.registry)

        def put(values: dict[str, int]) -> None:
            family.clear()
            for key, value in values.items():
                family.labels(key).set(value)

        return put

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return self._render(self.registry)

    def answered(self, name: str, outcome: str, seconds: float) -> None:
        self._answers.labels(name, outcome).observe(seconds)

    def search_missed(self) -> None:
        self._misses.inc()

    def reconnected(self, how: str) -> None:
        self._reconnects.labels(how).inc()

    def lagged(self, seconds: float) -> None:
        self._lag.observe(seconds)
