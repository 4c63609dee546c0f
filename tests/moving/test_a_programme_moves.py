"""A programme leaves one installation and arrives in another: nobody is locked in."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import transaction

from benchmarks.domain.moving import export_programme, import_programme
from benchmarks.models import Figure, Programme
from config.demo.load import CODE, load_demo
from config.privacy.closed_programmes import forget_closed
from core.audit import Deed, verify
from core.exceptions import InvalidInput, NotNow
from core.models import AuditEntry, LeasedState
from core.moving import archive
from evaluation.domain.runs import make_report
from evaluation.findings.compute import compute_report
from evaluation.findings.inputs import read_inputs
from evaluation.models import GradeChange, Run
from learningcircles.models import Action, ActionFile, AgendaItem, OwnReading
from people.models import Membership, User
from surveys.domain.locked_files import attach_file, read_file
from surveys.domain.waves import close_wave
from surveys.models import Candidate, Interview, InterviewRound, LockedFile, Response, Wave
from tests import factories as make
from tests.moving.stories import lines_of, lose_all_programmes, manifest_of, parts_of, write_parts

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)
SPOKEN = b"1\n00:00:01,000 --> 00:00:02,000\nDat ging beter.\n"


def fill_up(programme):
    """What the demonstration doesn't have: no wave open, a report, a file, a transcript."""
    for wave in Wave.objects.filter(cycle__programme=programme, state="open"):
        close_wave(wave, by=None, on=TODAY)
    Run.objects.all().delete()
    run, _new = make_report(programme, with_files=False, today=TODAY)
    GradeChange.objects.create(
        run=run, finding="x", before="strong", after="plausible", reason="Te weinig."
    )
    name = storages["private"].save("reports/demo/1/report.nl.pdf", ContentFile(b"%PDF-1.7 x"))
    Run.objects.filter(pk=run.pk).update(files={"nl": {"pdf": name}}, has_files=True)
    action = Action.objects.filter(programme=programme).first()
    note = ContentFile(b"Afgesproken.", name="note.txt")
    ActionFile.objects.create(action=action, file=note, file_name="note.txt", size=12)
    talk = Interview.objects.filter(round__cycle__programme=programme).first()
    to = {"last_day": dt.date.today(), "today": dt.date.today(), "by": talk.interviewer}
    attach_file(talk, name="talk.srt", raw=SPOKEN, **to)


@pytest.fixture(scope="module")
def left(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration, and its file: written once for all stories of this module."""
    file = tmp_path_factory.mktemp("moving") / "demo.zip"
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo()
        programme = Programme.objects.get(code=CODE)
        fill_up(programme)
        export_programme(programme, file, private=True)
        yield file
        transaction.set_rollback(True)


@pytest.fixture
def demo(left, db):
    return Programme.objects.get(code=CODE)


def findings(programme):
    found = compute_report(read_inputs(programme, today=TODAY))
    return json.dumps(found, sort_keys=True, default=str)


def test_it_arrives_as_it_left_and_leads_to_the_same_findings(left, demo, tmp_path):
    """One long story, since each half of it costs seconds: out, into an installation with others in
    it, out again, and evaluated anew."""
    before = findings(demo)
    lose_all_programmes()
    for _each in range(3):
        make.ParticipationFactory()  # so that no primary key is what it was
    told = import_programme(left)
    arrived = Programme.objects.get(code=CODE)
    assert arrived.pk != demo.pk

    export_programme(arrived, tmp_path / "again.zip", private=True)
    was, now = parts_of(left), parts_of(tmp_path / "again.zip")
    assert was.keys() == now.keys()
    for name in was.keys() - {"manifest.json"}:
        assert was[name] == now[name], name
    assert told["new"] == {k: n for k, n in manifest_of(was)["records"].items() if n}
    assert findings(arrived) == before

    talk = LockedFile.objects.get(kind="transcript")
    assert read_file(talk, today=dt.date.today(), by=None) == SPOKEN
    assert SPOKEN not in storages["private"].open(talk.stored_as).read()
    assert Run.objects.get().state == LeasedState.DONE
    assert not User.objects.filter(memberships__organisation__code__startswith="d").exclude(
        password__startswith="!"
    )
    assert AuditEntry.objects.filter(verb=Deed.ROLE_GIVEN).count() == (
        told["new"]["benchmarks.Appointment"] + told["new"]["people.MembershipRole"]
    )
    assert AuditEntry.objects.filter(verb=Deed.PROGRAMME_BROUGHT).count() == 1
    assert verify().breaks == []
    drafted = AgendaItem.objects.filter(source__startswith="topic:").first()
    assert drafted is None or drafted.source == f"topic:{drafted.topic_id}"
    for round in InterviewRound.objects.exclude(state="closed"):
        assert round.link_key and storages["keys"].exists(round.key_share)
    with pytest.raises(NotNow):
        import_programme(left)


def test_who_is_there_already_is_recognised_and_stays_who_they_are(left, demo):
    lose_all_programmes()
    somebody = lines_of(left, "people.User")[0]["email"]
    here = make.UserFactory(email=somebody, name="Known Here")
    password = here.password
    town = next(
        each for each in lines_of(left, "people.Organisation") if each["kind"] == "municipality"
    )
    organisation = make.OrganisationFactory(code=town["code"], name="Zo heet het hier")
    told = import_programme(left)
    here.refresh_from_db(), organisation.refresh_from_db()
    assert (here.name, here.password) == ("Known Here", password)
    assert organisation.name == "Zo heet het hier"
    assert told["known"] == {"people.User": 1, "people.Organisation": 1}
    assert organisation.participations.exists()
    assert not User.objects.filter(is_superuser=True).exists()


def test_without_asking_for_it_what_only_a_few_read_stays_behind(demo, tmp_path):
    export_programme(demo, tmp_path / "open.zip")
    manifest = manifest_of(parts_of(tmp_path / "open.zip"))
    for kind in ("learningcircles.OwnReading", "learningcircles.SessionFeedback"):
        assert manifest["records"][kind] == 0 and manifest["left_out"][kind] > 0
    assert manifest["records"]["surveys.LockedFile"] == 0
    assert all(
        row["names"] is None for row in lines_of(tmp_path / "open.zip", "surveys.InterviewReport")
    )
    assert manifest["records"]["surveys.Response"] > 0
    assert OwnReading.objects.exists()


def test_a_person_takes_along_no_more_than_their_pages_show(demo, tmp_path):
    coordinator = demo.appointments.filter(role="coordinator").first().user
    export_programme(demo, tmp_path / "mine.zip", by=coordinator, private=True)
    records = manifest_of(parts_of(tmp_path / "mine.zip"))["records"]
    assert records["surveys.Response"] == records["surveys.Answer"] == 0
    assert records["learningcircles.SessionFeedback"] == 0
    assert records["surveys.LockedFile"] == 1
    assert records["benchmarks.Figure"] > 0
    assert records["evaluation.RunInput"] == 0 and records["learningcircles.Action"] > 0
    line = AuditEntry.objects.filter(verb=Deed.PROGRAMME_TAKEN).latest("number")
    assert line.actor == coordinator.pk and line.details["private"] is True


def test_when_it_is_over_for_years_nobody_is_in_it_and_what_was_found_stays(
    demo, tmp_path, settings
):
    members = User.objects.filter(memberships__organisation__participations__cycle__programme=demo)
    people = list(members.distinct().values_list("name", "email"))
    ended = demo.cycles.latest("ends_on").ends_on
    years = dt.timedelta(days=365 * settings.PROGRAMME_YEARS)
    assert len(people) > 20 and forget_closed(ended + years) == 0
    count = Action.objects.filter(programme=demo).count(), Figure.objects.count()

    assert forget_closed(ended + years + dt.timedelta(days=1)) == 1
    assert forget_closed(ended + years + dt.timedelta(days=2)) == 0
    export_programme(demo, tmp_path / "after.zip", private=True)
    own_periods = ("people.", "surveys.Invitation", "surveys.Candidate")
    for name, content in parts_of(tmp_path / "after.zip").items():
        if not name.removeprefix("records/").startswith(own_periods):
            for who in (word for person in people for word in person):
                assert who.encode() not in content, (who, name)
    assert count == (Action.objects.filter(programme=demo).count(), Figure.objects.count())
    assert not ActionFile.objects.exists() and not OwnReading.objects.exists()
    assert Response.objects.exists() and findings(demo)
    line = AuditEntry.objects.get(verb=Deed.PROGRAMME_FORGOTTEN)
    assert line.scope == f"programme:{demo.pk}" and line.details["records"] > 100


def test_figures_that_the_charter_hides_from_who_coordinates_stay_behind(demo, tmp_path):
    coordinator = demo.appointments.filter(role="coordinator").first().user
    demo.charters.update(coordinator_sees=False)
    demo.charters.first().consents.all().delete()
    seen = Figure.objects.visible_to(coordinator).filter(indicator__programme=demo).count()
    export_programme(demo, tmp_path / "mine.zip", by=coordinator)
    manifest = manifest_of(parts_of(tmp_path / "mine.zip"))
    assert manifest["records"]["benchmarks.Figure"] == seen < Figure.objects.count()
    assert manifest["left_out"]["benchmarks.Figure"] == Figure.objects.count() - seen


class TestRefused:
    @pytest.fixture
    def elsewhere(self, left, demo, tmp_path):
        """An installation without the programme, and the parts of its file."""
        Programme.objects.filter(pk=demo.pk).update(code="renamed")
        return parts_of(left), tmp_path / "changed.zip"

    def refused(self, file, error=InvalidInput):
        before = User.objects.count(), Membership.objects.count(), Response.objects.count()
        with pytest.raises(error) as said:
            import_programme(file)
        assert before == (
            User.objects.count(),
            Membership.objects.count(),
            Response.objects.count(),
        )
        assert not Programme.objects.filter(code=CODE).exists()
        return str(said.value)

    def test_a_record_that_was_changed(self, elsewhere):
        parts, file = elsewhere
        name = "records/benchmarks.Figure.jsonl"
        parts[name] = parts[name].replace(b'"value": "', b'"value": "9', 1)
        assert name in self.refused(write_parts(file, parts))

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("../outside.txt", b"x"),
            ("files/learningcircles.ActionFile/../../up.txt", b"x"),
            ("/etc/passwd", b"x"),
            ("records/benchmarks.Figure.jsonl/more", b"x"),
            ("files/learningcircles.ActionFile/bomb.txt", bytes(40_000_000)),
        ],
    )
    def test_a_part_that_leads_out_or_unpacks_to_far_too_much(
        self, elsewhere, monkeypatch, name, content
    ):
        monkeypatch.setattr(archive, "LEAST_UNPACKED", 1_000_000)
        parts, file = elsewhere
        self.refused(write_parts(file, parts | {name: content}))

    def test_one_that_a_newer_benchlearn_made(self, elsewhere):
        parts, file = elsewhere
        parts["manifest.json"] = parts["manifest.json"].replace(b'"version": 1', b'"version": 2', 1)
        self.refused(write_parts(file, parts), NotNow)

    def test_a_missing_part_and_what_is_no_such_file_at_all(self, elsewhere):
        parts, file = elsewhere
        self.refused(write_parts(file, {k: v for k, v in parts.items() if "Figure." not in k}))
        file.write_bytes(b"PK not a zip")
        self.refused(file)

    def test_what_is_here_already_under_another_name_and_no_file_is_left(self, elsewhere, left):
        _names, before = storages["private"].listdir("interviews")
        self.refused(left, NotNow)
        assert storages["private"].listdir("interviews")[1] == before


def rewritten(parts, name, change):
    """The same file with one record changed, and a manifest that says so: made by somebody who
    knows how."""
    import hashlib

    lines = [json.loads(line) for line in parts[name].splitlines()]
    change(lines)
    raw = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    manifest = manifest_of(parts)
    manifest["parts"][name] = {"bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    return parts | {name: raw, "manifest.json": json.dumps(manifest).encode()}


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("learningcircles.Session", "online_link", "javascript:alert(1)"),
        ("learningcircles.Session", "kind", "no such kind"),
        ("benchmarks.Cycle", "programme", 2),
        ("benchmarks.Cycle", "programme", None),
        ("people.User", "is_superuser", True),
        ("people.User", "email", "not an address"),
        ("surveys.Response", "shown_order", [1]),
        ("learningcircles.ActionFile", "file", "records/people.User.jsonl"),
        ("learningcircles.ActionFile", "file", "files/evaluation.Run/1-1.pdf"),
    ],
)
def test_a_file_made_by_a_hostile_hand_is_refused(left, demo, tmp_path, kind, field, value):
    lose_all_programmes()

    def change(lines):
        lines[0][field] = value

    parts = rewritten(parts_of(left), f"records/{kind}.jsonl", change)
    with pytest.raises(InvalidInput):
        import_programme(write_parts(tmp_path / "made.zip", parts))
    assert not User.objects.exists()


def test_the_commands(left, demo, tmp_path):
    out = StringIO()
    file = tmp_path / "demo.zip"
    call_command("export-programme", CODE, "--out", str(file), "--json", stdout=out)
    assert json.loads(out.getvalue())["records"]["benchmarks.Programme"] == 1
    assert file.stat().st_mode & 0o077 == 0
    for wrong in ((CODE, "--out", str(file)), ("nope", "--out", str(tmp_path / "b")), (CODE,)):
        with pytest.raises(CommandError):
            call_command("export-programme", *wrong)
    with pytest.raises(CommandError):
        call_command("import-programme", str(file))
    assert Candidate.objects.exists()
