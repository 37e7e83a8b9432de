"""Figures for Prometheus: what is counted as it happens, and what is looked up when asked for."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from ..config import VERSION
from ..core.mail import TRIES, Mail
from ..core.pump import on_beat, pump
from ..extensions import db
from . import pulse

# The moment each began to be counted would be as much again, and is asked for by nobody.
disable_created_metrics()  # type: ignore[no-untyped-call]
EDGES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
OURS = CollectorRegistry()
REQUESTS = Counter(
    "smartby_requests", "Answers by page, verb and status", ("route", "method", "status"),
    registry=OURS,
)  # fmt: skip
SECONDS = Histogram(
    "smartby_request_seconds", "Time until the answer", ("route",), buckets=EDGES, registry=OURS
)
SLOW = Counter("smartby_slow_queries", "Statements over SMARTBY_SLOW_QUERY_MS", registry=OURS)
SOCKETS = Gauge(
    "smartby_sockets", "Open pages that follow something live",
    registry=OURS, multiprocess_mode="livesum",
)  # fmt: skip
UNSENT = select(func.count()).select_from(Mail).where(Mail.sent_at.is_(None))


@on_beat
def count_sockets() -> None:
    """Count this process's sockets, once a second."""
    SOCKETS.set(len(pump.sids))


class Present(Collector):
    """What is true at the moment of asking, whichever process is asked."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the figures."""
        yield _labelled("smartby_version", "The version that runs", ("version",), (VERSION,), 1)
        waiting = db.session.scalar(UNSENT.where(Mail.tries < TRIES)) or 0
        given_up = db.session.scalar(UNSENT.where(Mail.tries >= TRIES)) or 0
        yield GaugeMetricFamily("smartby_mail_waiting", "Mails that wait", value=waiting)
        yield GaugeMetricFamily("smartby_mail_given_up", "Mails not to be sent", value=given_up)
        for what in (pulse.JOBS, pulse.BACKUP):
            seen = pulse.last(what)
            if seen is not None:
                name, text = f"smartby_{what}_age_seconds", f"Time since the last sign of {what}"
                yield GaugeMetricFamily(name, text, value=seen.age.total_seconds())


def page() -> bytes:
    """Write all figures in Prometheus' text format; of all workers, where there are several."""
    shown = CollectorRegistry()
    if current_app.config["METRICS_FOLDER"]:
        MultiProcessCollector(shown)  # type: ignore[no-untyped-call]
        return generate_latest(shown) + _present()
    return generate_latest(OURS) + _present()


def _present() -> bytes:
    registry = CollectorRegistry()
    registry.register(Present())
    return generate_latest(registry)


def _labelled(
    name: str, text: str, names: tuple[str, ...], values: tuple[str, ...], value: float
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=names)
    family.add_metric(values, value)
    return family
