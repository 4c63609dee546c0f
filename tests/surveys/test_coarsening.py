"""What may stay with an answer: nothing that fewer were asked with than the minimum."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from surveys.coarsening import coarsen, too_few

PEOPLE = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["", "x", "y"]), st.sampled_from("mn")),
    min_size=1,
    max_size=60,
)


@given(PEOPLE, st.integers(3, 8))
def test_every_description_that_is_left_fits_at_least_the_minimum(people, minimum):
    told = coarsen(people, minimum)
    left = Counter(told[person] for person in people)
    assert min(left.values()) >= min(minimum, len(people))


@given(PEOPLE, st.integers(3, 8))
def test_what_is_told_is_true(people, minimum):
    for person, told in coarsen(people, minimum).items():
        assert all(part in ("", own) for part, own in zip(told, person, strict=True))


def test_nothing_is_taken_away_where_all_groups_are_large():
    assert coarsen([("a",)] * 5 + [("b",)] * 6, 5) == {("a",): ("a",), ("b",): ("b",)}


def test_the_smallest_large_group_goes_along_when_the_small_ones_are_too_few_together():
    assert too_few({"a": 9, "b": 7, "c": 2}, 5) == {"b", "c"}
    assert too_few({"a": 9, "b": 7, "c": 2, "d": 3}, 5) == {"c", "d"}
