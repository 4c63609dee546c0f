"""Agreement between coders, held to published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.measures.agreement import (
    agreement,
    alpha_interval,
    cohen_kappa,
    krippendorff_alpha,
    percent_agreement,
    weighted_kappa,
)

N = None
KRIPPENDORFF = list(
    zip(
        (1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N),
        (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3),
        (N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N),
        (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N),
        strict=True,
    )
)
"""Four observers and twelve units with missing values: Krippendorff (2011), section D."""
COHEN = {
    (0, 0): 88, (0, 1): 14, (0, 2): 18,
    (1, 0): 10, (1, 1): 40, (1, 2): 10,
    (2, 0): 2, (2, 1): 6, (2, 2): 12,
}  # fmt: skip
"""Two judges and 200 patients: Cohen (1960), table 2, and Cohen (1968), table 1."""

values = st.sampled_from([1, 2, 3, None])
codings = st.lists(st.tuples(values, values, values), min_size=2, max_size=12)
levels = st.sampled_from(["nominal", "ordinal", "interval", "ratio"])


@pytest.mark.parametrize(
    ("level", "published"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_alpha_of_krippendorffs_own_example(level, published):
    assert krippendorff_alpha(KRIPPENDORFF, level=level) == pytest.approx(published, abs=0.0005)


def test_kappa_of_cohens_own_examples():
    pairs = [pair for pair, count in COHEN.items() for _ in range(count)]
    first, second = zip(*pairs, strict=True)
    assert cohen_kappa(first, second) == pytest.approx(0.492, abs=0.0005)
    published_weights = {(0, 1): 1.0, (0, 2): 3.0, (1, 2): 6.0}
    weighted = weighted_kappa(COHEN, lambda r, c: published_weights[min(r, c), max(r, c)])
    assert weighted == pytest.approx(0.348, abs=0.0005)
    # By hand: linear 1 - (40/200 + 2 * 20/200) / (0.18 + 2 * 0.12 + 0.15 + 0.06 + 2 * 0.05 + 0.03)
    assert cohen_kappa(first, second, weights="linear") == pytest.approx(1 - 0.40 / 0.76)
    assert cohen_kappa(first, second, weights="quadratic") == pytest.approx(1 - 0.60 / 1.10)


def test_a_thousand_characters_where_another_tool_gives_0_299():
    """50 marked by both, 50 by each alone: p_o = 0.90, p_e = 0.82, kappa = 0.08 / 0.18."""
    characters = [(1, 1)] * 50 + [(1, 0)] * 50 + [(0, 1)] * 50 + [(0, 0)] * 850
    found = agreement(characters)
    assert found.percent == 0.9
    assert found.kappa == pytest.approx(0.08 / 0.18)
    assert (found.units, found.coders, found.weights) == (1000, 2, "none")
    low, high = found.alpha_interval
    # The delta method gives a standard error of 0.048 (Fleiss, Cohen and Everitt 1969).
    assert low == pytest.approx(found.alpha - 1.96 * 0.048, abs=0.01)
    assert high == pytest.approx(found.alpha + 1.96 * 0.048, abs=0.01)


def test_the_order_of_the_codebook_counts_and_a_strange_value_is_refused():
    pairs = [("low", "low"), ("high", "middle"), ("middle", "middle"), ("high", "high")] * 2
    order = ("low", "middle", "high")
    by_order = agreement(pairs, level="ordinal", order=order)
    numbers = [(order.index(one), order.index(other)) for one, other in pairs]
    assert by_order == agreement(numbers, level="ordinal")
    assert by_order.alpha != agreement(pairs, level="ordinal").alpha  # sorted as text
    assert by_order.weights == "linear"
    with pytest.raises(ValueError, match="not in the order"):
        agreement([("low", "enormous")], level="ordinal", order=order)
    with pytest.raises(ValueError, match="place for each coder"):
        agreement([("low",), ("low", "high")])


def test_what_can_not_be_said_is_not_said():
    few = agreement([("a", "b")] * 5)
    assert (few.alpha_interval, few.why) == (None, "few")
    same = agreement([("a", "a")] * 9)
    assert (same.percent, same.kappa, same.alpha, same.why) == (1.0, None, None, "constant")
    nothing = agreement([])
    assert (nothing.units, nothing.percent, nothing.alpha) == (0, None, None)
    rare = agreement([("a", "a")] * 20 + [("a", "b")])
    assert (rare.alpha_interval, rare.why) == (None, "unstable")
    assert agreement([("a", "a", "a")] * 3).kappa is None  # three coders


def test_the_same_codings_give_the_same_interval_in_whatever_order_they_come():
    found = alpha_interval(KRIPPENDORFF, level="ordinal", resamples=2000)
    assert found == alpha_interval(KRIPPENDORFF[::-1], level="ordinal", resamples=2000)
    (low, high), why = found
    assert low < 0.815 < high <= 1
    assert why == ""


@given(codings, levels)
def test_alpha_stays_below_one_and_knows_no_first_coder(units, level):
    found = krippendorff_alpha(units, level=level)
    turned = krippendorff_alpha([row[::-1] for row in units[::-1]], level=level)
    assert found == pytest.approx(turned)
    assert found is None or found <= 1
    everything_agrees = percent_agreement(units) == 1
    assert found is None or (found == 1) == everything_agrees


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=2, max_size=20))
def test_with_two_values_weights_make_no_difference(pairs):
    first, second = zip(*pairs, strict=True)
    plain = cohen_kappa(first, second)
    assert cohen_kappa(first, second, weights="linear") == pytest.approx(plain)
    assert cohen_kappa(first, second, weights="quadratic") == pytest.approx(plain)
    assert cohen_kappa(second, first) == pytest.approx(plain)
