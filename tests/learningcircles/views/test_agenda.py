"""Preparing a session in the browser: draft, add, change, order; topics and their points."""

import uuid

from django.urls import reverse

from benchmarks.models import Figure
from learningcircles.domain.agenda import add_item
from learningcircles.domain.votes import distribute_votes
from learningcircles.forms.record import SignalForm
from learningcircles.models import (
    AgendaItem,
    AgendaTemplate,
    DefinitionIssue,
    Intermediary,
    TopicVote,
)
from tests.learningcircles import factories as meet
from tests.learningcircles.soon import hours_from_now
from tests.learningcircles.test_evidence import a_figure


def at(stage, name, *args):
    return reverse(name, args=[stage.code, *args])


def test_the_agenda_is_drafted_added_to_and_ordered(stage, signed_in):
    session = meet.SessionFactory(circle=stage.circle)
    meet.TopicFactory(circle=stage.circle, title="Hiring")
    browser = signed_in(stage.facilitator)
    shown = browser.get(at(stage, "session_prepare", session.pk)).content.decode()
    assert "Hiring" in shown
    browser.post(at(stage, "agenda_fill", session.pk), {"way": "draft"})
    item = session.agenda.get(title="Hiring")
    told = {"title": "Round", "section": "topics", "minutes": 200, "origin": "standing"}
    browser.post(at(stage, "agenda_add", session.pk), told)
    browser.post(at(stage, "agenda_item_move", session.pk, item.pk), {"to": "down"})
    titles = list(session.agenda.filter(section="topics").values_list("title", flat=True))
    assert titles == ["Round", "Hiring"]
    shown = browser.get(at(stage, "session_prepare", session.pk)).content.decode()
    assert "200" in shown
    assert "lc-late" in shown


def test_an_item_changed_by_two_gives_a_page_that_says_so(stage, signed_in):
    session = meet.SessionFactory(circle=stage.circle)
    item = add_item(session, by=stage.facilitator, title="Round")
    told = {"title": "First", "section": "topics", "minutes": 15, "origin": "standing"}
    browser, address = signed_in(stage.facilitator), at(stage, "agenda_item", session.pk, item.pk)
    assert browser.post(address, {**told, "version": 1}).status_code == 302
    assert browser.post(address, {**told, "title": "Second", "version": 1}).status_code == 409
    assert AgendaItem.objects.get().title == "First"


def test_the_pages_take_as_many_queries_for_three_items_as_for_one(
    stage, signed_in, django_assert_num_queries, django_assert_max_num_queries
):
    session = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(-1))
    add_item(session, by=stage.facilitator, title="One", presenter=stage.member)
    browser = signed_in(stage.facilitator)
    names = ("session_prepare", "session_live", "session_minutes", "session")
    addresses = [at(stage, name, session.pk) for name in names]
    counts = []
    for address in addresses:
        with django_assert_max_num_queries(80) as taken:
            browser.get(address)
        counts.append(len(taken))
    for title in ("Two", "Three"):
        add_item(session, by=stage.facilitator, title=title, presenter=stage.other_member)
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_num_queries(count):
            browser.get(address)


def test_a_member_proposes_and_gives_points_and_reads_why_others_do(stage, signed_in):
    browser = signed_in(stage.member)
    address = at(stage, "circle_topics", stage.circle.pk)
    browser.post(address, {"title": "Hiring", "origin": "circle"})
    topic = stage.circle.topics.get()
    other = stage.circle.members.get(membership=stage.other_member)
    distribute_votes(other, by=stage.other_member.user, given={topic.pk: (4, "Now or never")})
    votes = at(stage, "circle_votes", stage.circle.pk)
    assert browser.post(votes, {f"points-{topic.pk}": 11}).status_code == 422
    assert browser.post(votes, {f"points-{topic.pk}": 3}).status_code == 302
    assert set(TopicVote.objects.values_list("points", flat=True)) == {3, 4}
    shown = browser.get(address).content.decode()
    assert "Now or never" in shown


def test_a_topic_from_a_signal_shows_it_only_to_who_sees_the_signal(stage, signed_in):
    elsewhere = meet.SessionFactory(
        circle=None, programme=stage.programme, kind="interpretation", organisation=stage.here
    )
    signal = meet.SignalFactory(session=elsewhere, text="Half our staff left")
    meet.TopicFactory(circle=stage.circle, title="Hiring", origin="signal", signal=signal)
    for who, sees in ((stage.member, True), (stage.other_member, False)):
        shown = signed_in(who).get(at(stage, "circle_topics", stage.circle.pk)).content.decode()
        assert "Hiring" in shown
        assert ("Half our staff left" in shown) is sees


def test_who_missed_two_in_a_row_is_named_to_who_leads_and_to_nobody_else(stage, signed_in):
    for hours in (-96, -48):
        session = meet.SessionFactory(
            circle=stage.circle, state="held", starts_at=hours_from_now(hours)
        )
        meet.AttendanceFactory(session=session, membership=stage.member, presence="absent")
        meet.AttendanceFactory(session=session, membership=stage.other_member, presence="present")
    address = at(stage, "circle", stage.circle.pk)
    missed = signed_in(stage.facilitator).get(address).context["missed"]
    assert [member.membership for member in missed] == [stage.member]
    assert signed_in(stage.other_member).get(address).context["missed"] == []


def test_an_organisation_has_one_intermediary(stage, signed_in):
    second = meet.CircleMemberFactory(circle=stage.circle, membership=stage.management)
    first = stage.circle.members.get(membership=stage.member)
    browser = signed_in(stage.facilitator)
    for member in (first, second):
        browser.post(at(stage, "circle_intermediary", stage.circle.pk, member.pk))
    assert Intermediary.objects.get().member == second
    browser.post(at(stage, "circle_member_remove", stage.circle.pk, second.pk))
    assert not Intermediary.objects.exists()


def test_a_settled_doubt_makes_the_next_version_of_the_definition(stage, signed_in):
    figure = a_figure(stage)
    issues = [
        DefinitionIssue.objects.create(
            programme=stage.programme,
            indicator=figure.indicator,
            text="From which day?",
            raised_at=hours_from_now(-1),
        )
        for _two in range(2)
    ]
    told = {"outcome": "From the letter on", "meaning": "Days since the letter", "unit": "days"}
    browser = signed_in(stage.facilitator)
    for issue in issues:
        address = at(stage, "definition_issue", issue.pk)
        assert browser.post(address, told).status_code == 302
    changed, kept = DefinitionIssue.objects.all()
    assert (changed.definition.version, changed.definition.meaning) == (2, "Days since the letter")
    assert kept.definition is None
    figure.refresh_from_db()
    assert figure.definition.version == 1


def test_what_is_open_from_before_stands_on_the_page_to_prepare(stage, signed_in):
    earlier = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(-48), state="held")
    meet.ActionFactory(
        programme=stage.programme, organisation=stage.here, session=earlier, title="Phone list"
    )
    coming = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(48))
    shown = signed_in(stage.facilitator).get(at(stage, "session_prepare", coming.pk))
    assert shown.status_code == 200
    assert "Phone list" in shown.content.decode()


def test_an_agenda_is_kept_as_a_template_used_again_and_thrown_away(stage, signed_in):
    session = meet.SessionFactory(circle=stage.circle)
    browser = signed_in(stage.facilitator)
    keep = at(stage, "agenda_template_keep", session.pk)
    assert browser.post(keep, {"name": "Our way"}).status_code == 422
    add_item(session, by=stage.facilitator, title="Case of the month")
    assert browser.post(keep, {"name": "Our way"}).status_code == 302
    template = AgendaTemplate.objects.get()
    later = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(99))
    told = {"way": "template", "template": template.pk}
    browser.post(at(stage, "agenda_fill", later.pk), told)
    assert later.agenda.get().title == "Case of the month"
    browser.post(at(stage, "agenda_template_remove", later.pk, template.pk))
    assert not AgendaTemplate.objects.exists()
    assert later.agenda.exists()


def test_what_is_typed_is_saved_by_itself_and_who_meets_another_is_told(stage, signed_in):
    session = meet.SessionFactory(circle=stage.circle, starts_at=hours_from_now(-1))
    item = add_item(session, by=stage.facilitator, title="Round")
    browser, address = signed_in(stage.facilitator), at(stage, "minute_text", session.pk, item.pk)

    def save(version, text):
        return browser.post(
            address, {"version": version, "text": text}, headers={"accept": "application/json"}
        )

    first = save(0, "They wait")
    assert (first.status_code, first.json()["version"]) == (200, 1)
    assert save(1, "They wait for a letter").json()["version"] == 2
    met = save(1, "Somebody else")
    assert met.status_code == 409
    shown = browser.get(met.json()["url"]).content.decode()
    assert "They wait for a letter" in shown
    assert "Somebody else" in shown

    # Two who have this page open: the second one's result waits in its turn, and nothing is lost.
    told = {"version": 2, "text": "A letter, and nobody calls"}
    assert browser.post(met.json()["url"], told).status_code == 302
    assert browser.get(met.json()["url"]).status_code == 302
    answer = browser.post(met.json()["url"], {**told, "text": "My sum of it"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "A letter, and nobody calls" in shown and "My sum of it" in shown


def test_of_each_figure_the_newest_periods_are_offered_and_an_older_one_is_taken(stage):
    session = meet.SessionFactory(circle=stage.circle, organisation=stage.here)
    figure = a_figure(stage)
    told = {"indicator": figure.indicator, "definition": figure.definition, "value": 1}
    older = [
        Figure.objects.create(period=f"{int(figure.period) - n}", organisation=stage.here, **told)
        for n in range(1, 5)
    ]
    form = SignalForm(session=session, user=stage.member.user, prefix="s")
    offered = [str(value) for value, _label in form.fields["figure"].choices]
    assert offered == ["", *(str(each.pk) for each in (figure, *older[:2]))]
    asked = {"s-text": "It began then", "s-figure": older[-1].pk, "s-key": str(uuid.uuid4())}
    form = SignalForm(asked, session=session, user=stage.member.user, prefix="s")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["figure"] == older[-1]
