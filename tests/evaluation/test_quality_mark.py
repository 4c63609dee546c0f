"""The quality mark and the risks: every rule with records by hand, met, not met and unknown."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils.translation import override

from benchmarks.models import Charter, CharterConsent, Figure
from evaluation.domain.ground import Record
from evaluation.findings.inputs import read_inputs
from evaluation.findings.programme_records import read_records
from evaluation.findings.quality_mark import REQUIREMENTS, quality_mark
from evaluation.findings.risks import RISKS, risks
from evaluation.report.mark_words import evidence_words, sign_words
from learningcircles.evidence import ActionRow, AttendanceRow, SessionRow, SignalRow
from surveys.evidence import CodingRow, ItemResultRow, WaveRow
from tests import factories as make
from tests.evaluation.made import add_figures, add_indicator

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 5, 1, 10, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def base(django_db_setup, django_db_blocker):
    """What is read of a programme of four organisations in which nothing was recorded yet."""
    with django_db_blocker.unblock():
        cycle = make.CycleFactory()
        for _each in range(4):
            make.ParticipationFactory(cycle=cycle)
        yield read_inputs(cycle.programme, today=NOW.date())
        cycle.programme.delete()


# --- Records by hand ----------------------------------------------------------------------------


def session(number=1, *, kind="joint_interpretation", state="held"):
    return SessionRow(number, kind, state, NOW, None, None, None)


def came(organisation, *, number=1, presence="present"):
    return AttendanceRow(number, organisation, "yes", presence)


def action(organisation, *, agreed=True):
    nothing = dict.fromkeys(
        ("cycle_id", "due", "original_due", "done_on", "dropped_on", "session_id", "signal_id",
         "figure_id", "indicator_id")
    )  # fmt: skip
    return ActionRow(
        id=1,
        organisation_id=organisation,
        status="agreed" if agreed else "proposed",
        horizon="short",
        agreed_on=NOW.date() if agreed else None,
        has_owner=True,
        **nothing,
    )


def wave(state="closed"):
    return WaveRow(1, "Wave", 1, state, 20, 12)


def item(mean):
    return ItemResultRow(1, 1, None, "saving", "saving", "", False, 12, 0, None, mean)


def coding(variable, value, organisation=1):
    return CodingRow(1, variable, organisation, 1, "a", value, "", "")


def signal():
    return SignalRow(1, 1, None, None, None)


def with_records(inputs, **counts):
    return replace(inputs, records=replace(inputs.records, **counts))


def with_codings(inputs, *rows):
    return replace(inputs, ground=replace(inputs.ground, codings=rows))


def of_each(inputs, **fields):
    """The participants with these, a value for each of them."""
    participants = tuple(
        replace(each, **{name: values[place] for name, values in fields.items()})
        for place, each in enumerate(inputs.ground.participants)
    )
    return replace(inputs, ground=replace(inputs.ground, participants=participants))


def involved(inputs, phase, *said):
    """Whether each had a hand in a phase; None where nothing is recorded."""
    rows = [(Record("", phase, value),) if value else () for value in said]
    return of_each(inputs, involvements=rows)


def who(inputs):
    return [each.organisation_id for each in inputs.ground.participants]


# --- The quality mark ---------------------------------------------------------------------------

MARK = [
    ("judged_well", True, lambda i: replace(i, items=[item(4.0), item(3.0)])),
    ("judged_well", False, lambda i: replace(i, items=[item(4.0), item(2.9)])),
    ("judged_well", None, lambda i: replace(i, items=[item(None)])),
    ("own_data", True, lambda i: with_records(i, has_ownership=True, consents=4, to_consent=0)),
    ("own_data", False, lambda i: with_records(i, has_ownership=True, consents=3, to_consent=1)),
    ("own_data", None, lambda i: with_records(i, consents=4)),
    ("purpose_together", True, lambda i: involved(i, "prior_agreements", "yes", "no", None, None)),
    ("purpose_together", False, lambda i: involved(i, "prior_agreements", "yes", "no", "no", None)),
    (
        "purpose_together",
        True,
        lambda i: with_records(i, has_purpose=True, consents=4, to_consent=0),
    ),
    ("purpose_together", False, lambda i: with_records(i, has_purpose=True, to_consent=4)),
    ("purpose_together", None, lambda i: i),
    ("indicators_together", True, lambda i: involved(i, "indicators", "yes", "yes", "no", "no")),
    ("indicators_together", False, lambda i: involved(i, "indicators", "yes", "no", "no", "no")),
    ("indicators_together", None, lambda i: involved(i, "evaluation", *["yes"] * 4)),
    ("meetings", True, lambda i: met(i, [session()], came(1), came(2, presence="substitute"))),
    ("meetings", False, lambda i: met(i, [session()], came(1), came(2, presence="absent"))),
    ("meetings", False, lambda i: met(i, [session(), session(2)], came(1), came(2, number=2))),
    ("meetings", False, lambda i: met(i, [session(state="planned")], came(1), came(2))),
    ("meetings", None, lambda i: i),
    ("improvement_central", True, lambda i: replace(i, actions=[*map(action, who(i)[:2])])),
    ("improvement_central", False, lambda i: replace(i, actions=[*map(action, who(i)[:1])])),
    ("improvement_central", False, lambda i: replace(i, actions=[*map(proposal, who(i))])),
    ("improvement_central", None, lambda i: i),
    ("more_than_a_year", True, lambda i: with_records(i, cycles=1, days=1461)),  # 2012 to 2015
    ("more_than_a_year", True, lambda i: with_records(i, years_of_figures=2)),
    ("more_than_a_year", False, lambda i: with_records(i, cycles=2, days=366)),  # within 2024
    ("more_than_a_year", False, lambda i: i),
    ("evaluated", True, lambda i: replace(i, waves=[wave()])),
    ("evaluated", True, lambda i: with_codings(i, coding("saving", "++"))),
    ("evaluated", False, lambda i: replace(i, waves=[wave("open")])),
    ("room_to_interpret", True, lambda i: replace(i, sessions=[session(kind="interpretation")])),
    ("room_to_interpret", True, lambda i: with_records(i, readings=1)),
    ("room_to_interpret", False, lambda i: replace(i, sessions=[session(kind="circle")])),
    ("room_to_interpret", None, lambda i: i),
    ("input_checked", True, lambda i: with_records(i, figures=4, figures_checked=2)),
    ("input_checked", False, lambda i: with_records(i, figures=5, figures_checked=2)),
    ("input_checked", None, lambda i: i),
    ("several_angles", True, lambda i: with_records(i, categories=2)),
    ("several_angles", False, lambda i: with_records(i, categories=1)),
    ("several_angles", None, lambda i: i),
    ("administration_asked", True, lambda i: with_records(i, consents=4, to_consent=0)),
    ("administration_asked", False, lambda i: with_records(i, consents=1, to_consent=3)),
    ("administration_asked", True, lambda i: decided(i, "manager", "manager", "contact", "")),
    ("administration_asked", False, lambda i: decided(i, "manager", "contact", "contact", "")),
    ("administration_asked", None, lambda i: i),
    ("aligned", True, lambda i: with_records(i, shared_indicators=2, shared_alike=2)),
    ("aligned", False, lambda i: with_records(i, shared_indicators=2, shared_alike=1)),
    ("aligned", None, lambda i: i),
]


def met(inputs, sessions, *attendances):
    return replace(inputs, sessions=sessions, attendances=list(attendances))


def proposal(organisation):
    return action(organisation, agreed=False)


def decided(inputs, *by):
    return of_each(inputs, decided_by=by)


@pytest.mark.parametrize(
    ("requirement", "expected", "record"), MARK, ids=[f"{r}-{e}" for r, e, _record in MARK]
)
def test_a_requirement_is_met_not_met_or_unknown_by_its_records(
    base, requirement, expected, record
):
    [row] = [each for each in quality_mark(record(base)) if each["requirement"] == requirement]
    assert row["met"] is expected
    for language in ("nl", "en"):
        with override(language):
            assert "%(" not in evidence_words(row)


ALWAYS_KNOWN = {"more_than_a_year", "evaluated"}
"""Rounds are always counted, and what was never asked is known not to have been."""


def test_every_requirement_has_a_story_for_each_answer():
    told = {(requirement, expected) for requirement, expected, _record in MARK}
    wanted = {(each, met) for each in REQUIREMENTS for met in (True, False, None)}
    assert wanted - told == {(each, None) for each in ALWAYS_KNOWN}


# --- Risks --------------------------------------------------------------------------------------


def coded(risk, *values):
    return lambda i: with_codings(
        i, *(coding(risk, value, organisation=n) for n, value in enumerate(values))
    )


RISK = [
    *((risk, True, coded(risk, "++", "++", "--")) for risk in RISKS),
    *((risk, False, coded(risk, "++", "+-", "--")) for risk in RISKS),
    ("superficial_comparison", True, lambda i: replace(i, sessions=[session()])),
    ("superficial_comparison", False, lambda i: with_records(met(i, [session()]), readings=1)),
    ("superficial_comparison", None, lambda i: met(i, [session(state="planned")])),
    ("complacency", True, lambda i: replace(i, items=[item(4.0)])),
    ("complacency", False, lambda i: replace(i, items=[item(4.0)], signals=[signal()])),
    ("complacency", False, lambda i: with_records(replace(i, items=[item(4.5)]), topics=1)),
    ("complacency", False, lambda i: replace(i, items=[item(3.9)])),
    ("complacency", None, lambda i: i),
    ("learning_versus_improving", True, lambda i: met(i, [session()])),
    ("learning_versus_improving", False, lambda i: acted(met(i, [session()]), action(1))),
    ("learning_versus_improving", True, lambda i: acted(met(i, [session()]), proposal(1))),
    ("learning_versus_improving", None, lambda i: acted(i, action(1))),
    ("accountability_pressure", True, lambda i: joined(i, "automatism", "learning", "", "")),
    ("accountability_pressure", False, lambda i: joined(i, "automatism", "learning", "other", "")),
    ("accountability_pressure", None, lambda i: i),
    ("reckoning_culture", True, lambda i: with_records(i, figures=20, figures_disputed=2)),
    ("reckoning_culture", False, lambda i: with_records(i, figures=20, figures_disputed=1)),
    ("reckoning_culture", None, lambda i: i),
]


def acted(inputs, *actions):
    return replace(inputs, actions=list(actions))


def joined(inputs, *motives):
    return of_each(inputs, motive=motives)


@pytest.mark.parametrize(
    ("risk", "expected", "record"), RISK, ids=[f"{r}-{e}" for r, e, _record in RISK]
)
def test_a_risk_is_seen_not_seen_or_unknown_by_its_records(base, risk, expected, record):
    [row] = [each for each in risks(record(base)) if each["risk"] == risk]
    assert row["seen"] is expected
    for language in ("nl", "en"):
        with override(language):
            assert "%(" not in sign_words(row)


def test_every_risk_has_a_story_for_each_answer_and_interviews_go_before_behaviour(base):
    told = {(risk, expected) for risk, expected, _record in RISK}
    assert told == {(each, seen) for each in RISKS for seen in (True, False, None)}
    disputed = with_records(base, figures=20, figures_disputed=9)
    rated = with_codings(disputed, coding("reckoning_culture", "--"))
    found = {each["risk"]: each for each in risks(rated)}
    assert (found["reckoning_culture"]["seen"], found["reckoning_culture"]["sign"]) == (
        False,
        "coded",
    )


# --- The records themselves ---------------------------------------------------------------------


def test_the_counts_are_those_of_the_programmes_own_records():
    cycle = make.CycleFactory()
    programme, others = cycle.programme, make.CycleFactory()
    first, second = (make.ParticipationFactory(cycle=cycle).organisation for _each in range(2))
    charter = Charter.objects.create(
        programme=programme, purpose="Learn", ownership="Each its own", visibility="All"
    )
    CharterConsent.objects.create(charter=charter, organisation=first, given_on=NOW.date())
    indicator, definition = add_indicator(programme, "costs")
    for organisation in (first, second):
        add_figures(indicator, definition, organisation, ("2024", "2025"), [1, 2])
    Figure.objects.filter(organisation=first).update(status="checked")
    Figure.objects.filter(organisation=second, period="2025").update(status="disputed")
    stranger, its_definition = add_indicator(others.programme, "costs", "lower")
    found = read_records(programme)
    assert (found.consents, found.to_consent) == (1, 1)
    assert (found.has_purpose, found.has_ownership) == (True, True)
    assert (found.figures, found.figures_checked, found.figures_disputed) == (4, 2, 1)
    assert (found.cycles, found.years_of_figures, found.categories) == (1, 2, 0)
    assert found.days == (cycle.ends_on - cycle.starts_on).days + 1
    assert found.shared_indicators == 0  # nobody of these takes part there
    make.ParticipationFactory(cycle=others, organisation=first)
    found = read_records(programme)
    assert (found.shared_indicators, found.shared_alike) == (1, 0)
    stranger.definitions.update(better=definition.better)
    assert read_records(programme).shared_alike == 1
    assert its_definition.unit == definition.unit
