"""What keeps a claim from being strong: no chain through a session, no more with support."""

import datetime as dt

import numpy as np
import pytest
from django.utils.translation import override

from benchmarks.models import Figure, Participation
from evaluation.findings.naming import named_in_survey
from evaluation.report.build import build_document
from learningcircles.models import Action, Reading, Session, Signal
from surveys.evidence import ItemResultRow, results_by_item
from surveys.models import Codebook, CodedVariable, Coding
from tests.evaluation.made import DONE, add_session, programme_of
from tests.evaluation.results import result_of
from tests.surveys.test_results import closed_wave

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


# --- Do participants name it --------------------------------------------------------------------


def answers(programme, means):
    """What may be shown of the survey: two statements on use and change and another one, of each
    organisation; None where too few answered."""
    cycle = programme.cycles.get()

    def row(organisation, construct, mean):
        return ItemResultRow(
            1, cycle.pk, organisation, construct, construct, "", False, 5, 0, None, mean
        )

    places = [p.organisation_id for p in cycle.participations.order_by("pk")]
    return [
        row(place, construct, mean)
        for place, pair in zip(places, means, strict=False)
        for construct, mean in zip(
            ("saving", "steering", "room_for_ideas"), (*pair, 1.0), strict=True
        )
    ]


def code(programme, values, variable="steering"):
    """A rating of each of the first organisations."""
    cycle = programme.cycles.get()
    book, _new = Codebook.objects.get_or_create(programme=programme)
    spec = CodedVariable.objects.create(
        codebook=book, code=variable, meaning=variable, level="ordinal", values=["--", "+-", "++"]
    )
    for place, value in zip(cycle.participations.order_by("pk"), values, strict=False):
        Coding.objects.create(
            variable=spec, cycle=cycle, organisation=place.organisation, coder="a", value=value
        )


def test_who_names_it_is_counted_by_hand_and_lifts_no_grade(monkeypatch):
    """Of twelve that acted the means over two statements are (4+3)/2, (3+3)/2, (2+5)/2 and hidden
    for the rest: two of three are above 3, and the middle is not above itself. Coded are ++, +-,
    missing and one mention of a policy that changed: two of three."""
    programme = improved(talked=False)
    plain = row_of(programme)
    assert plain["named_in_survey"] == plain["named_in_interviews"] == {"count": 0, "of": 0}
    shown = answers(programme, [(4.0, 3.0), (3.0, 3.0), (2.0, 5.0), (None, None)])
    monkeypatch.setattr("surveys.evidence.results", lambda key: (shown, []))
    code(programme, ["++", "+-", "missing"])
    fourth = programme.cycles.get().participations.order_by("pk")[3]
    book = Codebook.objects.get()
    told = CodedVariable.objects.create(
        codebook=book,
        code="learning_experience",
        meaning="What came of it",
        level="nominal",
        several=True,
        values=["policy_change", "contacts"],
    )
    Coding.objects.create(
        variable=told,
        cycle=fourth.cycle,
        organisation=fourth.organisation,
        coder="a",
        value="policy_change",
    )
    result = result_of(programme)
    [row] = result["improvement"]
    assert row["named_in_survey"] == {"count": 2, "of": 3}
    assert row["named_in_interviews"] == {"count": 2, "of": 3}
    assert result["naming"] == {
        "in_survey": {"count": 2, "of": 3},
        "in_interviews": {"count": 2, "of": 3},
    }
    for name in ("grade", "rivals", "p", "p_adjusted", "difference"):
        assert row[name] == plain[name], name
    with override("en"):
        document = build_document(programme, result)
        said = [
            str(each)
            for part in document.sections
            for b in part.blocks
            if b.kind == "points"
            for each in b.items
        ]
    assert document.tables["backing"].rows[0][-2:] == ("2 of 3", "2 of 3")
    assert any(each.startswith("In the survey 2 of 3 organisations that acted") for each in said)


def test_of_whom_too_few_answered_is_in_no_number():
    """Nine of one organisation, seven of another, two of a third: the two give the seven away."""
    wave, (large, _middle, _small) = closed_wave((9, 7, 2))
    rows = results_by_item(wave.cycle.programme_id)
    assert named_in_survey(rows, wave.cycle_id) == {large: True}
    assert named_in_survey(rows, wave.cycle_id + 1) == {}
