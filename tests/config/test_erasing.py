"""Who was erased is named nowhere any more, also in what was made before; but for what people
typed, which whoever runs the benchmark is told of."""

import io
import zipfile

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from benchmarks.domain import programme_files
from benchmarks.models import ProgrammeFile, StandingName
from config.privacy import names, places, register
from config.privacy.erasing import erase
from config.privacy.wording import Name, spans_in
from core.deeds import deeds_of
from core.models import MailState, OutboxMail, log_activity
from learningcircles.domain import papers
from learningcircles.domain.actions import add_note, agree_action, update_action
from learningcircles.domain.agenda import add_item
from learningcircles.domain.approval import add_addendum, finalise_minutes, send_minutes
from learningcircles.domain.minutes import save_minute_text
from learningcircles.domain.practices import write_practice
from learningcircles.domain.sessions import plan_session
from learningcircles.models import Action, ActionNote, Addendum, Minutes, MinuteText, Paper
from people.models import User
from surveys.domain import exports
from surveys.domain.invitations import invite
from surveys.domain.links import token_of
from surveys.models import Coding, Export, Invitation, Wave
from tests import factories as make
from tests.learningcircles import factories as meet
from tests.learningcircles.soon import hours_from_now
from tests.surveys import stories
from tests.surveys.adversary.attacks import all_rows
from tests.surveys.coding.stories import Scene as Coders

pytestmark = pytest.mark.django_db
NAME, LAST, ADDRESS = "Wilhelmina Østrander-Bokma", "Østrander-Bokma", "wil.ostrander@example.org"
PHONE = "038 1234567"


class Scene:
    """A benchmark in which Wil leads, takes part, answers and is written about."""

    def __init__(self):
        part = make.ParticipationFactory(organisation__name="Ons Dorp")
        self.cycle, self.programme, self.town = part.cycle, part.cycle.programme, part.organisation
        self.coordinator = make.AppointmentFactory(programme=self.programme).user
        self.wil = make.UserFactory(name=NAME, email=ADDRESS, phone=PHONE)
        self.seat = make.MembershipFactory(
            user=self.wil, organisation=self.town, function="adviseur", roles=["participant"]
        )
        make.AppointmentFactory(programme=self.programme, user=self.wil, role="facilitator")
        self.colleague = make.MembershipFactory(organisation=self.town, roles=["participant"])
        part.contacts.add(self.seat)
        self.circle = meet.CircleFactory(programme=self.programme)
        self.circle.facilitators.add(self.wil)
        for each in (self.seat, self.colleague):
            meet.CircleMemberFactory(circle=self.circle, membership=each)

    def meet_and_agree(self):
        """A session with final minutes, actions, and papers of them."""
        times = {"starts_at": hours_from_now(-3), "state": "held"}
        self.session = meet.SessionFactory(circle=self.circle, led_by=self.wil, **times)
        for each in (self.seat, self.colleague):
            meet.AttendanceFactory(session=self.session, membership=each, presence="present")
        item = add_item(self.session, by=self.wil, title="Round", presenter=self.seat)
        told = f"{NAME} belt iedereen. Mevrouw {LAST} weet meer."
        save_minute_text(item, by=self.wil, version=0, text=told)
        self.action = agree_action(
            self.programme,
            by=self.wil,
            organisation=self.town,
            title="Call",
            owner=self.seat,
            session=self.session,
        )
        update_action(self.action, by=self.wil, version=self.action.version, owner=self.colleague)
        meet.ActionFactory(
            programme=self.programme, organisation=self.town, session=self.session, owner_name=NAME
        )
        self.note = add_note(self.action, by=self.wil, text=f"mail naar {ADDRESS.upper()}")
        send_minutes(self.session, by=self.wil)
        finalise_minutes(self.session, by=self.wil, reason="On leave")
        add_addendum(self.session, by=self.wil, text="It was on Monday.")
        papers.request_brief(self.circle, by=self.coordinator, language="nl")
        papers.make_waiting("worker")

    def take_along(self):
        """A file of the benchmark, and one of answers with names."""
        programme_files.request_file(self.programme, by=self.coordinator)
        programme_files.carry_out_waiting("worker")
        wave = stories.prepared_wave(self.cycle, mode="by_name", version=stories.version_of(2))
        invite(wave, memberships=stories.memberships(self.seat), by=None)
        self.wave = wave

    def leave_traces(self, client):
        """Mails, lines of logs, a sign-in that failed, one that did not."""
        plan_session(
            self.programme,
            by=self.wil,
            circle=self.circle,
            kind="circle",
            title="Next",
            starts_at=hours_from_now(30),
            ends_at=hours_from_now(32),
        )
        log_activity(self.programme, "add_action_file", file=f"CV {NAME}.pdf")
        AccessAttempt.objects.create(username=ADDRESS, failures_since_start=1)
        about = ContentType.objects.get_for_model(User)
        ModelLogEntry.objects.create(
            content_type=about,
            object_id=str(self.wil.pk),
            label=NAME,
            action="wagtail.edit",
            timestamp=hours_from_now(-1),
        )
        coders = Coders(self.cycle)
        coders.coded(coders.text(self.wil, self.coordinator), self.wil)
        client.force_login(self.wil)
        client.get(reverse("account"))


def close(wave):
    Wave.objects.filter(pk=wave.pk).update(state="closed", closed_on=stories.TODAY, link_key="")


def plain(value):
    """What somebody reads in a cell of a dump."""
    if isinstance(value, memoryview | bytes):
        return bytes(value).decode("utf-8", "replace")
    text = str(value)
    return text.encode().decode("unicode_escape") if "\\u" in text else text


def named_in(text):
    return any(word.casefold() in text.casefold() for word in (LAST, ADDRESS, PHONE))


def named_cells():
    """Every cell of every table in which they are named: table, key, column."""
    return {
        (table, row.get("id"), column)
        for table, rows in all_rows().items()
        for row in rows
        for column, value in row.items()
        if value is not None and named_in(plain(value))
    }


def listed_cells():
    """The cells that somebody who runs the benchmark is told of."""
    return {
        (row.record_type.model_class()._meta.db_table, row.record_id, row.field)
        for row in StandingName.objects.all()
    }


def words_of(name, raw):
    """What a file says: PDFs as text, archives by their parts."""
    if raw.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages)
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            return " ".join(words_of(part, parts.read(part)) for part in parts.namelist())
    return f"{name} {plain(raw)}"


def files_of(folder=""):
    storage = storages["private"]
    folders, found = storage.listdir(folder)
    for name in found:
        path = f"{folder}/{name}".lstrip("/")
        with storage.open(path) as file:
            yield path, words_of(path, file.read())
    for each in folders:
        yield from files_of(f"{folder}/{each}".lstrip("/"))


@pytest.fixture
def private(tmp_path, settings):
    """A private storage with nothing of other stories in it."""
    own = {"OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = settings.STORAGES | {"private": settings.STORAGES["private"] | own}


@pytest.fixture
def scene(private):
    return Scene()


def erase_and_work(scene, capture):
    with capture(execute=True):
        erase(scene.wil, by=scene.wil)
    papers.make_waiting("another")
    programme_files.carry_out_waiting("another")
    exports.carry_out_waiting("another")


def test_afterwards_tables_files_and_logs_name_nobody_but_in_texts_that_are_listed(
    scene, client, caplog, django_capture_on_commit_callbacks
):
    scene.meet_and_agree()
    scene.leave_traces(client)
    scene.take_along()
    before = dict(files_of())
    assert sum(named_in(text) for text in before.values()) >= 4
    caplog.clear()
    erase_and_work(scene, django_capture_on_commit_callbacks)
    copies = named_cells() - listed_cells()
    assert {table for table, _pk, _field in copies} == {"learningcircles_paper"}
    assert {model for model, _pk, _field in listed_cells()} == {
        "learningcircles_minutetext",
        "learningcircles_minuteedit",
        "learningcircles_minutes",
        "learningcircles_actionnote",
    }
    for path, text in files_of():  # what was typed in minutes is in their file, and taken along
        assert path.startswith(("papers/minutes/", "programmes/")) or not named_in(text)
        assert PHONE not in text
    assert not named_in(caplog.text)


def test_a_name_that_was_only_chosen_from_a_list_is_in_no_file_of_minutes_or_handover(
    scene, django_capture_on_commit_callbacks
):
    scene.meet_and_agree()
    MinuteText.objects.update(text="")
    content = Minutes.objects.get().content
    content["items"][0]["text"] = ""
    Minutes.objects.update(content=content)
    ActionNote.objects.all().delete()
    apps.get_model("learningcircles.MinuteEdit").objects.all().delete()
    programme_files.request_file(scene.programme, by=scene.coordinator)
    programme_files.carry_out_waiting("worker")
    assert any(named_in(text) for text in dict(files_of()).values())
    erase_and_work(scene, django_capture_on_commit_callbacks)
    assert not StandingName.objects.exists() and not named_cells()
    files = dict(files_of())
    assert not any(named_in(text) for text in files.values())
    assert {path.partition("/")[0] for path in files} == {"papers", "programmes"}
    done = Paper.objects.filter(state="done")
    assert sorted(done.values_list("kind", "language")) == [("minutes", "en"), ("minutes", "nl")]
    assert ProgrammeFile.objects.get().state == "done"
    minutes = "".join(text for path, text in files.items() if path.startswith("papers/minutes"))
    assert "It was on Monday." in minutes and "gewiste persoon" in minutes


def test_a_file_of_answers_with_names_is_made_anew(scene, django_capture_on_commit_callbacks):
    scene.take_along()
    close(scene.wave)
    asked = {"format": "xlsx", "identified": True}
    with django_capture_on_commit_callbacks():
        exports.request_export(stories.fresh(scene.wave), by=scene.coordinator, **asked)
    first = storages["private"].save("exports/first.xlsx", io.BytesIO(NAME.encode()))
    Export.objects.update(state="done", file=first)
    with django_capture_on_commit_callbacks(execute=True):
        erase(scene.wil)
    export = Export.objects.get()
    assert (export.state, export.file) == ("waiting", "")
    assert not storages["private"].exists(first)


def test_a_coder_stays_apart_from_others_without_a_name(scene, client):
    scene.leave_traces(client)
    assert Coding.objects.filter(coder=NAME).exists()
    erase(scene.wil)
    assert set(Coding.objects.values_list("coder", flat=True)) == {f"#{scene.wil.pk}"}


def test_a_mail_that_waits_goes_to_others_without_the_name(scene, client):
    scene.leave_traces(client)
    waiting = OutboxMail.objects.filter(to=scene.colleague.user.email, state=MailState.WAITING)
    assert LAST in waiting.get().attachment.replace("\r\n ", "")
    erase(scene.wil)
    mail = waiting.get()
    assert not named_in(mail.attachment.replace("\r\n ", "")) and mail.body


def test_somebody_of_that_name_elsewhere_keeps_it(scene):
    part = make.ParticipationFactory()
    there = meet.ActionFactory(
        programme=part.cycle.programme, organisation=part.organisation, owner_name=NAME
    )
    erase(scene.wil)
    assert Action.objects.get(pk=there.pk).owner_name == NAME
    assert not StandingName.objects.exists()


class TestTheCoordinator:
    def test_is_told_on_now_and_led_to_each_text(self, scene, client):
        scene.meet_and_agree()
        erase(scene.wil)
        count = StandingName.objects.count()
        (deed,) = list(deeds_of(scene.coordinator, hours_from_now(0).date()))
        assert str(count) in str(deed.title)
        client.force_login(scene.coordinator)
        page = client.get(deed.url).text
        assert f"<mark>{LAST}</mark> weet meer" in page
        assert reverse("session_minutes", args=[scene.programme.code, scene.session.pk]) in page
        assert reverse("action", args=[scene.action.pk]) in page
        stranger = make.AppointmentFactory().user
        assert not StandingName.objects.visible_to(stranger).exists()
        evaluator = make.AppointmentFactory(programme=scene.programme, role="evaluator").user
        for other in (stranger, evaluator):
            client.force_login(other)
            assert client.get(deed.url).status_code == 404

    def test_takes_out_a_first_name_that_stands_alone(self, scene, client):
        first = NAME.split()[0]
        action = meet.ActionFactory(programme=scene.programme, title=f"{first} belt terug")
        erase(scene.wil)
        row = StandingName.objects.get(record_id=action.pk, field="title")
        client.force_login(scene.coordinator)
        page = client.get(reverse("standing_names", args=[scene.programme.code])).text
        assert f"<mark>{first}</mark> belt terug" in page
        url = reverse("standing_name_settle", args=[scene.programme.code, row.pk])
        client.post(url, {"outcome": "taken out"})
        action.refresh_from_db()
        assert action.title == "[…] belt terug"

    def test_takes_the_name_out_everywhere_and_minutes_keep_every_other_word(
        self, scene, client, django_capture_on_commit_callbacks
    ):
        scene.meet_and_agree()
        add_addendum(scene.session, by=scene.coordinator, text=f"Ook {NAME} was er.")
        with django_capture_on_commit_callbacks(execute=True):
            erase(scene.wil)
        client.force_login(scene.coordinator)
        for row in list(StandingName.objects.all()):
            url = reverse("standing_name_settle", args=[scene.programme.code, row.pk])
            with django_capture_on_commit_callbacks(execute=True):
                client.post(url, {"outcome": "taken out"})
        papers.make_waiting("worker")
        assert not named_cells()
        assert not any(named_in(text) for _path, text in files_of())
        assert MinuteText.objects.get().text == "[…] belt iedereen. Mevrouw […] weet meer."
        assert Minutes.objects.get().content["items"][0]["text"] == MinuteText.objects.get().text
        assert Addendum.objects.order_by("pk").last().text == "Ook […] was er."
        assert not StandingName.objects.open().exists()
        assert client.get(reverse("standing_names", args=[scene.programme.code])).status_code == 200

    def test_lets_it_stay_when_it_is_somebody_else(self, scene, client):
        scene.meet_and_agree()
        erase(scene.wil)
        row = StandingName.objects.first()
        client.force_login(scene.coordinator)
        url = reverse("standing_name_settle", args=[scene.programme.code, row.pk])
        client.post(url, {"outcome": "stays"})
        row.refresh_from_db()
        assert (row.outcome, row.settled_by) == ("stays", scene.coordinator)
        assert named_in(MinuteText.objects.get().text)

    def test_is_not_shown_a_piece_of_a_text_that_was_changed_or_removed_since(self, scene, client):
        scene.meet_and_agree()
        erase(scene.wil)
        notes = ContentType.objects.get_for_model(ActionNote)
        about = StandingName.objects.filter(record_type=notes)
        ActionNote.objects.update(text="Something else, and longer than it was before")
        client.force_login(scene.coordinator)
        code = scene.programme.code
        assert "Something else" not in client.get(reverse("standing_names", args=[code])).text
        url = reverse("standing_name_settle", args=[code, about.get().pk])
        assert client.post(url, {"outcome": "taken out"}).status_code == 409
        ActionNote.objects.all().delete()
        assert client.get(reverse("standing_names", args=[code])).status_code == 200
        client.post(url, {"outcome": "stays"})
        assert not about.open().exists()

    def test_is_not_shown_another_word_of_a_text_that_was_changed_to_one_as_long(
        self, scene, client
    ):
        scene.meet_and_agree()
        erase(scene.wil)
        text = ActionNote.objects.get().text
        ActionNote.objects.update(text="somebody else's words"[: len(text)].ljust(len(text), "."))
        client.force_login(scene.coordinator)
        page = client.get(reverse("standing_names", args=[scene.programme.code])).text
        assert "somebody" not in page

    def test_leaves_no_trace_of_the_text_once_it_is_settled(self, scene, client):
        scene.meet_and_agree()
        erase(scene.wil)
        client.force_login(scene.coordinator)
        for row in StandingName.objects.all():
            assert row.spans
            url = reverse("standing_name_settle", args=[scene.programme.code, row.pk])
            client.post(url, {"outcome": "stays"})
        assert {str(row.spans) for row in StandingName.objects.all()} == {"[]"}

    def test_a_page_with_its_earlier_editions_loses_it_too(self, scene, client):
        practice = write_practice(
            scene.programme,
            by=scene.coordinator,
            organisation=scene.town,
            title="Calling first",
            what=f"{NAME} bedacht het.",
        )
        assert practice.revisions.exists()
        erase(scene.wil)
        client.force_login(scene.coordinator)
        for row in StandingName.objects.all():
            url = reverse("standing_name_settle", args=[scene.programme.code, row.pk])
            client.post(url, {"outcome": "taken out"})
        assert not named_cells()

    def test_reads_remarks_on_their_own_page_alone(self, scene, client):
        scene.take_along()
        stories.remark_in(scene.wave, f"{LAST} hielp mij.")
        close(scene.wave)
        erase(scene.wil)
        client.force_login(scene.coordinator)
        page = client.get(reverse("standing_names", args=[scene.programme.code])).text
        assert LAST not in page
        assert reverse("wave_remarks", args=[scene.programme.code, scene.wave.pk]) in page


class TestARespondent:
    def test_by_link_is_named_in_no_list_and_the_coordinator_is_told_of_texts(
        self, scene, client, django_capture_on_commit_callbacks
    ):
        wave, _token = stories.open_link()
        invitation = Invitation.objects.get()
        Invitation.objects.update(name="Ans Vandervelde-Kok", email="ans@example.org")
        programme, town = wave.cycle.programme, invitation.organisation
        action = meet.ActionFactory(
            programme=programme,
            organisation=town,
            owner_name="Ans Vandervelde-Kok",
            why="Ans Vandervelde-Kok vroeg erom",
        )
        url = reverse("data_by_link", args=[token_of(invitation, wave)])
        with django_capture_on_commit_callbacks(execute=True):
            client.post(url, {"sure": "yes"})
        action.refresh_from_db()
        assert (action.owner_name, action.why) == ("", "Ans Vandervelde-Kok vroeg erom")
        (row,) = StandingName.objects.all()
        assert (row.programme, row.record, row.field) == (programme, action, "why")

    def test_who_has_an_account_stays_named_by_it(self, scene, client):
        scene.meet_and_agree()
        _wave, token = stories.open_link()
        Invitation.objects.update(membership=scene.seat, name=NAME, organisation=scene.town)
        client.post(reverse("data_by_link", args=[token]), {"sure": "yes"})
        there = Minutes.objects.get().content["attendance"][0]["people"]
        assert NAME in {each["name"] for each in there}
        assert not StandingName.objects.exists()


class TestFindingAName:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Gesproken met JAN  de vries.", ["JAN  de vries"]),
            ("Vries weet het, vries niet.", ["Vries"]),
            ("Jan weet het, in jan. en in Januari niet.", ["Jan"]),
            ("De Vriesland-route", []),
            ("mail jan@example.org nu", ["jan@example.org"]),
            ("xjan@example.org", []),
        ],
    )
    def test_by_the_whole_name_the_address_and_the_first_and_last_name_as_written(
        self, text, found
    ):
        pattern = Name("Jan de Vries", ("jan@example.org", "")).in_short
        assert [text[s : s + n] for _keys, s, n, _length in spans_in(text, pattern)] == found

    def test_who_has_no_name_is_not_looked_for(self):
        assert Name("", ("", "")).in_short is None
        assert Name("Bo", ()).short == []

    def test_initials_and_titles_are_no_first_name(self):
        assert Name("J. Vries").short == Name("dr. Jo Vries").short == ["Vries"]
        assert Name("Anne-Lies Vries").short == ["Anne-Lies", "Vries"]


class TestTheTables:
    """What is said of each text holds for the models, and nothing is left out."""

    CODES = frozenset(
        {
            *("password", "language", "next_path", "chosen", "token_digest", "digest", "time_zone"),
            *("video_link", "verb", "user_agent", "attachment_name", "unsubscribe_url"),
            *("session_key", "provider", "uid"),
        }
    )

    def test_every_personal_text_is_looked_through_emptied_or_stays_for_a_reason(self):
        looked = {}
        for place in places.PLACES:
            looked.setdefault(place.model, set()).update(place.fields)
        for entry in register.entries():
            model = apps.get_model(entry.model)
            known = looked.get(entry.model, set()) | places.EMPTIED.get(entry.model, set())
            if entry.model in places.STAYING or entry.purpose.startswith("none:"):
                continue
            for name in set(entry.personal) - known - self.CODES:
                field = model._meta.get_field(name)
                is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
                assert not is_text or field.choices, f"{entry.model}.{name}"

    def test_every_place_leads_to_a_benchmark_and_to_a_page(self):
        for place in places.PLACES:
            assert not place.kind._base_manager.filter(**{place.way: 0}).exists()
            for name in place.fields:
                place.kind._meta.get_field(name)

    def test_every_record_and_field_has_a_name_in_both_languages(self):
        fields = {entry.model: set(entry.personal) for entry in register.entries()}
        for place in places.PLACES:
            fields.setdefault(place.model, set()).update(place.fields)
        assert names.unnamed(fields) == []
