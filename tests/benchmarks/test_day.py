"""What the mixed day tells: the ratio that is asked, and what was acknowledged and isn't there."""

import pytest

from tests.benchmarks.day import told

CPU = {"web": 2.0, "web-survey": 1.0, "worker-mail-1": 0.0, "postgres": 0.5}


def found(times, **more):
    """What `people` found in ten seconds."""
    many = sum(map(len, times.values()))
    surveys = sum(len(each) for name, each in times.items() if name.startswith("survey:"))
    more = {"errors": [], "responses": 3, "runs": 0, "cpu": CPU} | more
    told = {"times": times, "requests": many, "survey_requests": surveys, "seconds": 10.0}
    return told | more


@pytest.fixture
def idle():
    return found({"survey: open": [10.0] * 50, "survey: page 1": [20.0] * 50})


def test_respondents_are_compared_at_the_95th_percentile_of_all_their_requests(idle):
    times = {"survey: open": [10.0] * 50, "survey: page 1": [30.0] * 50, "action: mine": [90.0] * 9}
    head, together, *single = told.request_rows(idle, found(times))
    assert together[0] == "survey, all"
    assert together[head.index("p95 ratio")] == "1.50"
    assert together[head.index("at most")] == "2"
    assert [row[0] for row in single] == ["survey: open", "survey: page 1", "action: mine"]
    assert single[-1][head.index("p95 ratio")] == "-"


def test_a_survey_that_waits_for_the_rest_of_the_day_is_told(idle):
    slow = found({"survey: open": [10.0] * 50, "survey: page 1": [60.0] * 50})
    head, together, *_single = told.request_rows(idle, slow)
    assert together[head.index("at most")] == "2 NO"


def test_each_part_tells_what_one_request_costs(idle):
    times = {"survey: open": [1.0] * 20, "action: mine": [1.0] * 5}
    head, alone, everybody = told.summary_rows(idle, found(times))
    assert alone[head.index("web ms/request")] == "-"
    assert alone[head.index("survey ms/request")] == "10.0"
    assert everybody[head.index("web ms/request")] == "400.0"
    assert everybody[head.index("survey ms/request")] == "50.0"
    assert everybody[head.index("postgres ms/request")] == "20.0"
    assert told.process_rows(idle, idle, {"web": 210.4})[1] == ["web", "20%", "20%", "210"]


@pytest.mark.parametrize(
    ("acknowledged", "stored", "same"),
    [
        (7, 7, "yes"),
        (7, 6, "NO"),
        (["Do a", "Do b"], ["Do a", "Do a"], "NO"),  # one doubled, one lost: as many, not the same
        ({"1": "said"}, {"1": "said before"}, "NO"),
    ],
)
def test_what_was_acknowledged_must_be_what_is_stored(acknowledged, stored, same):
    assert told.kept_row("actions", acknowledged, stored)[-1] == same
