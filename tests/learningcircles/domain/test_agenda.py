"""The agenda drafts itself; its times add up; two people don't undo one another."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.exceptions import EditConflict, InvalidInput, NotNow
from learningcircles.agenda import schedule_of
from learningcircles.domain.agenda import add_item, change_item, move_item, remove_item
from learningcircles.domain.definition_issues import park_definition_issue
from learningcircles.domain.drafting import draft_agenda, use_previous
from learningcircles.domain.templates import (
    TALKS,
    Part,
    fitted,
    keep_template,
    remove_template,
    use_template,
)
from learningcircles.domain.topics import propose_topic
from learningcircles.domain.votes import distribute_votes
from learningcircles.enums import AgendaSection, SessionKind
from learningcircles.suggestions import suggestions_for
from tests import factories as make
from tests.learningcircles import factories as meet
from tests.learningcircles.soon import hours_from_now
from tests.learningcircles.test_evidence import a_figure


@pytest.fixture
def session(stage):
    return meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(48))


def drafted(stage, session):
    told = suggestions_for(session, stage.facilitator)
    return draft_agenda(session, by=stage.facilitator, suggestions=told)


def titles(session):
    return [item.title for item in session.agenda.all()]


def test_a_draft_holds_what_is_open_in_doubt_and_wanted_and_fills_the_time(stage, session):
    earlier = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(-48), state="held")
    meet.ActionFactory(programme=stage.programme, organisation=stage.here, session=earlier)
    park_definition_issue(
        earlier,
        by=stage.facilitator,
        indicator=a_figure(stage).indicator,
        text="The secretary of the neighbours counts differently",
    )
    wanted = propose_topic(stage.circle, by=stage.facilitator, title="Hiring")
    propose_topic(stage.circle, by=stage.facilitator, title="Housing")
    member = stage.circle.members.first()
    distribute_votes(member, by=member.membership.user, given={wanted.pk: (7, "Now or never")})
    drafted(stage, session)
    origins = [item.origin for item in session.agenda.all()]
    assert origins == ["standing", "actions", "topic", "topic", "definition", "standing"]
    assert titles(session).index("Hiring") < titles(session).index("Housing")
    assert "secretary" not in " ".join(titles(session))
    schedule = schedule_of(session, stage.facilitator)
    assert (schedule.available, schedule.over) == (120, 0)
    assert 0 <= schedule.left < 10
    clock = session.starts_at
    for line in schedule.lines:
        assert line.starts_at == clock
        clock = line.ends_at


def test_a_draft_made_twice_has_each_thing_once(stage, session):
    propose_topic(stage.circle, by=stage.facilitator, title="Hiring")
    drafted(stage, session)
    had = titles(session)
    drafted(stage, session)
    assert titles(session) == had


def test_what_does_not_fit_stays_a_suggestion(stage, session):
    for number in range(9):
        propose_topic(stage.circle, by=stage.facilitator, title=f"Topic {number}")
    drafted(stage, session)
    schedule = schedule_of(session, stage.facilitator)
    assert schedule.over == 0
    assert len(schedule.lines) < 9


def test_an_agenda_comes_from_the_usual_one_or_from_last_time(stage, session):
    use_template(session, by=stage.facilitator)
    topic = propose_topic(stage.circle, by=stage.facilitator, title="Of that day only")
    add_item(session, by=stage.facilitator, title=topic.title, topic=topic)
    add_item(session, by=stage.facilitator, title="Round", presenter=stage.member, minutes=7)
    later = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(96))
    use_previous(later, by=stage.facilitator, previous=session)
    assert titles(later) == [title for title in titles(session) if title != topic.title]
    copied = later.agenda.get(title="Round")
    assert (copied.minutes, copied.presenter) == (7, stage.member)


@pytest.mark.parametrize("kind", [kind for kind in SessionKind if kind != "interpretation"])
def test_the_usual_agenda_of_each_kind_adds_up_to_the_time_there_is(stage, kind):
    session = meet.SessionFactory(circle=stage.circle, kind=kind, starts_at=hours_from_now(48))
    session.ends_at = session.starts_at + dt.timedelta(minutes=150)
    session.save()
    use_template(session, by=stage.facilitator)
    assert schedule_of(session, stage.facilitator).left == 0


def test_an_agenda_is_kept_as_a_template_and_fitted_to_a_longer_session(stage, session):
    topic = propose_topic(stage.circle, by=stage.facilitator, title="Of that day only")
    add_item(session, by=stage.facilitator, title=topic.title, topic=topic)
    add_item(session, by=stage.facilitator, title="Case of the month", minutes=40)
    add_item(session, by=stage.facilitator, title="Close", section="closing", minutes=10)
    template = keep_template(session, by=stage.facilitator, name=" Our  way ")
    assert template.name == "Our way"
    later = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(96))
    use_template(later, by=stage.facilitator, template=template)
    use_template(later, by=stage.facilitator, template=template)
    assert [(item.title, item.minutes) for item in later.agenda.all()] == [
        ("Case of the month", 110),
        ("Close", 10),
    ]
    remove_template(template, by=stage.facilitator)
    assert later.agenda.count() == 2


def test_keeping_under_the_same_name_replaces_and_an_empty_agenda_does_not(stage, session):
    add_item(session, by=stage.facilitator, title="First")
    template = keep_template(session, by=stage.facilitator, name="Usual")
    other = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(96))
    with pytest.raises(InvalidInput):
        keep_template(other, by=stage.facilitator, name="Usual")
    assert template.items.get().title == "First"
    add_item(other, by=stage.facilitator, title="Second")
    assert keep_template(other, by=stage.facilitator, name="Usual") == template
    assert template.items.get().title == "Second"


def test_a_template_of_another_benchmark_is_refused(stage, session):
    add_item(session, by=stage.facilitator, title="First")
    template = keep_template(session, by=stage.facilitator, name="Usual")
    elsewhere = meet.SessionFactory(starts_at=hours_from_now(96))
    with pytest.raises(InvalidInput):
        use_template(elsewhere, by=stage.facilitator, template=template)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(AgendaSection.values), st.integers(1, 120)),
        min_size=1,
        max_size=12,
    ),
    st.integers(0, 600),
)
def test_fitted_times_fill_the_session_as_far_as_steps_of_five_can(rows, minutes):
    parts = [Part(str(n), "A", section, time) for n, (section, time) in enumerate(rows)]
    found = fitted(parts, minutes)
    talks = [part for part in found if part.section in TALKS]
    assert [p.minutes for p in found if p not in talks] == [
        p.minutes for p in parts if p.section not in TALKS
    ]
    assert all(part.minutes >= 5 and part.minutes % 5 == 0 for part in talks)
    fixed = sum(part.minutes for part in parts if part.section not in TALKS)
    if talks and minutes >= fixed + 5 * len(talks):
        assert 0 <= minutes - sum(part.minutes for part in found) < 5


def test_an_item_that_two_people_change_is_not_overwritten(stage, session):
    item = add_item(session, by=stage.facilitator, title="Round", minutes=10)
    change_item(item, by=stage.facilitator, version=1, minutes=20)
    with pytest.raises(EditConflict):
        change_item(item, by=stage.facilitator, version=1, minutes=30)
    item.refresh_from_db()
    assert (item.minutes, item.version) == (20, 2)


def test_items_move_within_their_part_only(stage, session):
    for title in ("A", "B"):
        add_item(session, by=stage.facilitator, title=title)
    add_item(session, by=stage.facilitator, title="First", section="opening")
    first, _second, last = session.agenda.all()
    assert not move_item(first, by=stage.facilitator, up=False)
    assert move_item(last, by=stage.facilitator, up=True)
    assert titles(session) == ["First", "B", "A"]


def test_an_item_under_which_something_was_noted_stays(stage, session):
    item = add_item(session, by=stage.facilitator, title="Round")
    meet.SignalFactory(session=session, item=item)
    with pytest.raises(NotNow):
        remove_item(item, by=stage.facilitator)
    other = add_item(session, by=stage.facilitator, title="Nothing")
    remove_item(other, by=stage.facilitator)
    remove_item(other, by=stage.facilitator)
    assert titles(session) == ["Round"]


def test_an_item_that_cannot_be_is_refused(stage, session):
    for wrong in (
        {"title": " "},
        {"title": "A", "minutes": 0},
        {"title": "A", "origin": "organisation"},
        {"title": "A", "presenter": stage.member, "presenter_name": "Jan"},
    ):
        with pytest.raises(InvalidInput):
            add_item(session, by=stage.facilitator, **wrong)


def test_nobody_spends_more_than_their_budget_nor_twice(stage):
    member = stage.circle.members.get(membership=stage.member)
    one, two = (propose_topic(stage.circle, by=stage.facilitator, title=t) for t in "AB")
    by = stage.member.user
    with pytest.raises(InvalidInput):
        distribute_votes(member, by=by, given={one.pk: (6, ""), two.pk: (5, "")})
    assert not member.votes.exists()
    distribute_votes(member, by=by, given={one.pk: (6, ""), two.pk: (4, "")})
    distribute_votes(member, by=by, given={two.pk: (10, "All on this")})
    assert [(vote.topic, vote.points) for vote in member.votes.all()] == [(two, 10)]
    elsewhere = meet.TopicFactory()
    with pytest.raises(NotNow):
        distribute_votes(member, by=by, given={elsewhere.pk: (1, "")})
    member.left_on = dt.date(2026, 6, 1)
    member.save()
    with pytest.raises(NotNow):
        distribute_votes(member, by=by, given={one.pk: (1, "")})


def test_a_joint_agenda_never_says_whose_figure_stands_out(stage):
    """Eight organisations, of which ours is far off: the item says that one is, not which."""
    figure = a_figure(stage)
    others = [make.ParticipationFactory(cycle=stage.cycle).organisation for _n in range(8)]
    for value, organisation in enumerate([stage.neighbour, *others]):
        figure.pk = None
        figure.organisation, figure.value = organisation, 5 + value % 3
        figure.save()
    session = meet.SessionFactory(
        circle=None, programme=stage.programme, kind="joint_interpretation"
    )
    for membership in (stage.member, stage.other_member):
        meet.AttendanceFactory(session=session, membership=membership)
    (suggestion,) = suggestions_for(session, stage.facilitator)
    assert suggestion.indicator == figure.indicator
    assert stage.here.name not in suggestion.title + suggestion.why
    assert "40" not in suggestion.title + suggestion.why
    drafted(stage, session)
    (line,) = [x for x in schedule_of(session, stage.other_member.user).lines if x.item.indicator]
    assert [each.organisation for each in line.figures] == [stage.neighbour]
