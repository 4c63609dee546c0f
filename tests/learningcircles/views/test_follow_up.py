"""Management sees what became of it, in its own organisation only."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.learningcircles import factories as meet


@pytest.fixture
def actions(stage):
    def act(**fields):
        told = {"programme": stage.programme, "organisation": stage.here, **fields}
        return meet.ActionFactory(**told)

    later = timezone.localdate() + dt.timedelta(days=90)
    return {
        "open": act(title="Open one", due=later, owner_name="Jan"),
        "overdue": act(title="Late one", due=dt.date(2026, 2, 1), owner_name="Jan"),
        "unowned": act(title="Nobody", due=later),
        "done": act(title="Done one", status="done", done_on=dt.date(2026, 2, 2)),
        "dropped": act(
            title="Dropped one",
            status="dropped",
            dropped_on=dt.date(2026, 2, 2),
            drop_reason="No money",
        ),
        "waiting": act(
            title="Asked", status="handed_over", handed_on=dt.date(2026, 2, 2), due=later
        ),
        "neighbours": act(title="Of the neighbours", organisation=stage.neighbour),
    }


def follow_up(stage, browser, **query):
    return browser.get(reverse("follow_up", args=[stage.code]), query_params=query)


def test_the_counts_are_those_of_the_own_organisation(stage, actions, signed_in):
    counts = follow_up(stage, signed_in(stage.management)).context["counts"]
    assert (counts.agreed, counts.open, counts.overdue) == (6, 4, 1)
    assert (counts.done, counts.dropped, counts.waiting) == (1, 1, 1)
    assert counts.without_owner == 2


@pytest.mark.parametrize(
    ("show", "titles"),
    [
        ("", ["Asked"]),
        ("waiting", ["Asked"]),
        ("open", ["Late one", "Open one", "Nobody", "Asked"]),
        ("overdue", ["Late one"]),
        ("without_owner", ["Nobody", "Asked"]),
        ("done", ["Done one"]),
        ("dropped", ["Dropped one"]),
        ("nonsense", ["Late one", "Open one", "Nobody", "Asked"]),
    ],
)
def test_each_sort_lists_its_actions_one_tap_away(stage, actions, signed_in, show, titles):
    answer = follow_up(stage, signed_in(stage.management), show=show)
    assert [row.title for row in answer.context["actions"]] == titles
    for row in answer.context["actions"]:
        assert reverse("action", args=[row.pk]) in answer.content.decode()


def test_another_organisations_management_sees_nothing_of_it(stage, actions, signed_in):
    browser = signed_in(stage.neighbour_management)
    answer = follow_up(stage, browser)
    page = answer.content.decode()
    assert answer.context["organisation"] == stage.neighbour
    assert [row.title for row in answer.context["actions"]] == ["Of the neighbours"]
    assert "Late one" not in page and str(stage.here) not in page
    assert follow_up(stage, browser, organisation=stage.here.code).status_code == 404
    assert browser.get(reverse("action", args=[actions["open"].pk])).status_code == 404


def test_who_is_no_management_has_no_follow_up(stage, actions, signed_in):
    for person in (stage.member, stage.colleague, stage.evaluator, stage.stranger):
        assert follow_up(stage, signed_in(person)).status_code == 404


def test_who_leads_the_programme_may_look_at_each_organisation(stage, actions, signed_in):
    browser = signed_in(stage.facilitator)
    answer = follow_up(stage, browser, organisation=stage.neighbour.code)
    assert [row.title for row in answer.context["actions"]] == ["Of the neighbours"]


def more(stage):
    """One more of everything that the lists show."""
    member = meet.CircleMemberFactory(
        circle=stage.circle,
        membership=make.MembershipFactory(organisation=stage.here, roles=["participant"]),
    )
    circle = meet.CircleFactory(programme=stage.programme)
    meet.CircleMemberFactory(circle=circle, membership=stage.member)
    session = meet.SessionFactory(circle=stage.circle)
    meet.SessionFactory(circle=None, programme=stage.programme, kind="round_table")
    for guest in (member.membership, stage.other_member):
        meet.AttendanceFactory(session=stage.circle.sessions.first(), membership=guest)
        stage.other_member = make.MembershipFactory(organisation=stage.neighbour)
    signal = meet.SignalFactory(session=stage.circle.sessions.first())
    for owner in (stage.member, None):
        meet.ActionFactory(
            programme=stage.programme,
            organisation=stage.here,
            owner=owner,
            session=session,
            signal=signal,
        )
    meet.ActionFactory(
        programme=stage.programme,
        organisation=stage.here,
        owner=stage.member,
        session=stage.circle.sessions.first(),
    )


@pytest.mark.parametrize("who", ["facilitator", "member", "management"])
def test_pages_take_as_many_queries_for_three_as_for_one(stage, signed_in, who):
    browser = signed_in(getattr(stage, who))
    more(stage)
    code, first = stage.code, stage.circle.sessions.order_by("pk").first()
    urls = [
        reverse("circle_list", args=[code]),
        reverse("circle", args=[code, stage.circle.pk]),
        reverse("session", args=[code, first.pk]),
        reverse("my_actions"),
        reverse("follow_up", args=[code]),
        reverse("now"),
    ]

    def counted():
        numbers = []
        for url in urls:
            with CaptureQueriesContext(connection) as queries:
                browser.get(url)
            numbers.append(len(queries))
        return dict(zip(urls, numbers, strict=True))

    counted()
    one = counted()
    more(stage)
    more(stage)
    assert counted() == one
    assert max(one.values()) <= 25
