"""Nobody works out a few respondents from breakdowns that are shown beside one another."""

import doctest
import itertools

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.disclosure import algebra, breakdowns, find_leak, protect_breakdowns

MINIMUM = 5
ORGANISATIONS, ROLES, DEPARTMENTS = "ABCD", ("p", "m"), ("x", "y", "z", "")
cells_of_two = st.dictionaries(
    st.tuples(st.sampled_from(ORGANISATIONS), st.sampled_from(ROLES)),
    st.integers(1, 12),
    min_size=1,
    max_size=8,
)
cells_of_three = st.dictionaries(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(ROLES), st.sampled_from(DEPARTMENTS)),
    st.integers(1, 7),
    min_size=1,
    max_size=10,
)


def rank(rows):
    return 0 if not len(rows) else int(np.linalg.matrix_rank(np.array(rows, dtype=float)))


def attack(cells, shown):
    """By trying every small set of respondents: can a combination of the sums tell of them only?

    It can when the other respondents leave a combination free: the rank drops without them.
    """
    names = list(cells)
    columns = [[1, *(int(cell[number] == group) for number, group in shown)] for cell in names]
    whole = rank(columns)
    small = [i for i, name in enumerate(names) if cells[name] < MINIMUM]
    for size in range(1, MINIMUM):
        for some in itertools.combinations(small, size):
            if sum(cells[names[i]] for i in some) >= MINIMUM:
                continue
            if rank([c for i, c in enumerate(columns) if i not in some]) < whole:
                return {names[i] for i in some}
    return set()


@settings(max_examples=250, deadline=None)
@given(st.one_of(cells_of_two, cells_of_three))
@example({("A", "p"): 6, ("A", "m"): 1, ("B", "m"): 5})
@example({("A", "p"): 4, ("A", "m"): 4, ("B", "p"): 4, ("B", "m"): 4})
def test_no_combination_of_what_is_shown_tells_of_a_few(cells):
    shown = protect_breakdowns(cells, MINIMUM)
    if shown is None:
        assert sum(cells.values()) < MINIMUM
        return
    assert attack(cells, sorted(shown, key=str)) == set()
    for number, group in shown:
        assert sum(n for cell, n in cells.items() if cell[number] == group) >= MINIMUM


@settings(max_examples=150, deadline=None)
@given(st.one_of(cells_of_two, cells_of_three), st.data())
def test_the_search_finds_what_trying_everything_finds(cells, data):
    """It may be over-careful for want of steps, which cells as few as these never are."""
    groups = sorted({(n, group) for cell in cells for n, group in enumerate(cell)}, key=str)
    shown = data.draw(st.lists(st.sampled_from(groups), unique=True))
    if sum(cells.values()) >= MINIMUM:
        assert bool(find_leak(cells, shown, MINIMUM)) == bool(attack(cells, shown))


@settings(max_examples=100, deadline=None)
@given(cells_of_two, st.sets(st.sampled_from(ORGANISATIONS)))
def test_hidden_groups_without_respondents_are_never_known_to_be_empty(cells, invited):
    shown = protect_breakdowns(cells, MINIMUM, expected=[invited]) or set()
    seen = {group for number, group in shown if number == 0}
    hidden = (invited | {cell[0] for cell in cells}) - seen
    rest = sum(count for cell, count in cells.items() if cell[0] not in seen)
    assert not seen or not hidden or rest >= MINIMUM


def test_large_groups_are_all_shown():
    cells = {(o, r): 5 for o in "AB" for r in ROLES}
    assert protect_breakdowns(cells, 5) == {(0, "A"), (0, "B"), (1, "p"), (1, "m")}


def test_a_department_that_is_nearly_an_organisation_is_not_shown_beside_it():
    cells = {("A", "x"): 6, ("A", "y"): 1, ("B", "y"): 9, ("B", "z"): 7}
    shown = protect_breakdowns(cells, 5)
    assert (0, "A") in shown and (1, "x") not in shown


def test_of_two_groups_that_would_do_the_one_hidden_before_is_hidden_again():
    cells = {("A",): 9, ("B",): 7, ("C",): 2}
    assert protect_breakdowns(cells, 5) == {(0, "A")}
    assert protect_breakdowns(cells, 5, hidden_before={(0, "A")}) == {(0, "B")}


def test_who_is_of_no_known_department_is_no_group():
    cells = {("A", ""): 8, ("A", "x"): 8}
    assert protect_breakdowns(cells, 5) == {(0, "A"), (1, "x")}


def test_a_minimum_of_three_shows_more_than_one_of_ten():
    cells = {("A",): 4, ("B",): 11, ("C",): 12}
    assert protect_breakdowns(cells, 3) == {(0, "A"), (0, "B"), (0, "C")}
    assert protect_breakdowns(cells, 10) == {(0, "C")}


def test_nothing_is_shown_of_too_few():
    assert protect_breakdowns({("A",): 4}, 5) is None
    assert protect_breakdowns({}, 5) is None


def test_forty_organisations_by_role_department_and_function_take_no_time():
    cells = {}
    for number in range(1200):
        cell = (number % 41, number % 3, number * 7 % 23, number * 13 % 31)
        cells[cell] = cells.get(cell, 0) + 1
    shown = protect_breakdowns(cells, 5)
    assert {number for number, _group in shown} == {0, 1, 2, 3}


@pytest.mark.parametrize("module", [algebra, breakdowns])
def test_the_examples_in_the_documentation_hold(module):
    assert doctest.testmod(module).failed == 0
