"""A programme whose report takes a while to resample, for the workers to compute."""

import hashlib
import json

import numpy as np

from benchmarks.models import Programme
from evaluation.domain.runs import make_report, request_run
from evaluation.models import Run
from tests.evaluation.made import DONE, add_action, add_figures, add_indicator, programme_of

ORGANISATIONS, INDICATORS = 100, 16
YEARS = tuple(str(2016 + number) for number in range(8))


def make() -> None:
    """As many parts as indicators and more, each of some tenths of a second."""
    rng = np.random.default_rng(9)

    def figures() -> list[list[float]]:
        level = rng.normal(50, 8, ORGANISATIONS)[:, None]
        return (level + rng.normal(0, 2, (ORGANISATIONS, len(YEARS)))).tolist()

    programme = programme_of(figures(), years=YEARS, acted=range(ORGANISATIONS // 2))
    places = [p.organisation for p in programme.cycles.get().participations.order_by("pk")]
    for number in range(1, INDICATORS):
        indicator, definition = add_indicator(programme, f"other{number}")
        for place, row in enumerate(figures()):
            add_figures(indicator, definition, places[place], YEARS, row)
            if (place + number) % 2:
                add_action(programme, indicator, places[place], DONE)


def undisturbed() -> None:
    """Print the hash of the result that is computed here and now, and forget it."""
    run, _new = make_report(_programme(), with_files=False)
    told()
    run.delete()


def ask() -> None:
    """Ask the workers for the same."""
    request_run(_programme())
    Run.objects.update(has_files=False)


def told() -> None:
    """Print the hash of the finished run's result, and which attempt it was."""
    run = Run.objects.get()
    text = json.dumps(run.result, sort_keys=True)
    print(hashlib.sha256(text.encode()).hexdigest(), run.state, run.attempt)


def _programme() -> Programme:
    return Programme.objects.get()
