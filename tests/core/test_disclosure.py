"""Nobody recovers a hidden count: not by sums and differences, and not by linear programming."""

import doctest

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from core.disclosure import counts as disclosure
from core.disclosure import enough, protect_counts, protect_table

MINIMUM = 5
counts = st.integers(min_value=0, max_value=14)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(counts, min_size=width, max_size=width), min_size=1, max_size=5)
)


def bounds_of_hidden(shown, equations):
    """What an attacker can say of each hidden number: its least and its greatest possible value.

    `shown` are the numbers (None where hidden); each equation is a list of coefficients that
    makes zero with them.
    """
    hidden = [index for index, number in enumerate(shown) if number is None]
    known = np.array([number or 0 for number in shown], dtype=float)
    matrix = np.array(equations, dtype=float)
    right = -matrix @ known
    found = {}
    for place, index in enumerate(hidden):
        aim = np.zeros(len(hidden))
        aim[place] = 1
        least = linprog(aim, A_eq=matrix[:, hidden], b_eq=right)
        most = linprog(-aim, A_eq=matrix[:, hidden], b_eq=right)
        # Status 3: unbounded, which is as safe as it gets.
        found[index] = (round(least.fun), 10**6 if most.status == 3 else round(-most.fun))
    return found


def equations_of_table(height, width):
    size = height * width + height + width + 1
    rows, columns, both = height * width, height * width + height, size - 1
    equations = []
    for row in range(height):
        line = [0] * size
        line[row * width : (row + 1) * width] = [1] * width
        line[rows + row] = -1
        equations.append(line)
    for column in range(width):
        line = [0] * size
        line[column : height * width : width] = [1] * height
        line[columns + column] = -1
        equations.append(line)
    for start, length in ((rows, height), (columns, width)):
        line = [0] * size
        line[start : start + length] = [1] * length
        line[both] = -1
        equations.append(line)
    return equations


def flat(table):
    cells = [cell for row in table.cells for cell in row]
    return [*cells, *table.row_totals, *table.column_totals, table.total]


def flat_truth(counts):
    rows = [sum(row) for row in counts]
    columns = [sum(column) for column in zip(*counts, strict=True)]
    return [*(cell for row in counts for cell in row), *rows, *columns, sum(rows)]


@settings(max_examples=150, deadline=None)
@given(tables, st.booleans())
@example([[9, 2], [8, 7]], False)
@example([[1, 0], [0, 12]], False)
@example([[3, 3, 3], [9, 9, 9], [9, 9, 9]], False)
def test_no_small_cell_of_a_table_can_be_recovered_from_its_totals(counts, zero_is_small):
    table = protect_table(counts, MINIMUM, zero_is_small=zero_is_small)
    truth, shown = flat_truth(counts), flat(table)
    least = 0 if zero_is_small else 1
    bounds = bounds_of_hidden(shown, equations_of_table(len(counts), len(counts[0])))
    for number, visible in zip(truth, shown, strict=True):
        assert visible is None or visible == number
        assert visible is None or not least <= visible < MINIMUM
    for index, (low, high) in bounds.items():
        if least <= truth[index] < MINIMUM:
            assert low < high
            assert high >= MINIMUM


@settings(max_examples=200, deadline=None)
@given(st.lists(counts, min_size=1, max_size=8), st.booleans())
@example([9, 7, 2], False)
@example([9, 1, 1], False)
@example([6, 0, 0], True)
def test_no_small_group_can_be_recovered_by_subtracting_the_others(numbers, zero_is_small):
    groups = dict(enumerate(numbers))
    shown = protect_counts(groups, MINIMUM, zero_is_small=zero_is_small)
    left = sum(numbers) - sum(number for number in shown.values() if number is not None)
    hidden = [key for key, number in shown.items() if number is None]
    least = 0 if zero_is_small else 1
    if any(least <= numbers[key] < MINIMUM for key in hidden) and sum(numbers) >= MINIMUM:
        assert len(hidden) >= 2
        assert left >= MINIMUM
    for key, number in shown.items():
        assert number in (None, numbers[key])
        assert number is None or not least <= number < MINIMUM


def test_the_number_next_to_the_smallest_group_goes_first():
    assert protect_counts({"a": 9, "b": 7, "c": 2}, 5) == {"a": 9, "b": None, "c": None}


def test_two_small_groups_that_are_enough_together_cover_each_other():
    assert protect_counts({"a": 9, "b": 3, "c": 2}, 5) == {"a": 9, "b": None, "c": None}


def test_a_table_of_large_counts_is_shown_whole():
    table = protect_table([[5, 6], [7, 8]], 5)
    assert table.cells == ((5, 6), (7, 8))
    assert (table.row_totals, table.column_totals, table.total) == ((11, 15), (12, 14), 26)


def test_one_small_cell_takes_a_rectangle_with_it_and_leaves_the_totals():
    table = protect_table([[2, 9, 9], [9, 9, 9], [9, 9, 9]], 5)
    hidden = sum(cell is None for row in table.cells for cell in row)
    assert hidden == 4
    assert None not in (*table.row_totals, *table.column_totals, table.total)


def test_nothing_is_shown_of_too_few():
    assert protect_counts({"a": 2, "b": 1}, 5) == {"a": None, "b": None}
    assert protect_table([[2, 1]], 5).total is None


def test_an_empty_table_stays_empty():
    assert protect_counts({}, 5) == {}
    assert protect_table([], 5).cells == ()


@pytest.mark.parametrize(("n", "answer"), [(4, False), (5, True), (6, True)])
def test_five_is_enough_and_four_is_not(n, answer):
    assert enough(n, 5) is answer


def test_the_examples_in_the_documentation_hold():
    assert doctest.testmod(disclosure).failed == 0
