"""A small result of a run, as the worker would compute it."""

from unittest import mock

from evaluation.findings import compute
from evaluation.findings.inputs import read_inputs


def result_of(programme, *, today=None, resamples=99):
    """The result for a programme as it stands, with few resamples: quick, the shape is the same."""
    import datetime as dt

    from evaluation.domain import associations
    from evaluation.measures import association

    def quick(function):
        return lambda *args, **named: function(*args, **named, resamples=resamples)

    with (
        mock.patch.object(
            associations, "ordinal_association", quick(association.ordinal_association)
        ),
        mock.patch.object(
            associations, "nominal_association", quick(association.nominal_association)
        ),
    ):
        inputs = read_inputs(programme, today=today or dt.date(2026, 6, 1))
        return compute.compute_report(inputs)
