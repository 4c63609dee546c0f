"""One run from inputs to files. Imports scipy: only for workers and commands that compute."""

from collections.abc import Callable
from datetime import date
from typing import Any

from evaluation.findings.compute import compute_report, library_versions
from evaluation.findings.inputs import Inputs, read_inputs
from evaluation.findings.kept import Told
from evaluation.findings.parts import files_over_workers, over_workers
from evaluation.models import Run
from evaluation.report.files import make_files


def compute_run(
    run: Run, *, today: date, step: Callable[[int], None], inputs: Inputs | None = None
) -> dict[str, Any]:
    """The fields of a finished run: result, hash, versions and files.

    `inputs` is what was read already, if it was.
    `step` is called with a percentage as a sign of life; it may raise to stop the work.
    Files that can't be made (a machine without Pango) don't fail the run: `files_error` says why.
    """
    if inputs is None:
        cycle = run.cycle.name if run.cycle else None
        inputs = read_inputs(run.programme, today=today, cycle_name=cycle)
    step(5)
    told = Told(inputs, seed=run.seed)
    spread = over_workers(run, meanwhile=told.prepare)
    result = compute_report(inputs, seed=run.seed, step=step, spread=spread)
    files, error = (
        make_files(run, result, step=step, spread=files_over_workers(run))
        if run.has_files
        else ({}, "")
    )
    return {
        "result": result,
        "input_hash": told.hash,
        "changes": told.keep(run),
        "versions": library_versions(),
        "files": files,
        "files_error": error,
    }
