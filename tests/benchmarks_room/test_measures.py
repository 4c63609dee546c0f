"""The rule by which a figure stands out, with numbers only."""

import doctest
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from benchmarks import periods, protection
from benchmarks.domain import indicators
from benchmarks.measures import robust, standing
from benchmarks.measures.robust import Rule, median_deviation, place_among
from benchmarks.measures.standing import judge

numbers = st.integers(-1000, 1000)
groups = st.lists(numbers, min_size=1, max_size=30).map(sorted)
scales = st.sampled_from([1, 2, 4, 10])


def test_what_the_documentation_of_the_measures_says_is_so():
    for module in (robust, standing, periods, protection, indicators):
        found = doctest.testmod(module)
        assert found.attempted and not found.failed, module.__name__


@given(groups, numbers)
def test_the_quick_median_deviation_is_the_median_deviation(ordered, middle):
    assert median_deviation(ordered, middle) == median(abs(x - middle) for x in ordered)


@given(groups, numbers, numbers, scales)
def test_another_zero_or_unit_changes_nothing(others, value, shift, scale):
    plain = place_among(value, others)
    moved = place_among(value * scale + shift, [x * scale + shift for x in others])
    assert (plain.rule, plain.below, plain.equal, plain.side, plain.stands_out) == (
        moved.rule,
        moved.below,
        moved.equal,
        moved.side,
        moved.stands_out,
    )


@given(groups, numbers)
def test_upside_down_it_lies_as_far_on_the_other_side(others, value):
    plain = place_among(value, others)
    mirrored = place_among(-value, sorted(-x for x in others))
    assert (mirrored.stands_out, mirrored.side) == (plain.stands_out, -plain.side)
    assert (mirrored.below, mirrored.above) == (plain.above, plain.below)
    assert mirrored.strength == plain.strength


@given(groups, numbers, st.integers(1, 500))
def test_further_from_the_middle_never_stands_out_less(others, value, step):
    plain = place_among(value, others)
    if plain.stands_out:
        assert place_among(value + step * plain.side, others).stands_out


@given(groups)
def test_the_middle_itself_never_stands_out(others):
    place = place_among(median(others), others)
    assert not place.stands_out and place.side == 0


def test_too_few_are_not_judged_and_a_small_group_goes_by_rank():
    assert place_among(99, [1, 2]).rule == Rule.TOO_FEW
    assert not place_among(99, [1, 2]).stands_out
    assert place_among(99, [1, 2, 3]).rule == Rule.RANK


def test_a_tie_in_more_than_half_of_the_group_is_no_reason_to_call_everything_far():
    others = [5.0] * 9 + [6.0, 4.0, 7.0]
    near, far = place_among(5.5, others), place_among(9.0, others)
    assert (near.rule, near.stands_out, far.stands_out) == (Rule.MEAN_DEVIATION, False, True)
    assert place_among(5.1, [5.0] * 12).rule == Rule.SAME


def test_an_organisation_does_not_hide_behind_its_own_weight():
    histories = {n: [("2024", 10.0 + n % 3)] for n in range(9)} | {"own": [("2024", 19.0)]}
    found = judge(histories, better="lower")
    assert found["own"].group.n == 9
    assert [key for key, each in found.items() if each.group.stands_out] == ["own"]


def test_who_has_no_figure_for_the_period_is_not_among_the_others():
    histories = {
        "late": [("2023", 8.0)],
        "own": [("2023", 8.0), ("2024", 5.0)],
        "other": [("2024", 6.0)],
    }
    found = judge(histories, better="higher")
    assert (found["own"].group.n, found["late"].group.n) == (1, 1)
    assert found["late"].period == "2023"


def test_the_best_quarter_is_measured_by_the_spread_of_all():
    histories = {n: [("2024", float(n))] for n in range(1, 41)}
    found = judge(histories, better="higher", best_quarter=True)
    assert found[20].group.n == 10
    assert found[20].group.middle == 35.5
    assert not found[25].group.stands_out, "ordinary, though far outside the best quarter itself"
    assert judge(histories, better="neutral", best_quarter=True)[20].group.n == 0


def test_groups_compare_only_within_and_who_is_of_no_group_is_alone():
    histories = {n: [("2024", float(n))] for n in range(6)}
    found = judge(histories, better="lower", group_of={0: "a", 1: "a", 2: "a", 3: "b"})
    assert [found[n].group.n for n in range(6)] == [2, 2, 2, 0, 0, 0]
