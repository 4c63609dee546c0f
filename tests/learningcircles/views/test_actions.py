"""A participant keeps a promise, and two people never overwrite one another."""

import threading
import uuid

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override

from benchmarks.models import Indicator, IndicatorDefinition
from core.deeds import deeds_of, sections_of
from learningcircles.domain.actions import hand_to_management, update_action
from learningcircles.domain.conflicts import ActionConflict
from learningcircles.models import Action, ActionChange, ActionNote
from tests.learningcircles import factories as meet
from tests.learningcircles.soon import hours_from_now
from tests.learningcircles.test_evidence import a_figure


@pytest.fixture
def action(stage):
    return meet.ActionFactory(
        programme=stage.programme,
        organisation=stage.here,
        owner=stage.member,
        session=meet.SessionFactory(circle=stage.circle),
        title="One letter",
    )


def browser_of(person):
    browser = Client()
    browser.force_login(getattr(person, "user", person))
    return browser


def post(browser, name, action, **told):
    return browser.post(reverse(name, args=[action.pk]), {"version": action.version, **told})


def test_a_state_changes_in_one_tap_and_leads_back_to_the_list(stage, action, signed_in):
    browser, back = signed_in(stage.member), reverse("my_actions")
    answer = post(browser, "action_status", action, status="done", next=back)
    action.refresh_from_db()
    assert (answer.url, action.status) == (back, "done")
    assert action.done_on == timezone.localdate()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "evil", ""])
def test_the_way_back_stays_on_this_site(stage, action, signed_in, elsewhere):
    answer = post(
        signed_in(stage.member), "action_status", action, status="under_way", next=elsewhere
    )
    assert answer.url == reverse("action", args=[action.pk])


def test_tapping_twice_is_tapping_once(stage, action, signed_in):
    browser = signed_in(stage.member)
    answers = [post(browser, "action_status", action, status="done") for _tap in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert ActionChange.objects.filter(action=action).count() == 1


@pytest.mark.parametrize("status", ["dropped", "handed_over", "proposed", "", "eaten"])
def test_one_tap_can_not_do_what_needs_a_reason(stage, action, signed_in, status):
    answer = post(signed_in(stage.member), "action_status", action, status=status)
    action.refresh_from_db()
    assert (answer.status_code, action.status) == (422, "agreed")


def test_two_people_who_edit_one_action_see_both_versions(stage, action):
    words = {"why": "", "owner_name": "", "horizon": "short", "indicator": ""}
    first, second = browser_of(stage.member), browser_of(stage.management)
    for browser in (first, second):
        assert browser.get(reverse("action_edit", args=[action.pk])).status_code == 200
    told = {**words, "owner": stage.member.pk, "title": "First was here"}
    assert post(first, "action_edit", action, **told).status_code == 302
    told = {**words, "owner": stage.management.pk, "title": "Second was here"}
    answer = post(second, "action_edit", action, **told)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "First was here" in page and "Second was here" in page
    assert str(stage.member.user) in page
    action.refresh_from_db()
    assert (action.title, action.owner) == ("First was here", stage.member)

    again = dict(answer.context["again"])
    second.post(reverse("action_edit", args=[action.pk]), again)
    action.refresh_from_db()
    assert (action.title, action.version) == ("Second was here", 3)
    titles = ActionChange.objects.filter(action=action, field="title")
    assert [line.after for line in titles] == ["First was here", "Second was here"]


def test_figures_have_their_names_in_the_history_and_in_both_versions(stage, action):
    wait, calls = (
        Indicator.objects.create(programme=stage.programme, code=code) for code in ("wait", "calls")
    )
    for indicator, meaning in ((wait, "Days of waiting"), (calls, "Calls a month")):
        IndicatorDefinition.objects.create(indicator=indicator, meaning=meaning, unit="1")
    told = {"title": action.title, "why": "", "owner": stage.member.pk, "owner_name": ""}
    told["horizon"] = "short"
    first = post(browser_of(stage.member), "action_edit", action, **told, indicator=wait.pk)
    assert first.status_code == 302
    second = post(
        browser_of(stage.management), "action_edit", action, **told, indicator=calls.pk, version=1
    )
    assert second.status_code == 409
    history = browser_of(stage.member).get(reverse("action", args=[action.pk])).content.decode()
    for page, names in (
        (second.content.decode(), ("Days of waiting", "Calls a month")),
        (history, ("Days of waiting",)),
    ):
        text = " ".join(strip_tags(page).split())
        assert all(name in text for name in names)
        assert " wait " not in text and " calls " not in text


def test_a_conflict_over_a_date_shows_the_reason_that_was_typed(stage, action):
    update_action(action, by=stage.management.user, version=1, title="Renamed")
    told = {"due": "2031-02-03", "reason": "Summer holidays"}
    answer = post(browser_of(stage.member), "action_postpone", action, **told)
    assert answer.status_code == 409
    assert "Summer holidays" in answer.content.decode()
    action.refresh_from_db()
    assert action.due.year == 2026


def test_postponing_without_a_reason_comes_back_with_the_date_that_was_typed(
    stage, action, signed_in
):
    answer = post(signed_in(stage.member), "action_postpone", action, due="2031-02-03")
    assert answer.status_code == 422
    assert b"2031-02-03" in answer.content


def test_a_note_is_added_once_however_often_it_is_posted(stage, action, signed_in):
    browser, key = signed_in(stage.member), str(uuid.uuid4())
    for _click in range(2):
        post(browser, "action_note", action, text="It goes well", key=key)
    assert ActionNote.objects.get().text == "It goes well"
    assert post(browser, "action_note", action, text="").status_code == 422


def test_null_bytes_and_too_much_text_are_refused(stage, action, signed_in):
    browser = signed_in(stage.member)
    assert post(browser, "action_note", action, text="a\0b").status_code == 422
    assert post(browser, "action_note", action, text="x" * 4001).status_code == 422
    assert not ActionNote.objects.exists()


def test_a_megabyte_is_too_much(stage, action, signed_in):
    answer = post(signed_in(stage.member), "action_note", action, text="x" * 1_000_000)
    assert answer.status_code in (400, 413)
    assert not ActionNote.objects.exists()


def test_an_organisation_logs_an_action_of_its_own(stage, signed_in):
    told = {"organisation": stage.here.pk, "title": "Phone back", "horizon": "short"}
    url = reverse("action_new", args=[stage.code])
    answer = signed_in(stage.member).post(url, told)
    action = Action.objects.get()
    assert answer.url == reverse("action", args=[action.pk])
    wrong = {**told, "organisation": stage.neighbour.pk}
    assert signed_in(stage.member).post(url, wrong).status_code == 422
    wrong = {**told, "owner": stage.other_member.pk}
    assert signed_in(stage.member).post(url, wrong).status_code == 422


def test_the_thread_leads_back_to_signal_session_and_circle(stage, action, signed_in):
    signal = meet.SignalFactory(session=action.session, text="Three letters a month")
    Action.objects.filter(pk=action.pk).update(signal=signal)
    page = signed_in(stage.member).get(reverse("action", args=[action.pk])).content.decode()
    assert "Three letters a month" in page
    assert reverse("session", args=[stage.code, action.session.pk]) in page


def test_a_neighbour_in_the_circle_reads_what_was_said_but_not_the_value_of_our_figure(
    stage, action, signed_in
):
    figure = a_figure(stage)
    figure.value = "47.11"
    figure.save()
    signal = meet.SignalFactory(session=action.session, figure=figure, text="Two left")
    # The neighbour owns an action that came from what was said about our figure.
    Action.objects.filter(pk=action.pk).update(
        signal=signal, organisation=stage.other_member.organisation, owner=stage.other_member
    )
    neighbour = signed_in(stage.other_member).get(reverse("action", args=[action.pk]))
    leading = signed_in(stage.member).get(reverse("session", args=[stage.code, action.session.pk]))
    assert "Two left" in neighbour.content.decode() and "47,11" in leading.content.decode()
    assert "47,11" not in neighbour.content.decode() and "47.11" not in neighbour.text


def test_management_outside_the_circle_reads_the_action_but_not_what_was_said(
    stage, action, signed_in
):
    signal = meet.SignalFactory(session=action.session, text="Three letters a month")
    Action.objects.filter(pk=action.pk).update(signal=signal)
    page = signed_in(stage.management).get(reverse("action", args=[action.pk])).content.decode()
    assert "Three letters a month" not in page
    assert reverse("session", args=[stage.code, action.session.pk]) not in page


def test_management_decides_on_what_was_handed_to_it(stage, action, signed_in):
    hand_to_management(action, by=stage.member.user, version=1, reason="Who pays?")
    action.refresh_from_db()
    browser = signed_in(stage.management)
    page = browser.get(reverse("action", args=[action.pk])).content.decode()
    assert "Who pays?" in page
    assert post(browser, "action_decide", action, decision="supported").status_code == 422
    post(browser, "action_decide", action, decision="declined", reason="Not this year")
    action.refresh_from_db()
    assert (action.status, action.drop_reason) == ("dropped", "Not this year")


def test_my_actions_are_mine_due_first(stage, action, signed_in):
    meet.ActionFactory(
        programme=stage.programme, organisation=stage.here, owner=stage.member, due=None
    )
    sooner = meet.ActionFactory(
        programme=stage.programme, organisation=stage.here, owner=stage.member, due="2026-02-01"
    )
    meet.ActionFactory(programme=stage.programme, organisation=stage.neighbour)
    shown = signed_in(stage.member).get(reverse("my_actions")).context["actions"]
    assert [row.due and row.due.month for row in shown] == [2, 3, None]
    assert shown[0] == sooner


def test_what_is_expected_of_each(stage, action):
    today = timezone.localdate()
    Action.objects.update(due=today, original_due=today)
    coming = meet.SessionFactory(circle=stage.circle, led_by=stage.facilitator, title="Talk")
    meet.AttendanceFactory(session=coming, membership=stage.member)
    meet.SessionFactory(
        circle=stage.circle, led_by=stage.facilitator, starts_at=hours_from_now(-30)
    )

    def expected(person):
        with override("en"):
            deeds = deeds_of(getattr(person, "user", person), today)
            return sorted(str(deed.verb) for deed in deeds)

    assert len(expected(stage.member)) == 2
    assert expected(stage.facilitator) == ["Prepare", "Prepare", "Record"]
    assert expected(stage.management) == []
    hand_to_management(action, by=stage.member.user, version=1, reason="Who pays?")
    assert len(expected(stage.management)) == 1
    for outsider in ("neighbour_management", "evaluator", "administrator", "stranger"):
        assert expected(getattr(stage, outsider)) == []


def test_a_programme_offers_its_circles_to_who_takes_part(stage):
    def offered(person):
        sections = sections_of(getattr(person, "user", person), stage.programme)
        names = ("circle_list", "follow_up")
        urls = {reverse(name, args=[stage.code]): name for name in names}
        return {urls[section.url] for section in sections if section.url in urls}

    assert offered(stage.facilitator) == {"circle_list", "follow_up"}
    assert offered(stage.member) == {"circle_list"}
    assert offered(stage.management) == {"circle_list", "follow_up"}
    assert offered(stage.evaluator) == set()


@pytest.mark.django_db(transaction=True)
def test_two_connections_at_once_store_one_change_and_refuse_the_other():
    """Both saw version 1; whichever comes second is refused, and nothing is overwritten."""
    member = meet.CircleMemberFactory().membership
    action = meet.ActionFactory(organisation=member.organisation, title="Before")
    together, outcomes = threading.Barrier(2), []

    def rename(title):
        together.wait()
        while True:
            try:
                update_action(action, by=member.user, version=1, title=title)
                outcomes.append(title)
            except ActionConflict:
                outcomes.append("refused")
            except OperationalError:  # SQLite in memory: the other one holds the table
                continue
            break
        connection.close()

    threads = [threading.Thread(target=rename, args=[title]) for title in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    stored = Action.objects.get()
    assert sorted(outcomes) == sorted([stored.title, "refused"])
    assert stored.version == 2
    assert [line.after for line in stored.changes.all()] == [stored.title]
