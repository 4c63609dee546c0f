"""Management sees what became of it, in its own organisation only."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learningcircles.domain.groups import count_group
from people.models import Organisation
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
    assert (counts.escalated, counts.carried_over) == (1, 0)


def test_what_is_done_later_is_open_today_in_every_number_of_the_page(stage, signed_in):
    """A list brought in may hold a day that is still to come."""
    today = timezone.localdate()
    meet.ActionFactory(
        programme=stage.programme,
        organisation=stage.here,
        agreed_on=today - dt.timedelta(days=40),
        status="done",
        done_on=today + dt.timedelta(days=6),
    )
    context = follow_up(stage, signed_in(stage.management)).context
    assert (context["counts"].open, context["counts"].done) == (1, 0)
    overview = context["overview"]
    assert sum(age.n for age in overview.ages) == 1
    assert overview.curve.median is None


@pytest.mark.parametrize(
    ("show", "titles"),
    [
        ("", ["Asked"]),
        ("waiting", ["Asked"]),
        ("open", ["Late one", "Open one", "Nobody", "Asked"]),
        ("overdue", ["Late one"]),
        ("escalated", ["Late one"]),
        ("carried_over", []),
        ("proposed", []),
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
    assert max(one.values()) <= 30
    assert one[reverse("follow_up", args=[code])] <= 15
    assert one[reverse("circle", args=[code, stage.circle.pk])] <= 15


def test_time_to_done_is_a_curve_with_who_is_at_risk_and_its_numbers_in_a_table(
    stage, actions, signed_in
):
    answer = follow_up(stage, signed_in(stage.management))
    curve, picture = answer.context["overview"].curve, answer.context["picture"]
    assert (curve.n, curve.censored) == (6, 5)
    assert picture.ticks[0].at_risk == 6
    page = answer.content.decode()
    assert "lc-curve__own" in page and picture.own in page
    assert page.count("<tr>") >= len(picture.ticks)


def test_what_was_due_is_told_by_quarter_and_what_is_open_by_age_and_state(
    stage, actions, signed_in
):
    overview = follow_up(stage, signed_in(stage.management)).context["overview"]
    (cohort,) = overview.cohorts
    assert (cohort.year, cohort.quarter, cohort.n) == (2026, 1, 3)
    assert (cohort.in_time, cohort.later, cohort.open, cohort.dropped) == (1, 0, 1, 1)
    assert sum(age.n for age in overview.ages) == 4
    assert [
        sum(column) for column in zip(*[age.by_state for age in overview.ages], strict=True)
    ] == [3, 0, 1]


def grow_group(stage, size):
    """So many organisations with an action, ours among them."""
    for _number in range(size - 1):
        other = make.ParticipationFactory(cycle=stage.cycle).organisation
        meet.ActionFactory(programme=stage.programme, organisation=other, title="A secret")
    meet.ActionFactory(
        programme=stage.programme, organisation=stage.here, status="done", done_on="2026-02-01"
    )
    return count_group(stage.programme, timezone.localdate())


@pytest.mark.parametrize(("size", "shown"), [(5, False), (6, True)])
def test_the_group_is_shown_only_where_it_gives_nobody_away(stage, signed_in, size, shown):
    grow_group(stage, size)
    answer = follow_up(stage, signed_in(stage.management))
    assert bool(answer.context["comparison"]) is shown
    assert bool(answer.context["picture"].group) is shown
    page = answer.content.decode()
    assert "A secret" not in page
    assert ("17% (1" in page) is shown


def test_there_is_no_list_of_who_does_better(stage, signed_in):
    standing = grow_group(stage, 7)
    page = follow_up(stage, signed_in(stage.management)).content.decode()
    others = Organisation.objects.exclude(pk=stage.here.pk)
    assert standing.organisations == 7
    assert not [place for place in others if str(place) in page]


def test_management_is_told_on_now_what_is_long_past_its_date(stage, actions, signed_in):
    page = signed_in(stage.management).get(reverse("now")).content.decode()
    assert "show=escalated" in page
    assert "show=escalated" not in signed_in(stage.member).get(reverse("now")).content.decode()


def test_the_circle_sets_when_its_actions_go_to_management(stage, signed_in):
    address = reverse("circle_follow_up", args=[stage.code, stage.circle.pk])
    browser = signed_in(stage.facilitator)
    assert browser.get(address).context["form"].initial["escalate_after"] == 30
    days = {"remind_before": 3, "flag_after": 7, "escalate_after": 0}
    assert browser.post(address, days).status_code == 422
    assert browser.post(address, {**days, "escalate_after": 10}).status_code == 302
    stage.circle.refresh_from_db()
    assert stage.circle.follow_up_rule.escalate_after == 10
    assert signed_in(stage.member).get(address).status_code == 404
