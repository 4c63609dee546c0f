"""What a run read, kept with it, and what differs from what the run before it read."""

import gzip
import json
from collections import Counter
from functools import cached_property
from typing import Any

from evaluation.findings.inputs import Inputs, hash_of_text, text_of
from evaluation.models import Run, RunInput


class Told:
    """All rows that a run read, as one text: its hash, and the text packed to be kept.

    It takes a while to write out, so who holds the run does it while others judge (`prepare`).
    """

    def __init__(self, inputs: Inputs, *, seed: int) -> None:
        self._inputs, self._seed = inputs, seed

    @cached_property
    def _text(self) -> bytes:
        return text_of(self._inputs, seed=self._seed)

    @cached_property
    def _packed(self) -> bytes:
        return gzip.compress(self._text, compresslevel=3, mtime=0)

    @cached_property
    def hash(self) -> str:
        """The hash of the rows, rules and seed."""
        return hash_of_text(self._text)

    def prepare(self) -> None:
        """Write it out now; whoever asks later has it at once."""
        assert self.hash
        assert self._packed

    def keep(self, run: Run) -> list[dict[str, Any]]:
        """Store all rows with the run; a line for each kind that differs from the run before."""
        RunInput.objects.update_or_create(run=run, defaults={"rows": self._packed})
        earlier = RunInput.objects.filter(run__programme=run.programme_id, run__cycle=run.cycle_id)
        before = earlier.filter(run__pk__lt=run.pk).finished().order_by("-run").first()
        return differences(rows_of(before), json.loads(self._text)) if before else []


def rows_of(kept: RunInput) -> dict[str, Any]:
    """The rows that a run read, by kind."""
    return dict(json.loads(gzip.decompress(kept.rows)))


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """How many rows of each kind are new, and how many are gone or said something else.

    >>> differences({"actions": [1, 2]}, {"actions": [2, 3, 4]})
    [{'kind': 'actions', 'new': 2, 'gone': 1}]
    """
    found = []
    for kind in sorted(before.keys() | after.keys()):
        if before.get(kind) == after.get(kind):
            continue
        old, new = _counted(before.get(kind)), _counted(after.get(kind))
        if old != new:
            counts = {"new": (new - old).total(), "gone": (old - new).total()}
            found.append({"kind": kind, **counts})
    return found


def _counted(rows: Any) -> Counter[str]:
    listed = rows if isinstance(rows, list) else [] if rows is None else [rows]
    return Counter(json.dumps(row, sort_keys=True) for row in listed)
