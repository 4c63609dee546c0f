"""The coordinator's pages: insider, colleague with less, and outsider."""

import pytest
from django.urls import reverse

from core.models import MailState, OutboxMail
from surveys.content import BLOCKS
from surveys.domain.instruments import publish_version, write_version
from surveys.domain.invitations import invite
from surveys.models import Instrument, Invitation, Wave
from surveys.queries import mails_of
from tests import factories as make
from tests.surveys import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return stories.opened_wave(sizes=(6,))


def signed_in(client, wave, role):
    """Somebody with a role: coordinator, evaluator, a member of the organisation, or elsewhere."""
    if role == "member":
        user = stories.member_of(wave.invitations.first().organisation).user
    elif role == "elsewhere":
        user = make.AppointmentFactory().user
    else:
        user = make.AppointmentFactory(programme=wave.cycle.programme, role=role).user
    client.force_login(user)
    return client


def base(wave):
    return f"/programmes/{wave.cycle.programme.code}/waves/"


PAGES = ["", "invite/", "close/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_coordinator_sees_the_pages_of_a_wave(client, wave, page):
    signed_in(client, wave, "coordinator")
    assert client.get(f"{base(wave)}{wave.pk}/{page}").status_code == 200


@pytest.mark.parametrize("role", ["evaluator", "facilitator", "member", "elsewhere"])
@pytest.mark.parametrize("page", [*PAGES, "open/"])
def test_nobody_else_sees_who_was_asked_or_decides(client, wave, role, page):
    signed_in(client, wave, role)
    assert client.get(f"{base(wave)}{wave.pk}/{page}").status_code == 404
    assert client.post(f"{base(wave)}{wave.pk}/close/").status_code == 404
    assert stories.fresh(wave).state == "open"


@pytest.mark.parametrize(
    ("role", "status"),
    [("coordinator", 200), ("evaluator", 200), ("member", 404), ("elsewhere", 404)],
)
def test_the_list_is_for_who_runs_or_evaluates(client, wave, role, status):
    signed_in(client, wave, role)
    assert client.get(base(wave)).status_code == status


def test_a_wave_of_another_programme_is_not_found_under_ours(client, wave):
    other = stories.opened_wave()
    signed_in(client, wave, "coordinator")
    assert client.get(f"{base(wave)}{other.pk}/").status_code == 404


@pytest.mark.parametrize("extra", [0, 2])
def test_the_list_takes_as_many_queries_for_three_waves_as_for_one(
    client, wave, extra, django_assert_num_queries
):
    for _number in range(extra):
        stories.prepared_wave(cycle=wave.cycle)
    signed_in(client, wave, "evaluator")
    client.get(base(wave))
    with django_assert_num_queries(5):
        client.get(base(wave))


def test_from_preparing_to_opening_a_wave_with_real_people_and_the_real_mail(client):
    participation = make.ParticipationFactory()
    member = stories.member_of(participation.organisation)
    participation.contacts.add(member)
    programme = participation.cycle.programme
    client.force_login(make.AppointmentFactory(programme=programme).user)
    form = {
        "cycle": participation.cycle.pk,
        "name": "Spring",
        "last_day": "2099-01-01",
        "target": "70",
        "mode": "anonymous",
    }
    to_invite = client.post(f"/programmes/{programme.code}/waves/new/", form)
    wave = Wave.objects.get()
    assert to_invite.headers["Location"] == f"{base(wave)}{wave.pk}/invite/"
    assert (
        f'value="{member.pk}" checked' in client.get(to_invite.headers["Location"]).content.decode()
    )
    guest = {
        "guest0-name": "Sam Guest",
        "guest0-email": "sam@example.org",
        "guest0-organisation": participation.organisation.pk,
        "guest0-language": "en",
    }
    to_open = client.post(to_invite.headers["Location"], {"people": [member.pk]} | guest)
    preview = client.get(to_open.headers["Location"]).content.decode()
    assert member.user.email in preview or "sam@example.org" in preview
    assert not OutboxMail.objects.exists()
    client.post(to_open.headers["Location"])
    assert stories.fresh(wave).state == "open"
    assert set(mails_of(wave).values_list("to", flat=True)) == {
        member.user.email,
        "sam@example.org",
    }
    english = mails_of(wave).get(to="sam@example.org")
    assert english.subject.startswith("How do you experience")


def test_the_preview_covers_the_link(client, wave):
    draft = stories.prepared_wave(cycle=wave.cycle)
    invite(draft, guests=stories.guests(wave.invitations.first().organisation, 1), by=None)
    signed_in(client, wave, "coordinator")
    preview = client.get(f"{base(wave)}{draft.pk}/open/").content.decode()
    assert "/s/••••" in preview
    assert stories.tokens_of(draft)[0] not in preview


def test_no_page_of_the_coordinator_shows_a_personal_link(client, wave):
    signed_in(client, wave, "coordinator")
    for page in PAGES:
        text = client.get(f"{base(wave)}{wave.pk}/{page}").content.decode()
        assert not any(token in text for token in stories.tokens_of(wave))


def test_a_wave_with_a_day_that_has_passed_or_no_name_comes_back_to_be_put_right(client, wave):
    signed_in(client, wave, "coordinator")
    form = {"cycle": wave.cycle.pk, "name": "", "last_day": "2020-01-01", "target": "500"}
    assert client.post(f"{base(wave)}new/", form).status_code == 422
    assert Wave.objects.count() == 1


@pytest.mark.parametrize(
    "guest", [{"name": "No address"}, {"email": "a@b.nl"}, {"name": "X", "email": "not one"}]
)
def test_half_a_guest_is_asked_for_the_rest_and_nobody_is_invited(client, wave, guest):
    signed_in(client, wave, "coordinator")
    data = {f"guest1-{key}": value for key, value in guest.items()}
    assert client.post(f"{base(wave)}{wave.pk}/invite/", data).status_code == 422
    assert Invitation.objects.count() == 6


def test_a_member_of_an_organisation_that_does_not_take_part_can_not_be_chosen(client, wave):
    stranger = make.MembershipFactory()
    signed_in(client, wave, "coordinator")
    posted = client.post(f"{base(wave)}{wave.pk}/invite/", {"people": [stranger.pk]})
    assert posted.status_code == 422
    assert Invitation.objects.count() == 6


def test_the_response_hides_small_numbers_and_who_answered(client):
    wave = stories.opened_wave(sizes=(7, 3, 6))
    for token in stories.tokens_of(wave)[:7]:
        stories.answer_all(token)
    signed_in(client, wave, "coordinator")
    response = client.get(f"{base(wave)}{wave.pk}/")
    rows = response.context["response"].rows
    assert [row.submitted for row in rows].count(None) >= 2
    assert response.context["response"].total.submitted == 7


def test_a_mail_in_doubt_is_sent_again_only_on_the_coordinators_word(client, wave):
    mail = mails_of(wave).order_by("pk").first()
    mails_of(wave).filter(pk=mail.pk).update(state=MailState.UNSURE)
    mails_of(wave).exclude(pk=mail.pk).update(state=MailState.SENT)
    signed_in(client, wave, "coordinator")
    page = client.get(f"{base(wave)}{wave.pk}/").content.decode()
    address = f"{base(wave)}{wave.pk}/mails/{mail.pk}/resend/"
    assert address in page
    client.post(address)
    mail.refresh_from_db()
    assert mail.state == MailState.WAITING
    assert client.post(address).status_code == 409


def test_a_mail_of_another_wave_can_not_be_sent_again_from_ours(client, wave):
    other = mails_of(stories.opened_wave()).get()
    signed_in(client, wave, "coordinator")
    assert client.post(f"{base(wave)}{wave.pk}/mails/{other.pk}/resend/").status_code == 404


def test_the_last_day_can_be_moved_but_not_into_the_past(client, wave):
    signed_in(client, wave, "coordinator")
    for day in ("2020-01-01", "never"):
        client.post(f"{base(wave)}{wave.pk}/last-day/", {"last_day": day})
        assert stories.fresh(wave).last_day == stories.LAST_DAY
    client.post(f"{base(wave)}{wave.pk}/last-day/", {"last_day": "2098-01-01"})
    assert stories.fresh(wave).last_day.year == 2098


def test_closing_asks_first_and_then_leads_to_the_results(client, wave):
    signed_in(client, wave, "coordinator")
    address = f"{base(wave)}{wave.pk}/close/"
    assert client.get(address).status_code == 200
    assert stories.fresh(wave).state == "open"
    assert client.post(address).headers["Location"] == f"{base(wave)}{wave.pk}/results/"
    assert stories.fresh(wave).state == "closed"
    assert client.post(address).status_code == 409
    assert client.get(f"{base(wave)}{wave.pk}/invite/").status_code == 409


def test_a_stranger_is_asked_to_sign_in(client, wave):
    assert "/account/login/" in client.get(base(wave)).headers["Location"]


def test_a_wave_asks_the_newest_version_of_a_questionnaire_of_its_own_programme(client, wave):
    programme = wave.cycle.programme
    ours, theirs = stories.version_of(2), stories.version_of(2)
    Instrument.objects.filter(pk=ours.instrument_id).update(programme=programme)
    newer = write_version(ours.instrument, number=2, blocks=BLOCKS)
    Instrument.objects.filter(pk=theirs.instrument_id).update(programme=make.ProgrammeFactory())
    client.force_login(make.AppointmentFactory(programme=programme).user)
    url = reverse("wave_new", args=[programme.code])
    offered = client.get(url).context["form"]["version"].field.queryset
    assert list(offered) == [ours]  # the second is not published yet
    publish_version(newer, on=stories.TODAY)
    post = {"cycle": wave.cycle_id, "name": "Zomer", "last_day": stories.LAST_DAY, "target": 60}
    assert client.post(url, post | {"version": theirs.pk, "mode": "by_name"}).status_code == 422
    assert client.post(url, post | {"version": newer.pk, "mode": "by_name"}).status_code == 302
    made = Wave.objects.get(name="Zomer")
    assert (made.version, made.mode) == (newer, "by_name")


def test_of_many_mails_in_trouble_ten_stand_on_a_page(client):
    wave = stories.opened_wave(sizes=(13,))
    mails_of(wave).update(state=MailState.REFUSED, server_answer="550 no such mailbox")
    signed_in(client, wave, "coordinator")
    page = f"{base(wave)}{wave.pk}/"
    first = client.get(page).content.decode()
    second = client.get(f"{page}?mails=2").content.decode()
    assert (first.count("550 no such"), second.count("550 no such")) == (10, 3)
    assert "?mails=2#mails" in first and "13" in first
