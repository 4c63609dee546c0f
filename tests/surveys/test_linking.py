"""Who answered in two waves is compared with themselves, and nobody is told of by it.

The reader has all tables of three waves in a row, with what is shown of those who answered in two,
knows who is of which organisation and who answered when, and tries to write a few people as a
combination of what is shown of a wave.
"""

import datetime as dt
import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.changes import change_rows
from surveys.enums import WaveState
from surveys.linking import pairs_between
from surveys.models import Answer, Item, Response, Wave
from surveys.structure import questionnaire
from surveys.tables import WHOLE, PairsTable
from surveys.tabulating import tabulate
from tests.factories import Organisation
from tests.surveys import stories
from tests.surveys.stories import TODAY

pytestmark = pytest.mark.django_db
MINIMUM = 5
DONE = {"state": "submitted", "submitted_on": TODAY}
person = st.tuples(st.integers(0, 2), *[st.sampled_from([0, 0, 1, 2, 5])] * 3)
"""An organisation, and what somebody answered in each of three waves; 0 is nothing."""


@pytest.fixture
def waves(db):
    """Three closed waves of one round in which answers are kept under a pseudonym."""
    first = stories.prepared_wave(mode="pseudonymous")
    for _each in range(3):
        stories.organisation_in(first)
    several = [first, *(stories.prepared_wave(first.cycle, mode="pseudonymous") for _ in "23")]
    for number, wave in enumerate(several):
        day = TODAY + dt.timedelta(100 * number)
        closed = {"state": WaveState.CLOSED, "link_key": "", "opened_on": day}
        Wave.objects.filter(pk=wave.pk).update(**closed)
    return [stories.fresh(wave) for wave in several]


def fill(waves, people):
    """These people and nobody else answered one statement, in the waves in which they did."""
    Response.objects.filter(wave__in=waves).delete()
    places = list(Organisation.objects.filter(participations__cycle=waves[0].cycle).order_by("pk"))
    item = Item.objects.filter(block__version=waves[0].version, kind="statement").first()
    given = [
        (Response(wave=wave, organisation=places[place], pseudonym=f"p{number}", **DONE), value)
        for number, (place, *values) in enumerate(people)
        for wave, value in zip(waves, values, strict=True)
        if value
    ]
    Response.objects.bulk_create(response for response, _value in given)
    Answer.objects.bulk_create(
        Answer(response=response, item=item, value=value) for response, value in given
    )
    return item.pk, [str(place.pk) for place in places]


def pairs_and_tables(waves):
    tables = [tabulate(wave) for wave in waves]
    rows = zip(waves[1:], tables[1:], waves, tables, strict=False)
    return tables, [pairs_between(*each) for each in rows]


def told_of_few(sums):
    """Do these sums, each a set of people, combine to one over fewer people than the minimum?"""
    kinds = {}
    for one in set().union(*sums):
        column = tuple(int(one in those) for those in sums)
        kinds[column] = kinds.get(column, 0) + 1
    whole = np.linalg.matrix_rank(np.array(list(kinds)))
    few = [column for column, n in kinds.items() if n < MINIMUM]
    for size in range(1, MINIMUM):
        for some in itertools.combinations(few, size):
            rest = [column for column in kinds if column not in some]
            rank = np.linalg.matrix_rank(np.array(rest)) if rest else 0
            if sum(kinds[column] for column in some) < MINIMUM and rank < whole:
                return some
    return ()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(person, min_size=8, max_size=24))
def test_nobody_is_told_of_by_what_waves_in_a_row_show(waves, people):
    item, places = fill(waves, people)
    tables, pairs = pairs_and_tables(waves)
    for number, table in enumerate(tables):
        answered = {i for i, (_place, *values) in enumerate(people) if values[number]}
        of = {WHOLE: answered} | {
            ("organisation", place): {i for i in answered if people[i][0] == at}
            for at, place in enumerate(places)
        }
        sums = [of[group] for group in table.items.get(item, {})]
        for other, linked in ((number - 1, number - 1), (number + 1, number)):
            if 0 <= linked < len(pairs):
                twice = {i for i in answered if people[i][1 + other]}
                sums += [of[group] & twice for group in pairs[linked].get(item, {})]
        assert not sums or told_of_few(sums) == ()


def test_those_who_answered_twice_are_compared_with_themselves(waves):
    then_and_now = [(1, 2), (2, 2), (3, 4), (4, 5), (2, 3), (3, 5)]
    twice = [(0, before, now, 0) for before, now in then_and_now]
    once = [(0, 5, 0, 0)] * 6 + [(0, 0, 1, 0)] * 6
    item, (place, *_others) = fill(waves, twice + once)
    tables, (pairs, _none) = pairs_and_tables(waves)
    differences = [now - before for _place, before, now, _last in twice]
    expected = PairsTable(6, 15, 21, sum(d * d for d in differences))
    assert pairs[item] == {WHOLE: expected, ("organisation", place): expected}
    asked = questionnaire(waves[0].version_id)
    (row,) = change_rows((asked, tables[1]), (asked, tables[0]), WHOLE, pairs)
    assert (row.before, row.now, row.change.pairs, row.change.value) == (6, 6, 6, 1.0)
    # scipy 1.17, ttest_rel: the interval of the mean difference
    assert row.change.interval == pytest.approx((0.336, 1.664), abs=5e-4)
    (groups,) = change_rows((asked, tables[1]), (asked, tables[0]), WHOLE)
    assert (groups.before, groups.now, groups.change.pairs) == (12, 12, None)


def test_one_who_did_not_come_back_is_not_found_by_subtracting(waves):
    item, _places = fill(waves, [(0, 2, 3, 0)] * 9 + [(0, 5, 0, 0)])
    _tables, (pairs, _none) = pairs_and_tables(waves)
    assert pairs.get(item) is None


@pytest.mark.parametrize("mode", ["anonymous", "by_name"])
def test_an_anonymous_wave_is_linked_to_none(waves, mode):
    item, _places = fill(waves, [(0, 2, 3, 0)] * 9)
    Wave.objects.filter(pk=waves[0].pk).update(mode=mode)
    _tables, (pairs, _none) = pairs_and_tables([stories.fresh(wave) for wave in waves])
    assert (item in pairs) is (mode == "by_name")


def test_a_wave_that_was_opened_in_between_stands_in_the_way(waves):
    item, _places = fill(waves, [(0, 2, 3, 4)] * 9)
    tables, (first, second) = pairs_and_tables(waves)
    assert first[item] and second[item]
    assert pairs_between(waves[2], tables[2], waves[0], tables[0]) == {}
