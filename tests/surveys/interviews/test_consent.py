"""Consent for a recording, withdrawn with effect: by one's own link, or through the interviewer."""

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from core.audit import Deed
from core.exceptions import Gone, NotNow
from core.models import AuditEntry, OutboxMail
from surveys.domain.consent import withdraw_consent
from surveys.domain.interview_reports import pseudonyms_of, release_report, replace_name
from surveys.domain.locked_files import attach_file, read_file, vault_of
from surveys.domain.talks import begin_talk
from surveys.models import CodedText, InterviewReport, LockedFile, TopicNote, Vault
from tests import factories as make
from tests.surveys.interviews.stories import at
from tests.surveys.interviews.test_talks import SECRET, SOUND, TODAY, Held

pytestmark = pytest.mark.django_db
RECORDED = {"is_recorded": True}


def recorded(**plan):
    """A talk that was recorded: a recording, a transcript, notes and a report in the making."""
    scene = Held(plan=RECORDED | plan)
    for name in ("talk.mp3", "talk.txt"):
        raw = SOUND if name.endswith("mp3") else SECRET
        attach_file(
            scene.interview, name=name, raw=raw, last_day=TODAY, today=TODAY, by=scene.holder
        )
    scene.report = scene.held()
    return scene


def stored(scene):
    """Whatever lies anywhere of the talk: private files, and halves of its key."""
    files = scene.interview.files.exclude(stored_as="").values_list("stored_as", flat=True)
    shares = Vault.objects.filter(interview=scene.interview).values_list("share", flat=True)
    return [("private", name) for name in files] + [("keys", name) for name in shares]


def test_by_ones_own_link_all_of_it_is_gone_at_once(django_capture_on_commit_callbacks):
    scene, browser = recorded(), Client()
    there = stored(scene)
    assert len(there) == 3
    url = reverse("booking_consent", args=[scene.token()])
    page = browser.get(url)
    assert page.status_code == 200 and "talk.mp3" not in page.text
    assert browser.post(url).status_code == 400
    assert TopicNote.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(url, {"sure": "yes"}).url == url

    assert not any(storages[alias].exists(name) for alias, name in there)
    assert not Vault.objects.exists() and not TopicNote.objects.exists()
    assert not InterviewReport.objects.exists()
    assert LockedFile.objects.exclude(stored_as="").count() == 0
    for file in LockedFile.objects.all():
        with pytest.raises(Gone):
            read_file(file, today=TODAY, by=scene.holder)
    line = AuditEntry.objects.get(verb=Deed.CONSENT_WITHDRAWN)
    assert (line.actor, line.details) == (None, {"files": 2, "notes": 2, "by_link": True})
    mail = OutboxMail.objects.get(reference__endswith=":withdrawn")
    assert mail.to == scene.holder.email and scene.people[0].name not in mail.body
    browser.post(url, {"sure": "yes"})
    assert AuditEntry.objects.filter(verb=Deed.CONSENT_WITHDRAWN).count() == 1


def test_and_it_stays_gone():
    scene = recorded()
    withdraw_consent(scene.interview, now=at(4, 9))
    scene.interview.refresh_from_db()
    with pytest.raises(NotNow):
        scene.note(scene.topics[0], "Nog eens.")
    with pytest.raises(NotNow):
        attach_file(
            scene.interview, name="a.txt", raw=b"x", last_day=TODAY, today=TODAY, by=scene.holder
        )
    client = Client()
    client.force_login(scene.holder)
    for name, status in (("talk", 200), ("talk_files", 200), ("interview_report", 409)):
        assert client.get(reverse(name, args=[scene.interview.pk])).status_code == status


def test_through_who_interviewed_and_nobody_else():
    scene = recorded()
    url = reverse("talk_consent", args=[scene.interview.pk])
    for user, status in (
        (make.AppointmentFactory(programme=scene.programme, role="evaluator").user, 404),
        (make.AppointmentFactory(role="facilitator").user, 404),
        (scene.holder, 302),
    ):
        client = Client()
        client.force_login(user)
        assert client.post(url).status_code == status
        assert TopicNote.objects.exists()
        client.post(url, {"sure": "yes"})
    assert not TopicNote.objects.exists()
    assert AuditEntry.objects.get(verb=Deed.CONSENT_WITHDRAWN).actor == scene.holder.pk


def test_what_was_released_has_no_name_and_stays_without_a_way_back():
    scene = recorded()
    replace_name(scene.report, name="Vertelde", pseudonym="iemand", by=scene.holder)
    released = release_report(scene.report, by=scene.holder)
    withdraw_consent(scene.interview, now=at(4, 9))
    assert CodedText.objects.exists()
    kept = InterviewReport.objects.get(pk=released.pk)
    assert pseudonyms_of(kept) == {} and "[iemand]" in kept.body


def test_before_the_talk_it_means_that_nothing_is_recorded():
    scene = Held(plan=RECORDED)
    type(scene.interview).objects.update(began_at=None)
    withdraw_consent(scene.interview, now=at(2, 9))
    scene.interview.refresh_from_db()
    begin_talk(scene.interview, now=at(3, 10))
    scene.note(scene.topics[0], "Zonder opname.")
    with pytest.raises(NotNow):
        attach_file(
            scene.interview, name="a.mp3", raw=b"ID3", last_day=TODAY, today=TODAY, by=scene.holder
        )
    assert vault_of(scene.interview)


def test_without_a_talk_the_page_is_not_there():
    scene = Held()
    url = reverse("booking_consent", args=[scene.token(1)])
    assert Client().get(url).status_code == 404
