"""What the server counts, for Prometheus. Labels are few and never from outside."""

import os
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

REGISTRY: Final = CollectorRegistry(auto_describe=True)
# Classes of requests and what each may take, in seconds; slow has no limit.
CLASSES: Final = (("fast", 0.050), ("normal", 0.200))
REQUESTS: Final = Counter(
    "midsdesk_requests", "Requests answered", ["method", "route", "status"], registry=REGISTRY
)
SECONDS: Final = Histogram(
    "midsdesk_request_seconds",
    "Time from the first byte in to the last byte out",
    ["route"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
    registry=REGISTRY,
)
SPEED: Final = Counter(
    "midsdesk_request_class",
    "Requests by class: fast (under 50 ms), normal (under 200 ms), slow",
    ["route", "speed"],
    registry=REGISTRY,
)
CACHE: Final = Counter(
    "midsdesk_cache",
    "Look-ups by the level that answered: l1, l2, l3, or waited for another's look-up",
    ["kind", "level"],
    registry=REGISTRY,
)
SOCKETS: Final = Gauge(
    "midsdesk_sockets", "Open sockets", multiprocess_mode="livesum", registry=REGISTRY
)
ALERTS: Final = Counter(
    "midsdesk_alerts", "What an operator should know", ["of"], registry=REGISTRY
)
LIMITED: Final = Counter(
    "midsdesk_limited", "Requests refused by a limit", ["of"], registry=REGISTRY
)
CHANNEL: Final = Gauge(
    "midsdesk_channel_up",
    "Workers that hear each other",
    multiprocess_mode="livesum",
    registry=REGISTRY,
)


def speed_of(seconds: float) -> str:
    """The class of a request that took so long."""
    return next((name for name, limit in CLASSES if seconds < limit), "slow")


def exposition() -> bytes:
    """All of it as Prometheus reads it, of all workers of this machine."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        everyone = CollectorRegistry()
        MultiProcessCollector(everyone)  # type: ignore[no-untyped-call]
        return generate_latest(everyone)
    return generate_latest(REGISTRY)
