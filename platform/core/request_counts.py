"""How many requests there were and how long they took, counted for Prometheus.

Counts of all web processes of a container stand together in files in METRICS_FOLDER, so that
whichever process is asked tells of all of them. Only what kind of page it was and how it ended is
counted: an address can be somebody's key. Without a token for the metrics nothing is counted.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

LANES = {"/s/": "survey", "/i/": "booking", "/static/": "static"}
SITE = "site"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds."""


class CountRequests:
    """Counts each request; the costs are some millionths of a second."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        # The library looks where to count when it is imported, and never again.
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", settings.METRICS_FOLDER)
        Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(parents=True, exist_ok=True)
        from prometheus_client import Counter, Histogram  # noqa: PLC0415

        # In no registry: what stands in the files is read, by whichever process is asked.
        took = Histogram(
            "benchlearn_request_seconds",
            "How long requests took.",
            ["lane"],
            buckets=BUCKETS,
            registry=None,
        )
        self.took = {lane: took.labels(lane).observe for lane in (*LANES.values(), SITE)}
        self.ended = Counter(
            "benchlearn_requests", "How many requests ended how.", ["lane", "status"], registry=None
        ).labels

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        path = request.path_info
        lane = LANES.get(path[: path.find("/", 1) + 1], SITE)
        self.took[lane](time.perf_counter() - began)
        self.ended(lane, f"{response.status_code // 100}xx").inc()
        return response
