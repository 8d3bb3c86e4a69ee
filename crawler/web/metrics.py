"""What is told to Prometheus, made from the store alone: the same whoever serves it, the daemon or a server beside it.

Totals go on over restarts (`crawler.tally`). Labels come from small vocabularies; channels are named as sources.yaml
names them. No address, title or secret is in any of it.
"""

from collections.abc import Iterable, Mapping
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from crawler import __version__
from crawler.health import Complaint, Vitals
from crawler.model import value
from crawler.tally import SECONDS, Key
from storage.tallies import Stored

_BOUNDS = (*(f"{each:g}" for each in SECONDS), "+Inf")


@value
class Measured:
    """All that is told."""

    vitals: Vitals
    complaints: tuple[Complaint, ...]
    stored: Stored
    totals: Mapping[Key, float]
    database_bytes: int | None


class Report(Collector):
    """What was measured, as families of metrics."""

    def __init__(self, measured: Measured) -> None:
        self._measured = measured

    def collect(self) -> Iterable[Metric]:
        """Every family."""
        told = self._measured
        yield InfoMetricFamily("crawler_build", "The program's version.", {"version": __version__})
        yield from _work(told.totals)
        yield from _health(told.vitals, told.complaints)
        yield from _outbox(told.vitals)
        yield from _stored(told.stored)
        if told.database_bytes is not None:
            yield GaugeMetricFamily("crawler_database_bytes", "Size of the database.", told.database_bytes)


def _work(totals: Mapping[Key, float]) -> Iterable[Metric]:
    yield _counter("crawler_checks", "Checks of pages, by outcome.", ["outcome"], totals, "checks")
    requests = "Requests to portals, robots.txt included, by class of host and of answer (none: it failed)."
    yield _counter("crawler_requests", requests, ["hosts", "answer"], totals, "requests")
    received = "Bytes of the answers' bodies, unpacked."
    yield _counter("crawler_received_bytes", received, ["hosts"], totals, "received_bytes")
    yield _counter("crawler_deliveries", "Attempts to deliver alerts, by result.", ["result"], totals, "deliveries")
    yield _histogram(totals)


def _counter(family: str, said: str, labels: list[str], totals: Mapping[Key, float], name: str) -> Metric:
    metric = CounterMetricFamily(family, said, labels=labels)
    for (total, values), amount in sorted(totals.items()):
        if total == name:
            metric.add_metric(values.split(","), amount)
    return metric


def _histogram(totals: Mapping[Key, float]) -> Metric:
    said = "Time from the request to the end of its answer, its turn not counted, by class of host."
    metric = HistogramMetricFamily("crawler_request_seconds", said, labels=["hosts"])
    for hosts in sorted(labels for name, labels in totals if name == "request_seconds_sum"):
        counts = [totals.get(("request_seconds_bucket", f"{hosts},{bound}"), 0) for bound in _BOUNDS]
        buckets = list(zip(_BOUNDS, accumulate(counts), strict=True))
        metric.add_metric([hosts], buckets, totals["request_seconds_sum", hosts])
    return metric


def _health(vitals: Vitals, found: Iterable[Complaint]) -> Iterable[Metric]:
    yield _gauge("crawler_complaints", "What is past a limit of health; 0: all is well.", len(list(found)))
    if vitals.ticked_at is not None:
        age = (vitals.at - vitals.ticked_at).total_seconds()
        yield _gauge("crawler_tick_age_seconds", "Since the daemon last went through its schedule.", age)
    late = vitals.late
    yield _gauge("crawler_overdue_checks", "Checks that should have been made by now.", late.checks if late else 0)
    lag = (vitals.at - late.since).total_seconds() if late else 0
    yield _gauge("crawler_overdue_seconds", "By how much the oldest of them is late.", lag)
    yield _gauge("crawler_sources", "Sources that are watched.", vitals.sources)
    yield _gauge("crawler_sources_failing", "Those that are told to fail.", len(vitals.failing))
    yield _gauge("crawler_channels_failing", "Channels that fail.", len(vitals.channels))


def _outbox(vitals: Vitals) -> Iterable[Metric]:
    pending = GaugeMetricFamily("crawler_outbox_pending", "Deliveries that wait.", labels=["channel"])
    age = "Since the oldest of them should have been delivered."
    oldest = GaugeMetricFamily("crawler_outbox_oldest_seconds", age, labels=["channel"])
    for each in vitals.waiting:
        pending.add_metric([each.channel], each.deliveries)
        oldest.add_metric([each.channel], max(0.0, (vitals.at - each.since).total_seconds()))
    yield from (pending, oldest)
    yield _gauge("crawler_outbox_dead", "Deliveries that were given up.", vitals.dead)


def _stored(stored: Stored) -> Iterable[Metric]:
    pages = GaugeMetricFamily("crawler_pages", "Watched pages, by their last outcome.", labels=["outcome"])
    for outcome, count in sorted(stored.pages.items()):
        pages.add_metric([outcome], count)
    alerts = CounterMetricFamily("crawler_alerts", "Alerts that were raised, by type.", labels=["type"])
    for kind, count in sorted(stored.alerts.items()):
        alerts.add_metric([kind], count)
    said = "Deliveries in the outbox, by channel and state."
    deliveries = GaugeMetricFamily("crawler_outbox_deliveries", said, labels=["channel", "state"])
    for labels, count in sorted(stored.deliveries.items()):
        deliveries.add_metric(labels, count)
    yield from (pages, alerts, deliveries)
    yield CounterMetricFamily("crawler_versions", "Versions of pages.", stored.versions)
    yield CounterMetricFamily("crawler_changes", "Changes of pages.", stored.changes)
    yield _gauge("crawler_targets", "Targets of the newest versions.", stored.targets)
    yield _gauge("crawler_unindexed", "Versions that the search does not know yet.", stored.unindexed)


def _gauge(name: str, said: str, amount: float) -> Metric:
    return GaugeMetricFamily(name, said, amount)
