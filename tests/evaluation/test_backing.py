"""What keeps a claim from being strong: no chain through a session, no more with support."""

import datetime as dt

import numpy as np
import pytest
from django.utils.translation import override

from benchmarks.models import Figure, Participation
from evaluation.report.build import build_document
from learningcircles.models import Action, Reading, Session, Signal
from tests.evaluation.made import DONE, add_session, programme_of
from tests.evaluation.results import result_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr("evaluation.findings.compute.RESAMPLES", 499)
    monkeypatch.setattr("evaluation.findings.backing.RESAMPLES", 199)


def improved(**named):
    """24 organisations; the first 12 acted and rose by 6."""
    rng = np.random.default_rng(1)
    values = rng.normal(50, 8, 24)[:, None] + rng.normal(0, 2, (24, 4))
    values[:12, 2:] += 6
    return programme_of(values.tolist(), acted=range(12), **named)


def row_of(programme):
    [row] = result_of(programme)["improvement"]
    return row


def test_with_a_session_that_read_the_figure_before_the_action_it_is_strong():
    row = row_of(improved())
    assert (row["grade"], row["chains"], row["complete_chains"]) == ("strong", 12, 12)


def test_without_a_session_it_is_plausible_at_most():
    row = row_of(improved(talked=False))
    assert (row["grade"], row["complete_chains"]) == ("plausible", 0)
    assert "no_session" in row["rivals"]


@pytest.mark.parametrize("broken", ["planned", "too late", "nothing read", "another figure"])
def test_a_chain_with_a_broken_link_is_not_complete(broken):
    programme = improved()
    if broken == "planned":
        Session.objects.update(state="planned")
    if broken == "too late":
        late = dt.datetime.combine(DONE + dt.timedelta(days=1), dt.time(9), dt.UTC)
        Session.objects.update(starts_at=late, ends_at=late + dt.timedelta(hours=1))
    if broken == "nothing read":
        Reading.objects.all().delete()
    if broken == "another figure":
        other = programme_of([[1, 2, 3, 4]], code="prices")
        Reading.objects.update(figure=Figure.objects.filter(indicator__programme=other).first())
    row = row_of(programme)
    assert (row["grade"], row["complete_chains"]) == ("plausible", 0)


def test_a_signal_on_the_figure_is_a_link_as_well():
    programme = improved(talked=False)
    session = add_session(programme, programme.indicators.get())
    Reading.objects.all().delete()
    for action in Action.objects.all():
        figure = Figure.objects.filter(organisation=action.organisation).first()
        action.signal = Signal.objects.create(
            session=session, figure=figure, text="High", raised_at=session.starts_at
        )
        action.save()
    assert row_of(programme)["complete_chains"] == 12


def with_support(programme, much):
    """Those at these places joined to learn and decided together, the others alone."""
    rows = programme.cycles.get().participations.order_by("pk")
    for place, row in enumerate(rows):
        together = place in much
        row.decided_by = "contact" if together else "manager"
        row.others_consulted = "yes" if together else "no"
        row.contact_consulted = "yes" if together else "no"
        row.motive = "learning" if together else "other"
    Participation.objects.bulk_update(
        rows, ["decided_by", "others_consulted", "contact_consulted", "motive"]
    )


def test_when_those_with_support_changed_less_it_is_not_strong():
    programme = improved()
    figures = Figure.objects.filter(period__gte="2022").order_by("organisation__participations__pk")
    for place, figure in enumerate(figures):
        figure.value += 2 if (place // 2) % 2 else 0  # odd places rise more
    Figure.objects.bulk_update(figures, ["value"])
    with_support(programme, range(1, 24, 2))
    row = row_of(programme)
    assert row["by_support"]["difference"] > 0
    assert row["by_support"]["interval"][0] < row["by_support"]["difference"]
    assert row["grade"] == "strong"
    with_support(programme, range(0, 24, 2))
    row = row_of(programme)
    assert row["by_support"]["difference"] < 0
    assert row["grade"] == "plausible"
    assert "less_with_support" in row["rivals"]


def test_that_participants_talk_of_it_afterwards_supports_and_never_makes_a_claim():
    programme = improved(talked=False)
    session = add_session(programme, programme.indicators.get(), DONE + dt.timedelta(days=400))
    before = row_of(programme)
    for figure in Figure.objects.filter(period="2022"):
        Reading.objects.create(
            session=session, figure=figure, text="It helped", noted_at=session.starts_at
        )
    after = row_of(programme)
    assert (before["read_afterwards"], after["read_afterwards"]) == (0, 12)
    assert after["grade"] == before["grade"] == "plausible"


def test_who_is_in_which_of_the_four_is_for_who_may_see_names():
    programme = improved()
    result = result_of(programme)
    [row] = result["improvement"]
    assert {name: len(who) for name, who in row["groups"].items()} == {
        name: row[name] for name in ("with_chain", "without_chain", "chain_only", "neither")
    }
    name = programme.cycles.get().participations.first().organisation.name
    with override("en"):
        seen = build_document(programme, result)
        public = build_document(programme, result, names_organisations=False)
    assert name in str(seen.tables["four_names"].rows)
    assert "four_names" not in public.tables
    assert name not in str([table.rows for table in public.tables.values()])


def test_an_organisation_that_left_is_called_by_its_name():
    programme = improved()
    gone = programme.cycles.get().participations.order_by("pk").last()
    name = gone.organisation.name
    gone.delete()
    result = result_of(programme)
    groups = result["improvement"][0]["groups"].values()
    assert any(name in who for who in groups)
