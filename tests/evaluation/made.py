"""Programmes with figures and actions, made as import-figures and import-actions make them."""

import datetime as dt

from benchmarks.models import Figure, Indicator, IndicatorDefinition
from learningcircles.models import Action, Reading, Session
from tests import factories as make

DONE = dt.date(2022, 2, 1)
YEARS = ("2020", "2021", "2022", "2023")
"""With an action done early in 2022 there are two years before and two after."""


def programme_of(
    rows, *, years=YEARS, better="higher", acted=(), done=DONE, code="costs", talked=True
):
    """A programme with one indicator; `rows` are the figures of each organisation, None where there
    is none, and `acted` the places of those with an action on it that was carried out. The actions
    came from a session in which the figure was read, if `talked`."""
    cycle = make.CycleFactory()
    programme = cycle.programme
    indicator, definition = add_indicator(programme, code, better)
    for place, row in enumerate(rows):
        organisation = make.ParticipationFactory(cycle=cycle).organisation
        add_figures(indicator, definition, organisation, years, row)
        if place in acted:
            add_action(programme, indicator, organisation, done)
    if acted and talked:
        Action.objects.filter(programme=programme).update(session=add_session(programme, indicator))
    return programme


def add_session(programme, indicator, day=None):
    """A session of all that was held a while before the actions, and read a figure."""
    start = dt.datetime.combine(day or DONE - dt.timedelta(days=40), dt.time(10), dt.UTC)
    session = Session.objects.create(
        programme=programme,
        kind="joint_interpretation",
        title="What do we see?",
        starts_at=start,
        ends_at=start + dt.timedelta(hours=2),
        state="held",
    )
    figure = Figure.objects.filter(indicator=indicator).first()
    if figure is not None:
        Reading.objects.create(session=session, figure=figure, text="High", noted_at=start)
    return session


def add_indicator(programme, code, better="higher"):
    """An indicator and its definition."""
    indicator = Indicator.objects.create(programme=programme, code=code)
    definition = IndicatorDefinition.objects.create(
        indicator=indicator, meaning=code, unit="euro", better=better
    )
    return indicator, definition


def add_figures(indicator, definition, organisation, years, row):
    """The figures of one organisation."""
    Figure.objects.bulk_create(
        Figure(
            indicator=indicator,
            definition=definition,
            organisation=organisation,
            period=year,
            value=round(float(value), 4),
        )
        for year, value in zip(years, row, strict=True)
        if value is not None
    )


def add_action(programme, indicator, organisation, done, **more):
    """An action on the indicator, carried out on that day (None: still open)."""
    return Action.objects.create(
        programme=programme,
        organisation=organisation,
        title="Something",
        indicator=indicator,
        status="done" if done else "agreed",
        agreed_on=(done or DONE) - dt.timedelta(days=30),
        done_on=done,
        **more,
    )
