"""Programmes with figures, for the stories about them."""

import datetime as dt

from benchmarks.domain.charter import give_consent, write_charter
from benchmarks.domain.indicators import define_indicator
from benchmarks.models import Figure
from tests import factories as make

CHARTER = {
    "purpose": "To learn from one another.",
    "ownership": "The figures are the participants'.",
    "visibility": "One's own beside the group, until all agree.",
}


def indicator_of(programme, code="waiting", **definition):
    definition = {"meaning": f"Meaning of {code}", "unit": "days", "better": "lower"} | definition
    return define_indicator(programme, code=code, **definition).indicator


def figure(indicator, organisation, period, value, **fields):
    definition = indicator.definitions.first()
    return Figure.objects.create(
        indicator=indicator,
        definition=definition,
        organisation=organisation,
        period=period,
        value=value,
        **fields,
    )


def participants(cycle, count, **traits):
    return [
        make.ParticipationFactory(
            cycle=cycle, organisation=make.OrganisationFactory(**traits)
        ).organisation
        for _ in range(count)
    ]


def charter_of(programme, **said):
    newest = programme.charters.first()
    seen = newest.version if newest else 0
    return write_charter(programme, seen=seen, **(CHARTER | said))


def all_agree(programme, organisations, **said):
    charter = charter_of(programme, **said)
    for organisation in organisations:
        give_consent(charter, organisation, given_on=dt.date(2026, 2, 1))
    return charter
