"""Holding an interview: notes as they are typed, files that are locked away, a report without a
name in it."""

import datetime as dt

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from core.exceptions import EditConflict, Gone, InvalidInput, NotNow
from surveys.domain import locked_files
from surveys.domain.booking import cancel_interview
from surveys.domain.codings import make_codebook
from surveys.domain.interview_reports import (
    left_in,
    let_pass,
    pseudonyms_of,
    release_report,
    replace_name,
    report_of,
    undo_name,
    with_names,
    write_report,
)
from surveys.domain.locked_files import attach_file, read_file, remove_outdated, vault_of
from surveys.domain.sampling import note_standing
from surveys.domain.talks import end_talk, keep_note
from surveys.interviewing.naming import names_left, put_back, replace
from surveys.keys import KeyMissing
from surveys.models import CodedText, Interview, LockedFile, TopicNote, Vault
from surveys.offers import deeds
from surveys.vaults import Unreadable
from tests import factories as make
from tests.surveys.coding.stories import VARIABLES
from tests.surveys.interviews.stories import NOW, Asked, Scene, at

SECRET = b"WEBVTT\n\nAnna vertelde dat het niet werkte."
SOUND = b"ID3\x04" + SECRET
TODAY = dt.date(2027, 3, 3)


class Held(Asked):
    """An interview with two notes, by Ida or Ivo."""

    def __init__(self, plan=None):
        super().__init__(towns=2, plan=plan)
        make_codebook(self.programme, variables=VARIABLES)
        self.interview = self.book()
        self.topics = list(self.ten.topics.all())
        self.holder = self.interview.interviewer
        for topic, text in zip(self.topics, ("Vertelde graag.", "Mag soms."), strict=False):
            self.note(topic, text)

    def note(self, topic, text, **kwargs):
        told = {"text": text, "is_covered": True, "now": at(3, 10)}
        return keep_note(self.interview, topic, **told | kwargs)

    def held(self):
        self.interview = end_talk(self.interview, now=at(3, 11), by=self.holder)
        return report_of(self.interview)


pytestmark = pytest.mark.django_db


def test_a_note_is_kept_as_typed_and_another_screen_overwrites_nothing():
    scene = Held()
    note = TopicNote.objects.get(topic=scene.topics[0])
    assert (note.text, note.is_covered, note.version) == ("Vertelde graag.", True, 1)
    scene.note(scene.topics[0], "Vertelde\r\nmeer.", version=1)
    with pytest.raises(EditConflict):
        scene.note(scene.topics[0], "Iets anders.", version=1)
    note.refresh_from_db()
    assert (note.text, note.version) == ("Vertelde\nmeer.", 2)
    with pytest.raises(InvalidInput):
        scene.note(scene.fourteen.topics.first(), "Elders.")
    with pytest.raises(InvalidInput):
        scene.note(scene.topics[0], "x" * 20_001)
    scene.interview.refresh_from_db()
    assert scene.interview.began_at == at(3, 10)


def test_an_interview_that_was_held_stands_so_with_who_was_in_it():
    scene = Held()
    scene.held()
    scene.people[0].refresh_from_db()
    assert (scene.people[0].standing, scene.interview.state) == ("held", "held")
    with pytest.raises(NotNow):
        cancel_interview(scene.people[0], now=NOW)
    other = scene.book(1, when=at(4, 10))
    with pytest.raises(NotNow):
        end_talk(other, now=at(4, 11), by=scene.cleo)
    with pytest.raises(NotNow):
        report_of(other)
    cancel_interview(scene.people[1], now=NOW)
    with pytest.raises(NotNow):
        keep_note(other, scene.topics[0], text="x", is_covered=False, now=NOW)


def test_who_holds_it_says_that_it_is_off_also_when_nobody_came():
    scene = Held()
    holder = client(scene.holder)
    with pytest.raises(NotNow):
        note_standing(scene.people[0], standing="declined", reason="no_time", by=scene.cleo)
    past = timezone.now() - dt.timedelta(minutes=90)
    Interview.objects.update(busy_from=past, starts_at=past)
    (deed,) = [each for each in deeds(scene.holder, TODAY) if "/interviews/" in each.url]
    assert scene.people[0].name in deed.title
    assert deed.url == reverse("talk", args=[scene.interview.pk])
    off = reverse("talk_cancel", args=[scene.interview.pk])
    assert holder.post(off).status_code == 302 and holder.post(off).status_code == 409
    scene.people[0].refresh_from_db()
    assert scene.people[0].standing == "approached"
    assert note_standing(scene.people[0], standing="declined", reason="no_answer", by=scene.cleo)


def attach(scene, name="gesprek.vtt", raw=SECRET, days=10, **kwargs):
    told = {"last_day": TODAY + dt.timedelta(days), "today": TODAY, "by": scene.holder}
    return attach_file(scene.interview, name=name, raw=raw, **told | kwargs)


def stored(file):
    with storages["private"].open(file.stored_as) as found:
        return found.read()


def test_a_file_lies_encrypted_and_needs_both_halves_of_its_key():
    scene = Held()
    file = attach(scene)
    assert SECRET not in stored(file) and b"Anna" not in stored(file)
    assert read_file(file, today=TODAY, by=scene.holder) == SECRET
    vault = vault_of(scene.interview)
    Vault.objects.update(half="0" * 64)
    with pytest.raises(Unreadable):
        read_file(LockedFile.objects.get(), today=TODAY, by=scene.holder)
    Vault.objects.update(half=vault.half)
    storages["keys"].delete(vault.share)
    with pytest.raises(KeyMissing):
        read_file(LockedFile.objects.get(), today=TODAY, by=scene.holder)


def test_after_its_last_day_a_file_is_gone_also_for_who_attached_it():
    scene = Held()
    file, later = attach(scene), attach(scene, name="later.txt", days=40)
    where = file.stored_as
    the_day = TODAY + dt.timedelta(days=10)
    assert remove_outdated(NOW, the_day) == 0
    with pytest.raises(Gone):
        read_file(file, today=the_day + dt.timedelta(1), by=scene.holder)
    assert remove_outdated(NOW, the_day + dt.timedelta(1)) == 1
    assert remove_outdated(NOW, the_day + dt.timedelta(1)) == 0
    file.refresh_from_db()
    assert file.removed_at and file.stored_as == "" and not storages["private"].exists(where)
    assert set(LockedFile.objects.visible_to(scene.holder)) == {later}
    with pytest.raises(Gone):
        read_file(file, today=TODAY, by=scene.holder)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": "gesprek.exe"}, InvalidInput),
        ({"name": "gesprek"}, InvalidInput),
        ({"raw": b""}, InvalidInput),
        ({"days": -1}, InvalidInput),
        ({"days": 400}, InvalidInput),
        ({"name": "gesprek.mp3"}, InvalidInput),
        ({"name": "gesprek.mp3", "raw": SOUND}, NotNow),
    ],
)
def test_what_may_not_be_kept_is_refused(wrong, error):
    with pytest.raises(error):
        attach(Held(), **wrong)
    assert not LockedFile.objects.exists()


def test_a_recording_may_be_kept_where_people_were_told(monkeypatch):
    scene = Held(plan={"is_recorded": True})
    assert attach(scene, name="Gesprek.MP3", raw=SOUND).kind == "recording"
    monkeypatch.setattr(locked_files, "MOST_BYTES", 3)
    with pytest.raises(InvalidInput):
        attach(scene)


NAMES = some.lists(some.sampled_from(("ab", "abc", "b", "c d", "de", "f.")), unique=True)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(some.text("abcdef .,\n", max_size=40), NAMES)
def test_a_replaced_name_is_nowhere_left_and_can_be_put_back(text, names):
    numbered = {name: f"[{number}]" for number, name in enumerate(names)}
    replaced = replace(text, numbered)
    assert not [left for left in names_left(replaced, numbered) if left.known]
    assert put_back(replaced, numbered) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("We spraken met Anna de Vries over Zwolle.", ["Anna de Vries", "Zwolle"]),
        ("Het werkt. Dat is goed.\nNiet altijd.", []),
        ("Anna de Vries belde.", ["Anna de Vries"]),
        ("anna belde, ANNA kwam", ["anna", "ANNA"]),
        ("[Collega] en [Stad B] bleven.", []),
        ("De gemeente 's-Hertogenbosch deed mee", ["'s-Hertogenbosch"]),
        ("Annabel bleef.", []),
    ],
)
def test_names_left_over_are_found(text, left):
    found = names_left(text, ["Anna", "'s-Hertogenbosch"])
    assert [each.text for each in found if each.text] == left


def test_the_report_begins_with_the_notes_and_hides_names_behind_pseudonyms():
    scene = Held()
    scene.note(scene.topics[2], "Piet uit Zwolle hielp, en piet bleef.")
    report = scene.held()
    assert report.body.startswith(scene.topics[0].question) and "Mag soms." in report.body
    report = replace_name(report, name="Piet", pseudonym="collega 1", by=scene.holder)
    assert "[collega 1] uit Zwolle hielp, en [collega 1] bleef." in report.body
    assert b"Piet" not in bytes(report.names) and pseudonyms_of(report) == {"Piet": "[collega 1]"}
    assert "Piet uit Zwolle" in with_names(report) and "Piet" not in report.body
    report = write_report(report, body=f"{report.body} Piet weer.", by=scene.holder)
    assert "Piet" not in report.body
    with pytest.raises(InvalidInput):
        replace_name(report, name="Kees", pseudonym="collega 1", by=scene.holder)
    for name, pseudonym in (("", "x"), ("Kees", " [] "), ("Kees", "Kees B")):
        with pytest.raises(InvalidInput):
            replace_name(report, name=name, pseudonym=pseudonym, by=scene.holder)
    report = undo_name(report, pseudonym="[collega 1]", by=scene.holder)
    assert "Piet uit Zwolle" in report.body and pseudonyms_of(report) == {}
    with pytest.raises(InvalidInput):
        undo_name(report, pseudonym="[collega 1]", by=scene.holder)


def test_a_report_is_released_once_no_name_is_left_and_goes_to_others_to_code():
    scene = Held()
    person, town = scene.people[0], scene.people[0].organisation
    report = scene.held()
    told = f"Wij werken met {person.name} en Excel in {town.name}."
    report = write_report(report, body=told, by=scene.holder)
    left = {each.text: each.known for each in left_in(report)}
    assert left[person.name] and left[town.name] and left["Excel"] is False
    with pytest.raises(NotNow):
        release_report(report, by=scene.holder)
    report = let_pass(report, words=["Excel", person.name], by=scene.holder)
    assert person.name in {each.text for each in left_in(report)}
    for name, pseudonym in ((person.name, "collega"), (town.name, "onze stad")):
        report = replace_name(report, name=name, pseudonym=pseudonym, by=scene.holder)
    report = release_report(report, by=scene.holder)
    text = CodedText.objects.get()
    assert text.body == report.body == "Wij werken met [collega] en Excel in [onze stad]."
    assert text.organisation == town and text.interviewer == scene.holder
    coders = set(text.tasks.values_list("coder", flat=True))
    assert len(coders) == 2 and scene.holder.pk not in coders
    with pytest.raises(NotNow):
        release_report(report, by=scene.holder)
    with pytest.raises(NotNow):
        write_report(report, body="Toch anders.", by=scene.holder)
    scene.interview = Interview.objects.get()
    with pytest.raises(NotNow):
        scene.note(scene.topics[0], "Toch anders.")


def client(user):
    signed_in = Client()
    signed_in.force_login(user)
    return signed_in


def test_one_screen_for_the_talk(monkeypatch):
    scene = Held()
    holder = client(scene.holder)
    args = [scene.interview.pk]
    page = holder.get(reverse("talk", args=args)).content.decode()
    for topic in scene.topics:
        assert f'id="t{topic.pk}"' in page
    assert "Vertelde graag." in page and scene.people[0].name in page
    note = reverse("talk_note", args=[*args, scene.topics[4].pk])
    quiet = {"accept": "application/json"}
    answer = holder.post(note, {"text": "Durft niet.", "version": "0"}, headers=quiet)
    assert answer.json() == {"version": 1}
    answer = holder.post(note, {"text": "Anders.", "version": "0"}, headers=quiet)
    assert answer.status_code == 409 and "message" in answer.json()
    assert holder.post(note, {"text": "Durft wel.", "covered": "on"}).status_code == 302
    assert TopicNote.objects.get(topic=scene.topics[4]).text == "Durft wel."
    assert holder.post(reverse("talk_begin", args=args)).status_code == 302
    assert holder.post(reverse("talk_end", args=args)).status_code == 302
    assert holder.get(reverse("interview_report", args=args)).status_code == 200


def test_files_and_report_on_their_pages():
    scene = Held(plan={"is_recorded": True})
    holder = client(scene.holder)
    args = [scene.interview.pk]
    files = reverse("talk_files", args=args)
    tomorrow = timezone.localdate() + dt.timedelta(1)
    wrong = {"file": SimpleUploadedFile("a.exe", b"x"), "last_day": tomorrow}
    assert holder.post(files, wrong).status_code == 400
    right = {"file": SimpleUploadedFile("Gesprek é.txt", SECRET), "last_day": tomorrow}
    assert holder.post(files, right).status_code == 302
    file = LockedFile.objects.get()
    one = reverse("talk_file", args=[*args, file.pk])
    answer = holder.get(one)
    assert answer.content == SECRET and answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert client(scene.cleo).get(one).status_code == 200
    assert holder.post(reverse("talk_file_remove", args=[*args, file.pk])).status_code == 302
    assert (
        holder.get(one).status_code == 404 and "Gesprek é.txt" in holder.get(files).content.decode()
    )

    report, names = (
        reverse(name, args=args) for name in ("interview_report", "interview_report_name")
    )
    assert holder.get(report).status_code == 409
    scene.held()
    assert holder.post(report, {"body": "Met Anna in Excel."}).status_code == 302
    assert "Anna" in holder.get(f"{report}?name=Anna").content.decode()
    assert holder.post(names, {"name": "Anna", "pseudonym": ""}).status_code == 400
    assert holder.post(names, {"name": "Anna", "pseudonym": "collega"}).status_code == 302
    release = reverse("interview_report_release", args=args)
    assert holder.post(release).status_code == 409
    assert holder.post(names, {"pass": "Excel"}).status_code == 302
    assert holder.post(names, {"undo": "[collega]"}).status_code == 302
    assert holder.post(names, {"name": "Anna", "pseudonym": "collega"}).status_code == 302
    assert holder.post(release).status_code == 302
    assert "Met [collega] in Excel." in holder.get(report).content.decode()


def test_what_was_said_is_for_who_held_it_and_who_coordinates():
    scene = Held()
    scene.held()
    file = attach(scene)
    other = scene.ivo if scene.holder == scene.ida else scene.ida
    strangers = [other, scene.appoint("evaluator"), make.UserFactory(), Scene().cleo]
    args = [scene.interview.pk]
    for name in ("talk", "talk_files", "interview_report"):
        url = reverse(name, args=args)
        assert [client(one).get(url).status_code for one in strangers] == [404] * 4
        assert client(scene.cleo).get(url).status_code == 200
    one = reverse("talk_file", args=[*args, file.pk])
    assert [client(who).get(one).status_code for who in strangers] == [404] * 4
