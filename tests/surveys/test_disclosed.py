"""Whoever has every table that the results page can show works out nothing about a few people.

The reader is given all tables of a wave in every breakdown, knows who is in which group, and tries
to write a few respondents as a combination of what is shown: by linear algebra, item by item.
"""

import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.enums import WaveState
from surveys.models import Answer, Item, Response, Wave
from surveys.tables import BREAKDOWNS, WHOLE
from surveys.tabulating import tabulate
from tests import factories as make
from tests.surveys import stories
from tests.surveys.stories import TODAY

pytestmark = pytest.mark.django_db

MINIMUM = 5
person = st.tuples(
    st.integers(0, 2),  # organisation
    st.sampled_from(["participant", "management"]),
    st.sampled_from(["", "social", "finance"]),
    st.sampled_from(["", "head"]),
    st.tuples(*[st.sampled_from([None, 0, 1, 4, 5])] * 2),  # open, not applicable, or a value
)


@pytest.fixture
def wave(db):
    wave = stories.prepared_wave()
    for _each in range(3):
        stories.organisation_in(wave)
    Wave.objects.filter(pk=wave.pk).update(state=WaveState.CLOSED, link_key="", opened_on=TODAY)
    return stories.fresh(wave)


def fill(wave, people):
    """The wave answered by these people, and by nobody else."""
    Response.objects.filter(wave=wave).delete()
    organisations = list(make.Organisation.objects.filter(participations__cycle=wave.cycle))
    items = list(Item.objects.filter(block__version=wave.version, kind="statement")[:2])
    responses = Response.objects.bulk_create(
        Response(
            wave=wave,
            organisation=organisations[organisation],
            role=role,
            department=department,
            function=function,
            state="submitted",
            submitted_on=TODAY,
        )
        for organisation, role, department, function, _answers in people
    )
    Answer.objects.bulk_create(
        Answer(response=response, item=item, value=value or None, not_applicable=value == 0)
        for response, (*_who, answers) in zip(responses, people, strict=True)
        for item, value in zip(items, answers, strict=True)
        if value is not None
    )
    return responses, items


def told_of_few(rows, groups, weights):
    """Can the sums over these groups be combined into one over fewer respondents than the minimum?
    It can when they leave a combination free once those few are left out."""
    columns = {}
    for row, weight in zip(rows, weights, strict=True):
        column = tuple(int(g == WHOLE or row[BREAKDOWNS.index(g[0])] == g[1]) for g in groups)
        columns[column] = columns.get(column, 0) + weight
    whole = np.linalg.matrix_rank(np.array([c for c, n in columns.items() if n]))
    for size in range(1, MINIMUM):
        for few in itertools.combinations([c for c, n in columns.items() if 0 < n < MINIMUM], size):
            rest = [c for c, n in columns.items() if c not in few and n]
            rank = np.linalg.matrix_rank(np.array(rest)) if rest else 0
            if sum(columns[c] for c in few) < MINIMUM and rank < whole:
                return few
    return ()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(person, min_size=6, max_size=18))
def test_no_few_are_told_of_by_everything_one_role_can_see(wave, people):
    responses, items = fill(wave, people)
    tables = tabulate(wave)
    rows = [(str(r.organisation_id), r.role, r.department, r.function) for r in responses]
    everyone = [1] * len(rows)
    assert not tables.respondents or told_of_few(rows, list(tables.respondents), everyone) == ()
    for place, item in enumerate(items):
        groups = list(tables.items.get(item.pk, {}))
        if not groups:
            continue
        answered = [int(bool(answers[place])) for *_who, answers in people]
        assert told_of_few(rows, groups, answered) == ()
        assert set(groups) <= set(tables.respondents)
        for group, table in tables.items[item.pk].items():
            inside = [
                g == WHOLE or r[BREAKDOWNS.index(g[0])] == g[1] for g in [group] for r in rows
            ]
            values = [
                answers[place]
                for (*_who, answers), here in zip(people, inside, strict=True)
                if here
            ]
            assert table.n >= MINIMUM
            assert table.n == sum(bool(value) for value in values)
            assert table.not_applicable == values.count(0)
            assert table.missing == values.count(None)
            assert table.of_values((1, 4, 5)) == tuple(map(values.count, (1, 4, 5)))


def test_of_nobody_there_is_nothing(wave):
    tables = tabulate(wave)
    assert (tables.respondents, tables.items) == ({}, {})
