"""How far chains reach and how long actions take, counted by hand; and long series."""

import datetime as dt
from itertools import count

import numpy as np
import pytest

from evaluation.findings.follow_up import links, time_to_done
from evaluation.report.changed_words import changed_words
from learningcircles.evidence import ActionRow
from tests.evaluation.made import programme_of
from tests.evaluation.results import result_of

FIRST = dt.date(2024, 1, 1)
NUMBERS = count(1)


def action(*, done=None, dropped=None, agreed=0, **more):
    """An action agreed and finished so many days after the first."""

    def on(days):
        return None if days is None else FIRST + dt.timedelta(days=days)

    finished = "done" if done is not None else "dropped" if dropped is not None else "agreed"
    row = {
        "id": next(NUMBERS),
        "organisation_id": 1,
        "cycle_id": None,
        "status": finished,
        "horizon": "short",
        "agreed_on": on(agreed),
        "due": None,
        "original_due": None,
        "done_on": on(done),
        "dropped_on": on(dropped),
        "has_owner": False,
        "session_id": None,
        "signal_id": None,
        "figure_id": None,
        "indicator_id": None,
    }
    return ActionRow(**(row | more))


def test_each_link_is_of_those_that_have_the_one_before_it():
    owned = {"has_owner": True, "due": FIRST}
    rows = [
        action(figure_id=1, session_id=1, done=5, **owned),
        action(figure_id=1, signal_id=1, **owned),
        action(figure_id=1, session_id=1),
        action(session_id=1, done=5, **owned),
        action(agreed=None),
    ]
    found = links(rows)
    assert [each["of_all"]["count"] for each in found] == [4, 3, 3, 2, 1]
    assert [each["of_previous"]["share"] for each in found] == [1.0, 0.75, 1.0, 0.666667, 0.5]
    assert found[-1]["of_all"]["interval"] == [0.0455873, 0.699358]  # Wilson, 1 of 4


def test_what_is_open_counts_as_long_as_it_ran():
    """Done after 10 and 40 days, dropped after 20, open for 100: 3/4 left, then half of that."""
    rows = [action(done=10), action(done=40), action(dropped=20), action(), action(agreed=100)]
    found = time_to_done(rows)
    assert (found["n"], found["done"], found["until"]) == (5, 2, "2024-04-10")
    # At 10 days four were at risk (the one of that day was there for none): 3/4; at 40 two: 3/8.
    assert [each["share"] for each in found["open_after"]] == [0.75, 0.375]
    assert [each["days"] for each in found["open_after"]] == [30, 90]
    assert found["median"] == 40
    assert time_to_done([action(agreed=None)]) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("periods", "is_long"), [(7, False), (8, True)])
def test_a_series_of_eight_periods_is_looked_at_as_interrupted(monkeypatch, periods, is_long):
    monkeypatch.setattr("evaluation.findings.compute.RESAMPLES", 99)
    monkeypatch.setattr("evaluation.findings.backing.RESAMPLES", 99)
    rng = np.random.default_rng(2)
    values = rng.normal(50, 8, 12)[:, None] + rng.normal(0, 1, (12, periods))
    values[:6, 4:] += 5
    years = tuple(str(2018 + each) for each in range(periods))
    [row] = result_of(programme_of(values.tolist(), years=years, acted=range(6)))["improvement"]
    assert ("interrupted" in row["sensitivity"]) == is_long
    assert set(row["sensitivity"]) >= {"without_one", "no_gaps", "undisputed", "same_definition"}
    if is_long:
        assert 2 < row["sensitivity"]["interrupted"] < 8


def test_what_changed_since_the_run_before_is_told_by_kind():
    changes = [{"kind": "actions", "new": 2, "gone": 1}, {"kind": "format", "new": 1, "gone": 1}]
    assert len(changed_words(changes)) == 1
    assert "2" in changed_words(changes)[0]
