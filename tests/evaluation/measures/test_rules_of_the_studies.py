"""Support, involvement and learning, rule by rule as domain.md gives them."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.measures.correction import holm
from evaluation.measures.involvement import involved
from evaluation.measures.learning import LEARNING_LEVELS, agenda_learning, level_of
from evaluation.measures.support import (
    DECISIONS,
    MOTIVES,
    SUPPORT_LEVELS,
    support_decision,
    support_level,
)


@pytest.mark.parametrize(
    ("decided_by", "others", "contact", "expected"),
    [
        ("manager", "no", "no", "moderate"),
        ("contact", "no", "n/a", "moderate"),
        ("manager", "yes", "no", "sufficient"),
        ("manager", "yes", "yes", "ample"),
        ("contact", "yes", "n/a", "ample"),
        ("manager", "no", "yes", "ample"),
        ("manager", "yes", None, None),
        ("contact", None, "n/a", None),
        (None, "no", "no", "moderate"),
        (None, "yes", "yes", "ample"),
        (None, "yes", "no", None),
        (None, None, None, None),
    ],
)
def test_the_decision(decided_by, others, contact, expected):
    assert support_decision(decided_by, others, contact) == expected


@pytest.mark.parametrize(
    ("decision", "motive", "expected"),
    [
        ("moderate", "learning", "moderate"),
        ("moderate", "other", "moderate"),
        ("sufficient", "learning", "much"),
        ("ample", "learning", "much"),
        ("sufficient", "automatism", "sufficient"),
        ("ample", "comparing", "sufficient"),
        ("moderate", None, "moderate"),
        ("ample", None, None),
        (None, "other", None),
        (None, None, None),
    ],
)
def test_the_level_of_support(decision, motive, expected):
    assert support_level(decision, motive) == expected


@pytest.mark.parametrize("rule", SUPPORT_LEVELS)
def test_the_open_rule_concerns_a_learning_motive_with_a_moderate_decision_alone(rule):
    for decision, motive in product(DECISIONS, MOTIVES):
        level = support_level(decision, motive, learning_with_moderate=rule)
        if (decision, motive) == ("moderate", "learning"):
            assert level == rule
        else:
            assert level == support_level(decision, motive)


def test_under_another_rule_an_unknown_motive_matters():
    assert support_level("moderate", None, learning_with_moderate="much") is None


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        (["yes", None, "no"], "yes"),
        (["no", "n/a"], "no"),
        (["no", None], None),
        (["n/a"], None),
        ([], None),
    ],
)
def test_involvement(phases, expected):
    assert involved(phases) == expected


@given(st.integers(0, 40))
def test_more_experiences_never_make_a_lower_level(number):
    first, second = level_of(number), level_of(number + 1)
    assert LEARNING_LEVELS.index(first) <= LEARNING_LEVELS.index(second)


def test_there_is_no_negative_number_of_experiences():
    with pytest.raises(ValueError, match="never negative"):
        level_of(-1)


def test_an_audience_counts_once_for_own_and_once_for_general_results():
    told = [("alderman", "own_results")] * 3 + [("alderman", "general_results")]
    assert agenda_learning(told) == 2


def test_holm_on_its_textbook_example():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm([1.2])


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_never_lowers_a_p_and_keeps_their_order(values):
    adjusted = holm(values)
    assert all(after >= before for before, after in zip(values, adjusted, strict=True))
    assert all(after <= 1 for after in adjusted)
    in_order = [after for _before, after in sorted(zip(values, adjusted, strict=True))]
    assert in_order == sorted(in_order)
