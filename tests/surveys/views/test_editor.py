"""Questionnaires in Wagtail's admin: who edits them, what is seen, what publishing freezes."""

import datetime as dt
import json

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.exceptions import NotNow
from surveys.domain.imports import store_instrument
from surveys.domain.instruments import ship_perception_survey
from surveys.domain.reading import ship_second_reading
from surveys.editing import body_of, put_in, spec_of_draft
from surveys.formats.json_format import write_json
from surveys.models import Instrument, InstrumentVersion
from surveys.offers import deeds
from tests import factories as make
from tests.surveys.formats.test_formats import PERCEPTION
from tests.surveys.formats.workbooks import with_label, workbook
from tests.surveys.test_comparing import FIRST, spec_with
from tests.surveys.test_comparing import item as make_item

pytestmark = pytest.mark.django_db
SPACE = "wagtailsnippets_surveys_instrument"


def url(name, *args):
    return reverse(f"{SPACE}:{name}", args=args)


def test_a_coordinator_finds_the_editor_at_the_surveys_and_an_evaluator_does_not(
    client, programme, coordinator
):
    surveys = reverse("waves", args=[programme.code])
    client.force_login(coordinator)
    assert f'href="{url("list")}"' in client.get(surveys).text
    assert client.get(url("list")).status_code == 200
    client.force_login(make.AppointmentFactory(programme=programme, role="evaluator").user)
    assert url("list") not in client.get(surveys).text


@pytest.fixture
def programme():
    return make.ProgrammeFactory()


@pytest.fixture
def coordinator(programme):
    return make.AppointmentFactory(programme=programme).user


@pytest.fixture
def ours(programme):
    return store_instrument(FIRST, programme=programme, publish=False).instrument


@pytest.fixture
def theirs():
    other = make.ProgrammeFactory()
    return store_instrument(spec_with(make_item("a"), code="theirs"), programme=other, publish=True)


def test_a_coordinator_edits_the_questionnaires_of_their_programmes_and_sees_no_others(
    client, coordinator, ours, theirs
):
    client.force_login(coordinator)
    page = client.get(url("list")).content.decode()
    assert f"edit/{ours.pk}/" in page and f"edit/{theirs.instrument.pk}/" not in page
    assert client.get(url("edit", ours.pk)).status_code == 200
    pages = "edit", "history", "overview", "copy", "preview_on_edit", "lock", "workflow_history"
    for name in pages:
        assert client.get(url(name, theirs.instrument.pk)).status_code == 404, name
    assert client.post(url("edit", theirs.instrument.pk), {}).status_code == 404
    assert client.get(url("export", theirs.instrument.pk, 1, "json")).status_code == 404


@pytest.mark.parametrize("role", ["evaluator", "facilitator"])
def test_a_colleague_with_another_role_is_sent_to_sign_in(client, programme, ours, role):
    colleague = make.AppointmentFactory(programme=programme, role=role).user
    client.force_login(colleague)
    for name, args in (("list", []), ("edit", [ours.pk]), ("overview", [ours.pk]), ("import", [])):
        assert client.get(url(name, *args)).status_code == 302


def test_a_coordinator_gets_nothing_else_of_wagtails_admin(client, coordinator, ours):
    client.force_login(coordinator)
    assert client.get("/cms/").url == url("list")
    for address in ("/cms/pages/", "/cms/images/", "/cms/users/", "/cms/account/"):
        assert client.get(address).status_code == 404, address
    for name in ("delete", "unpublish", "usage"):
        assert client.get(url(name, ours.pk)).status_code == 404, name


def test_the_preview_shows_a_page_as_the_respondent_sees_it(client, coordinator, ours):
    client.force_login(coordinator)
    address = url("revisions_view", ours.pk, ours.latest_revision_id)
    english = client.get(address, {"mode": "en-1"}).content.decode()
    assert "a (en)" in english and "strongly disagree" in english and "1 of 4" in english
    dutch = client.get(address, {"mode": "nl-1"}).content.decode()
    assert "helemaal oneens" in dutch and "a (en)" not in dutch


def test_the_preview_may_stand_in_the_editor_and_a_page_in_no_frame(client, coordinator, ours):
    """The panel is a frame: the strict policy of the site would leave it grey."""
    client.force_login(coordinator)
    for preview in (
        client.get(url("revisions_view", ours.pk, ours.latest_revision_id), {"mode": "nl-1"}),
        client.get(url("preview_on_edit", ours.pk), {"mode": "nl-1", "in_preview_panel": "true"}),
    ):
        assert preview.status_code == 200
        assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    elsewhere = client.get("/now/")
    assert "frame-ancestors 'none'" in elsewhere["Content-Security-Policy"]
    assert elsewhere["X-Frame-Options"] == "DENY"


def test_publishing_freezes_and_editing_after_it_changes_nothing_of_it(ours):
    ours.latest_revision.publish()
    version = InstrumentVersion.objects.get()
    assert [i.code for b in version.blocks.all() for i in b.items.all()] == ["a", "b", "c", "d"]
    ours.refresh_from_db()
    ours.body = json.dumps(body_of(spec_with(make_item("a", "Anders"))))
    ours.save_revision()
    assert InstrumentVersion.objects.count() == 1
    ours.refresh_from_db()
    ours.latest_revision.publish()
    assert [v.number for v in InstrumentVersion.objects.all()] == [1, 2]
    assert version.blocks.get().items.first().text_nl == "a?"


def test_what_can_not_be_asked_is_not_published_and_the_draft_stays(ours):
    ours.body = json.dumps(body_of(spec_with(make_item("go"))))
    revision = ours.save_revision()
    with pytest.raises(Exception, match="go"):
        revision.publish()
    ours.refresh_from_db()
    assert not ours.live and not InstrumentVersion.objects.exists()


def test_an_item_is_asked_once_for_each_occasion(ours):
    body = body_of(spec_with(make_item("time", "{occasion} gaf genoeg tijd.", allow_na=True)))
    body[0]["value"]["items"][0]["value"]["occasions"] = ["circle", "session"]
    body[0]["value"]["items"][0]["value"]["text_en"] = "There was time in {occasion}."
    ours.body = json.dumps(body)
    circle, session = spec_of_draft(ours).items
    assert (circle.code, circle.stem, circle.occasion) == ("time-circle", "time", "circle")
    assert circle.text_nl == "De leerkring gaf genoeg tijd."
    assert session.text_en == "There was time in the interpretation session."
    assert put_in("a {occasion}", "b") == "a b"


def test_a_questionnaire_survives_the_editor():
    shipped = ship_perception_survey().instrument
    assert spec_of_draft(shipped) == PERCEPTION


def test_what_is_not_translated_and_what_changed_stand_on_one_page(client, coordinator, ours):
    ours.latest_revision.publish()
    ours.refresh_from_db()
    ours.body = json.dumps(body_of(spec_with(make_item("a", "Anders gevraagd"), make_item("z"))))
    ours.save_revision()
    client.force_login(coordinator)
    page = client.get(url("overview", ours.pk)).content.decode()
    for said in ("<del>a?</del>", "Anders gevraagd", 'scope="row">z', 'scope="row">d'):
        assert said in page, said
    raw = client.get(url("export", ours.pk, 1, "json"))
    assert json.loads(raw.content)["code"] == "ours"
    assert client.get(url("export", ours.pk, 2, "json")).status_code == 404


def upload(client, raw, name, programme):
    file = SimpleUploadedFile(name, raw)
    return client.post(url("import"), {"file": file, "programme": programme.pk, "format": ""})


def test_a_file_is_reported_first_and_stored_when_accepted(client, coordinator, programme):
    client.force_login(coordinator)
    answer = upload(client, workbook(), "form.xlsx", programme)
    assert answer.status_code == 200 and "where" in answer.content.decode()
    assert not Instrument.objects.exists()
    accepted = answer.context["accepted"]
    assert client.post(url("import"), {"accepted": accepted + "x"}).url == url("import")
    assert not Instrument.objects.exists()
    stored = client.post(url("import"), {"accepted": accepted})
    made = Instrument.objects.get(code="my_form")
    assert stored.url == url("edit", made.pk)
    assert (made.programme, made.live) == (programme, False)
    assert client.get(stored.url).status_code == 200


def test_a_hostile_file_or_another_programme_is_refused(client, coordinator, programme, theirs):
    client.force_login(coordinator)
    answer = upload(client, with_label("<script>x</script>"), "form.xlsx", programme)
    assert answer.status_code == 422 and "<script>x" not in answer.content.decode()
    assert upload(client, workbook(), "form.xlsx", theirs.instrument.programme).status_code == 422
    taken = write_json(spec_with(make_item("a"), code="theirs"))
    accepted = upload(client, taken, "x.json", programme).context["accepted"]
    assert client.post(url("import"), {"accepted": accepted}).url == url("import")
    assert Instrument.objects.get(code="theirs").programme == theirs.instrument.programme


def test_a_colleague_reads_a_questionnaire_before_it_is_published(
    client, programme, coordinator, ours
):
    ship_second_reading()
    Instrument.objects.get(pk=ours.pk).get_workflow().start(ours, coordinator)
    colleague = make.AppointmentFactory(programme=programme).user
    (deed,) = instrument_deeds(colleague)
    assert instrument_deeds(coordinator) == []
    state = ours.current_workflow_task_state
    approve = url("workflow_action", ours.pk, "approve", state.pk)
    client.force_login(coordinator)  # who submitted it neither approves nor changes it meanwhile
    client.post(approve)
    assert not InstrumentVersion.objects.exists()
    client.force_login(colleague)
    assert client.get(deed.url).status_code == 200
    client.post(approve)
    assert InstrumentVersion.objects.get().instrument == ours
    assert instrument_deeds(colleague) == []
    assert mail.outbox == []


def instrument_deeds(user):
    return [deed for deed in deeds(user, dt.date(2026, 11, 25)) if "/instrument/" in deed.url]


def test_a_locked_questionnaire_is_not_changed_and_a_copy_starts_a_draft_of_its_own(
    client, coordinator, ours
):
    client.force_login(coordinator)
    assert client.post(url("lock", ours.pk)).status_code == 302
    ours.refresh_from_db()
    assert ours.locked
    other = make.AppointmentFactory(programme=ours.programme).user
    client.force_login(other)
    other_words = {"title_nl": "Anders", "code": ours.code, "body-count": "0"}
    client.post(url("edit", ours.pk), other_words | {"programme": ours.programme_id})
    with pytest.raises(NotNow):
        store_instrument(FIRST, programme=ours.programme, publish=False)
    form = client.get(url("copy", ours.pk)).context["form"]
    assert (form["code"].value(), form.fields["code"].disabled) == ("", False)
    assert [block.block_type for block in form["body"].value()] == [
        block.block_type for block in ours.body
    ]
    ours.refresh_from_db()
    assert ours.get_latest_revision_as_object().title_nl != "Anders"
