"""What is kept of people: complete, carried out, shown to them, erased when they ask."""

import datetime as dt
import json
import re

import pytest
from django.db import models
from django.test.utils import isolate_apps
from django.urls import reverse
from django.utils import timezone, translation

from config.privacy import register
from config.privacy.closed_programmes import RULES
from config.privacy.erasing import NOBODY, erase
from config.privacy.own_data import data_of
from config.privacy.periods import keep_periods
from core.audit import Deed, verify
from core.exceptions import NotNow
from core.models import ActivityEntry, AuditEntry, OutboxMail, log_activity
from core.outbox import queue_mail
from people.models import AccessToken, User
from surveys.models import Candidate, Interview, Invitation, MailStop, Response, TopicNote
from tests import factories as make
from tests.architecture.source import ROOT
from tests.learningcircles import factories as meet
from tests.surveys import stories
from tests.surveys.interviews.test_talks import Held

pytestmark = pytest.mark.django_db
YEARS = dt.timedelta(days=3 * 366)


@pytest.fixture
def wil():
    user = make.UserFactory(name="Wil Jansen", email="wil@example.org", phone="038 1234567")
    make.MembershipFactory(user=user, function="adviseur", roles=["participant"])
    return user


class TestTheRegister:
    def test_it_speaks_of_every_model_and_field(self):
        assert register.gaps() == []

    def test_a_new_field_of_a_personal_model_is_missed(self):
        with isolate_apps("people"):

            class Membership(models.Model):  # noqa: DJ008
                shoe_size = models.CharField(max_length=4)

                class Meta:
                    app_label = "people"

            (entry,) = [one for one in register.entries() if one.model == "people.Membership"]
            found = register._gaps_of(Membership, entry)
        assert "people.Membership.shoe_size: not in the register" in found

    def test_what_becomes_of_a_programme_that_is_over_is_said_for_each_model_of_that_period(self):
        kept = {one.model for one in register.entries() if one.period == "programme"}
        assert kept == RULES.keys()
        for label, rules in RULES.items():
            for rule in rules:
                assert rule.gone or rule.without or rule.stays, label

    @pytest.mark.parametrize(
        ("language", "file"), [("en", "privacy-register.md"), ("nl", "privacyregister.md")]
    )
    def test_the_page_in_the_documentation_is_what_the_register_says(self, language, file):
        page = (ROOT / "docs" / file).read_text()
        assert page == register.as_page(language), (
            f"benchlearn privacy-register --language {language} --out docs/{file}"
        )

    def test_the_dutch_page_tells_each_record_in_dutch(self):
        rows = {one.model: one for one in register.entries()}
        page = register.as_page("nl")
        for model, entry in rows.items():
            assert f"(`{model}`)" in page and entry.purpose_nl in page
        assert "lidmaatschap van een organisatie" in page and "publieke taak" in page
        assert "until the" not in page and "in the public interest" not in page


class TestOnesOwnData:
    def test_the_page_and_the_file_hold_ones_own_and_nobody_elses(self, client, wil):
        other = make.MembershipFactory(user__name="Someone Else", function="wethouder")
        client.force_login(wil)
        assert client.get(reverse("own_data")).status_code == 200
        answer = client.get(reverse("own_data_file"))
        told = json.loads(answer.content)
        by_model = {one["record"]: one["rows"] for one in told["records"]}
        assert by_model["people.User"][0]["phone"] == "038 1234567"
        assert by_model["people.Membership"][0]["function"] == "adviseur"
        assert all(one["purpose"] and one["ground"] and one["kept"] for one in told["records"])
        assert "wethouder" not in answer.text and other.user.email not in answer.text
        assert wil.password not in answer.text
        assert AuditEntry.objects.filter(verb=Deed.OWN_DATA_FETCHED, actor=wil.pk).count() == 1

    def test_records_and_fields_are_named_in_the_language_of_the_reader(self, client, wil):
        for language, words in {
            "nl": ("Lidmaatschap van een organisatie", "e-mailadres, naam"),
            "en": ("Membership of an organisation", "e-mail address, name"),
        }.items():
            User.objects.update(language=language)
            client.force_login(User.objects.get(pk=wil.pk))
            page = client.get(reverse("own_data")).text
            assert all(told in page for told in words)
            told = json.loads(client.get(reverse("own_data_file")).content)
            (mine,) = [one for one in told["records"] if one["record"] == "people.Membership"]
            assert (mine["name"].capitalize(), mine["fields"]["department"]) == (
                words[0],
                {"nl": "afdeling", "en": "department"}[language],
            )

    @pytest.mark.parametrize(
        ("language", "years"), [("nl", "tot 7 jaar na"), ("en", "until 7 years after")]
    )
    def test_how_long_is_told_in_years_and_not_by_the_name_of_a_setting(
        self, client, wil, settings, language, years
    ):
        settings.PROGRAMME_YEARS = 7
        meet.CircleMemberFactory(membership=wil.memberships.get())
        User.objects.update(language=language)
        client.force_login(User.objects.get(pk=wil.pk))
        page = client.get(reverse("own_data")).text
        assert years in page
        assert "BENCHLEARN_" not in page
        assert "BENCHLEARN_" not in client.get(reverse("own_data_file")).text
        settings.PROGRAMME_YEARS = 0  # never
        assert not re.search(r"\b0 (jaar|years)", client.get(reverse("own_data")).text)

    def test_what_it_is_for_is_told_in_the_language_of_the_reader(self, client, wil):
        told = {"nl": ("bij welke organisatie iemand hoort", "zolang het account er is")}
        told["en"] = ("of which organisation somebody is", "as long as the account")
        for language, (purpose, period) in told.items():
            User.objects.update(language=language)
            client.force_login(User.objects.get(pk=wil.pk))
            page = client.get(reverse("own_data")).text
            assert purpose.capitalize() in page and period in page
            other = told["en" if language == "nl" else "nl"]
            assert not any(words in page or words.capitalize() in page for words in other)
            assert purpose in client.get(reverse("own_data_file")).text

    def test_purposes_periods_and_grounds_are_told_in_both_languages(self):
        for entry in register.entries():
            for language in ("nl", "en"):
                with translation.override(language):
                    assert all(entry.told().values()), (entry.model, language)
            assert entry.purpose_nl != entry.purpose, entry.model


class TestErasing:
    def test_nothing_of_ones_own_names_one_any_more(self, client, wil):
        wave, _token = stories.open_link()
        membership = wil.memberships.get()
        named = {"name": wil.name, "email": wil.email}
        Invitation.objects.create(
            wave=wave, membership=membership, organisation=membership.organisation, **named
        )
        queue_mail(to=wil.email, subject="Dear Wil", body="text", reference="x", dedupe_key="x")
        now = timezone.now()
        days = {"made_at": now, "expires_on": now.date()}
        AccessToken.objects.create(user=wil, name="R of Wil", digest="x", scopes=[], **days)
        client.force_login(wil)
        client.post(reverse("own_data_erase"))
        assert User.objects.filter(email=wil.email).exists()
        client.post(reverse("own_data_erase"), {"sure": "yes"})
        assert client.get(reverse("account")).status_code == 302
        wil.refresh_from_db()
        assert not wil.is_active and not wil.has_usable_password()
        for model, rows in data_of(wil).items():
            for word in ("Wil", "wil@example.org", "038", "adviseur"):
                assert word not in str(rows), model
        assert OutboxMail.objects.get(dedupe_key="x").to == NOBODY
        assert not Invitation.objects.filter(email="wil@example.org").exists()
        assert not AccessToken.objects.exists()
        assert verify().breaks == []

    def test_the_last_coordinator_and_the_last_administrator_find_another_first(self):
        coordinator = make.AppointmentFactory().user
        admin = make.UserFactory(is_superuser=True)
        for user in (coordinator, admin):
            with pytest.raises(NotNow):
                erase(user)
        make.UserFactory(is_superuser=True)
        erase(admin)


class TestByLink:
    def test_a_respondent_sees_takes_and_erases_what_is_kept(self, client):
        _wave, token = stories.open_link()
        invitation = Invitation.objects.get()
        Invitation.objects.update(name="Ans de Vries", email="ans@example.org")
        url = reverse("data_by_link", args=[token])
        assert "Ans de Vries" in client.get(url).text
        told = json.loads(client.post(url, {"file": "yes"}).content)
        assert told["email"] == "ans@example.org"
        assert told["fields"]["email"] == "E-mailadres"
        assert {*told["fields"], "fields"} == {*told}
        assert "Ans de Vries" in client.post(url).text
        assert "Ans de Vries" not in client.post(url, {"sure": "yes"}).text
        invitation.refresh_from_db()
        assert (invitation.name, invitation.email, invitation.membership) == ("", "", None)
        assert MailStop.objects.filter(email="ans@example.org").exists()
        assert not Response.objects.exists()

    def test_a_guessed_link_is_told_nothing(self, client):
        assert client.get(reverse("data_by_link", args=["guessed"])).status_code == 404


class TestPeriods:
    def test_what_is_past_its_period_goes_and_what_is_not_stays(self, wil):
        stories.open_link()
        wave = Invitation.objects.get().wave
        Invitation.objects.update(name="Ans", email="ans@example.org")
        log_activity(wil, "did", actor=wil)
        now = timezone.now()
        assert not any(keep_periods(now).values())
        type(wave).objects.update(state="closed", closed_on=timezone.localdate(), link_key="")
        counts = keep_periods(now + YEARS)
        assert counts["invitations"] == 1
        assert not ActivityEntry.objects.exclude(actor=None).exists()
        assert Invitation.objects.get().email == ""
        line = AuditEntry.objects.filter(verb=Deed.PERIODS_KEPT).latest("number")
        assert line.details == counts
        assert not any(keep_periods(now + YEARS).values())
        assert User.objects.filter(email="wil@example.org").exists()

    def test_who_left_everywhere_a_year_ago_is_erased(self, wil):
        wil.memberships.update(left_on=timezone.localdate())
        assert keep_periods(timezone.now())["accounts"] == 0
        assert keep_periods(timezone.now() + YEARS)["accounts"] == 1
        assert not User.objects.filter(email="wil@example.org").exists()

    def test_who_was_asked_for_an_interview_and_what_they_said_is_forgotten(self):
        held = Held()
        Interview.objects.update(place="Grote Markt 1")
        ends = dt.datetime.combine(held.interview.round.ends_on, dt.time(12), dt.UTC)
        counts = keep_periods(ends + dt.timedelta(days=300))
        assert (counts["candidates"], counts["talks"]) == (0, 0)
        asked = Candidate.objects.exclude(membership=None).count()
        counts = keep_periods(ends + dt.timedelta(days=370))
        assert (counts["candidates"], counts["talks"]) == (asked, 2 + 1)
        assert not Candidate.objects.exclude(name="", email="", phone="", membership=None).exists()
        assert not TopicNote.objects.exists()
        assert Interview.objects.get().place == ""
