"""What evaluation gets: typed rows, by organisation, and no person."""

import dataclasses
import datetime as dt

from benchmarks.models import Figure, Indicator, IndicatorDefinition
from learningcircles import evidence
from learningcircles.domain.actions import agree_action, postpone_action, update_action
from learningcircles.domain.decisions import note_decision
from learningcircles.domain.definition_issues import park_definition_issue
from learningcircles.domain.readings import note_reading
from learningcircles.domain.signals import raise_signal
from learningcircles.domain.topics import propose_topic
from tests.learningcircles import factories as meet

ALL = (
    evidence.sessions,
    evidence.attendances,
    evidence.readings,
    evidence.signals,
    evidence.topics,
    evidence.decisions,
    evidence.definition_issues,
    evidence.actions,
    evidence.action_changes,
    evidence.adoptions,
    evidence.chains,
)
AT = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)


def a_figure(stage):
    indicator = Indicator.objects.create(programme=stage.programme, code="waiting")
    definition = IndicatorDefinition.objects.create(
        indicator=indicator, meaning="Days waiting", unit="days"
    )
    return Figure.objects.create(
        indicator=indicator,
        definition=definition,
        organisation=stage.here,
        period="2026",
        value=40,
    )


def a_thread(stage):
    """figure -> session -> signal -> action, postponed and done."""
    figure = a_figure(stage)
    session = meet.SessionFactory(circle=stage.circle, starts_at=AT, state="held")
    meet.AttendanceFactory(session=session, membership=stage.member, presence="present")
    reading = note_reading(session, by=stage.facilitator, text="A secret", figure=figure)
    signal = raise_signal(session, by=stage.facilitator, text="A secret", reading=reading)
    note_decision(session, by=stage.facilitator, text="A secret decision")
    propose_topic(stage.circle, by=stage.member.user, title="A secret topic", signal=signal)
    park_definition_issue(
        session, by=stage.facilitator, indicator=figure.indicator, text="A secret doubt"
    )
    action = agree_action(
        stage.programme,
        by=stage.facilitator,
        organisation=stage.here,
        title="Another secret",
        owner=stage.member,
        due=dt.date(2026, 4, 1),
        signal=signal,
        indicator=figure.indicator,
        at=AT,
    )
    later = AT + dt.timedelta(days=10)
    postpone_action(
        action,
        by=stage.member.user,
        version=1,
        due=dt.date(2026, 6, 1),
        reason="Holidays",
        at=later,
    )
    update_action(action, by=stage.member.user, version=2, status="done", at=later)
    return figure, session, signal, action


def test_the_rows_of_a_thread_point_at_one_another(stage):
    figure, session, signal, action = a_thread(stage)
    programme = stage.programme.pk
    (session_row,) = evidence.sessions(programme)
    (attendance,) = evidence.attendances(programme)
    (signal_row,) = evidence.signals(programme)
    (row,) = evidence.actions(programme)
    (reading,) = evidence.readings(programme)
    (topic,) = evidence.topics(programme)
    (decision,) = evidence.decisions(programme)
    (issue,) = evidence.definition_issues(programme)
    assert (reading.figure_id, reading.organisation_id) == (figure.pk, stage.here.pk)
    assert (signal_row.reading_id, topic.signal_id) == (reading.id, signal.pk)
    assert (topic.circle_id, topic.origin, topic.closed_on) == (stage.circle.pk, "signal", None)
    assert decision.session_id == issue.session_id == session.pk
    assert (issue.indicator_id, issue.state) == (figure.indicator.pk, "parked")
    assert (session_row.id, session_row.state) == (session.pk, "held")
    assert attendance == evidence.AttendanceRow(session.pk, stage.here.pk, "", "present")
    assert (signal_row.session_id, signal_row.figure_id) == (session.pk, figure.pk)
    assert (row.id, row.signal_id, row.session_id) == (action.pk, signal.pk, session.pk)
    assert (row.figure_id, row.indicator_id) == (figure.pk, figure.indicator.pk)
    assert (row.status, row.done_on, row.has_owner) == ("done", dt.date(2026, 3, 12), True)
    assert (row.original_due, row.due) == (dt.date(2026, 4, 1), dt.date(2026, 6, 1))
    assert row.cycle_id == stage.cycle.pk


def test_the_changes_come_in_order_of_time(stage):
    a_thread(stage)
    rows = list(evidence.action_changes(stage.programme.pk))
    assert [(row.field, row.before, row.after, row.has_reason) for row in rows] == [
        ("status", "", "agreed", False),
        ("due", "2026-04-01", "2026-06-01", True),
        ("status", "agreed", "done", False),
    ]


def test_the_rows_of_another_programme_stay_out(stage):
    a_thread(stage)
    other = meet.CircleFactory().programme.pk
    assert evidence.sessions(other) == []
    assert [row for rows in ALL for row in rows(other)] == []


def test_a_session_that_was_called_off_has_no_attendance(stage):
    session = meet.SessionFactory(circle=stage.circle, state="cancelled")
    meet.AttendanceFactory(session=session, membership=stage.member)
    assert list(evidence.attendances(stage.programme.pk)) == []
    assert [row.state for row in evidence.sessions(stage.programme.pk)] == ["cancelled"]


def test_no_row_names_a_person_or_says_what_was_said(stage):
    a_thread(stage)
    programme = stage.programme.pk
    rows = [row for rows in ALL for row in rows(programme)]
    told = " ".join(str(dataclasses.asdict(row)) for row in rows)
    for secret in ("secret", stage.member.user.name, stage.member.user.email, "Holidays"):
        assert secret not in told
    names = {field.name for row in rows for field in dataclasses.fields(row)}
    assert not names & {"user_id", "membership_id", "owner_id", "actor_id", "text", "title"}
