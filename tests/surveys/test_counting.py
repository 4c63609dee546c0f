"""What the database counts for the results is what counting the rows one by one gives."""

import random
from collections import Counter
from itertools import product

import pytest

from surveys import queries
from surveys.domain.waves import close_wave
from surveys.enums import ItemKind
from surveys.measures.reliability import reliability, reliability_of
from surveys.models import Answer, Item, Response
from surveys.tables import BREAKDOWNS, WHOLE
from surveys.tabulating import tabulate
from tests.surveys import stories
from tests.surveys.stories import TODAY

pytestmark = pytest.mark.django_db


def answered(wave, organisations, *, roles, departments):
    """Answers of chance from ten people of each kind; some left open, some not applicable."""
    dice = random.Random(3)
    items = list(Item.objects.filter(block__version=wave.version, kind=ItemKind.STATEMENT))
    for organisation, role, department in 10 * list(product(organisations, roles, departments)):
        response = Response.objects.create(
            wave=wave,
            organisation=organisation,
            role=role,
            department=department,
            state="submitted",
            submitted_on=TODAY,
        )
        for item in items:
            given = dice.choice([1, 2, 3, 4, 4, 5, 5, None, "open"])
            if given != "open":
                Answer.objects.create(
                    response=response, item=item, value=given, not_applicable=given is None
                )
    return items


def groups_of(response):
    """The whole, and what this respondent is in each breakdown."""
    known = {name: getattr(response, name) for name in BREAKDOWNS}
    known["organisation"] = str(response.organisation_id)
    return [WHOLE, *((name, value) for name, value in known.items() if value)]


def counted_by_hand(wave):
    counts, absent = Counter(), Counter()
    for answer in Answer.objects.filter(response__wave=wave).select_related("response"):
        for group in groups_of(answer.response):
            if answer.not_applicable:
                absent[answer.item_id, group] += 1
            else:
                counts[answer.item_id, group, str(answer.value)] += 1
    return counts, absent


@pytest.mark.parametrize(
    ("roles", "departments"),
    [([""], [""]), (["participant", "management"], [""]), (["participant"], ["a", "b"])],
)
def test_counts_are_those_of_the_rows_whatever_respondents_differ_in(roles, departments):
    wave = stories.opened_wave(sizes=(6, 6))
    organisations = [one.organisation for one in wave.invitations.all()[::6]]
    items = answered(wave, organisations, roles=roles, departments=departments)
    wave = close_wave(wave, by=None, on=TODAY)
    tables, (counts, absent) = tabulate(wave), counted_by_hand(wave)
    assert len(tables.items[items[0].pk]) > 1
    for item, by_group in tables.items.items():
        for group, table in by_group.items():
            known = {value: counts[item, group, value] for value in table.counts}
            assert (table.counts, table.not_applicable) == (known, absent[item, group])
            assert table.n == sum(n for (i, g, _v), n in counts.items() if (i, g) == (item, group))


@pytest.mark.parametrize("at_once", [3, 500])
def test_moments_of_all_scales_are_those_of_the_complete_rows(at_once, monkeypatch):
    monkeypatch.setattr(queries, "SUMS_AT_ONCE", at_once)
    wave = stories.opened_wave(sizes=(6,), version=stories.version_of(4, 3))
    organisation = wave.invitations.first().organisation
    items = answered(wave, [organisation] * 4, roles=[""], departments=[""])
    given = {}
    for answer in Answer.objects.filter(response__wave=wave, value__isnull=False):
        given[answer.response_id, answer.item_id] = answer.value
    scales = [[item.pk for item in items[:4]], [item.pk for item in items[4:]]]
    for scale, moments in zip(scales, queries.moments_of_scales(wave, scales), strict=True):
        people = {key for key, _item in given}
        rows = [[given.get((key, item)) for item in scale] for key in people]
        complete = [row for row in rows if None not in row]
        assert 1 < len(complete) < len(rows)
        found, known = reliability_of(moments), reliability(complete)
        assert found.n == known.n
        assert found.alpha == pytest.approx(known.alpha)
        assert [one.mean for one in found.items] == pytest.approx([o.mean for o in known.items])
