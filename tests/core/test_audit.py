"""The audit log: append-only, a chain, without personal data."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from core import audit_guard
from core.audit import Deed, digest_of, record, verify
from core.models import AuditEntry, AuditHead
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    """Five lines about somebody."""
    wil = make.UserFactory(name="Wil", email="wil@example.org")
    return [record(Deed.PEOPLE_SEEN, wil, by=wil, count=n) for n in range(5)]


def told(*words):
    """What the command answers, and its exit status."""
    out = StringIO()
    try:
        call_command("verify-audit", "--json", *words, stdout=out)
    except SystemExit as end:
        return json.loads(out.getvalue()), end.code
    return json.loads(out.getvalue()), 0


def kinds(answer):
    return [(one["number"], one["kind"]) for one in answer["breaks"]]


def test_a_log_as_it_was_written_is_whole_and_says_where_it_ends(written):
    last = written[-1]
    answer, status = told()
    assert status == 0
    assert answer["whole"] and answer["end"] == f"{last.number}:{last.digest}"
    assert told("--noted", answer["end"])[1] == 0


def test_migrating_leaves_the_guard_standing(found_guards):
    wanted = {*audit_guard.NAMES, "audit_head_stays"}
    if connection.vendor == "postgresql":
        wanted = {*audit_guard.NAMES, *audit_guard.NAMES_TOO} - {"audit_at_the_end"}
    assert found_guards == wanted


@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEntry.objects.filter(number__gt=0).update(verb="nothing"),
        lambda: AuditEntry.objects.first().delete(),
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditHead.objects.update(number=1),
        lambda: AuditHead.objects.update(digest=""),
        lambda: AuditHead.objects.all().delete(),
        lambda: AuditEntry(number=AuditEntry.objects.first().number, at="2026-01-01T00:00Z").save(),
    ],
)
def test_the_database_refuses_to_change_or_remove_a_line(written, guarded, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()
    assert verify().breaks == []
    record(Deed.PEOPLE_SEEN, make.UserFactory())
    assert verify().entries == AuditEntry.objects.count()


@pytest.mark.skipif("connection.vendor == 'postgresql'")
def test_replacing_a_line_is_removing_it(written, guarded):
    columns = "number, at, verb, target, scope, details, previous, digest"
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT OR REPLACE INTO core_auditentry ({columns}) "
            "VALUES (%s, '2026-01-01', 'x', 'x', '', '{}', '', '')",
            [written[0].number],
        )


@pytest.mark.skipif("connection.vendor == 'sqlite'")
def test_the_log_can_not_be_emptied_at_a_stroke(written, guarded):
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_auditentry")


def test_an_altered_line_is_found(written):
    AuditEntry.objects.filter(number=written[2].number).update(actor=999)
    answer, status = told()
    assert status == 1
    assert kinds(answer) == [(written[2].number, "altered")]


def test_a_line_altered_with_its_digest_is_found_by_the_next(written):
    third = AuditEntry.objects.get(number=written[2].number)
    third.actor = 999
    third.digest = digest_of(third)
    third.save()
    assert kinds(told()[0]) == [(written[3].number, "inserted")]


@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_removed_line_is_found_at_either_end_too(written, place):
    AuditEntry.objects.filter(number=written[place].number).delete()
    answer, status = told()
    assert status == 1
    assert (written[place].number, "removed") in kinds(answer)


def test_a_line_put_on_past_the_logs_own_way_is_found(written):
    last = written[-1]
    extra = AuditEntry(
        number=last.number + 1, at=last.at, verb="x", target="x:1", previous=last.digest
    )
    extra.digest = digest_of(extra)
    extra.save(force_insert=True)
    answer, status = told()
    assert status == 1
    assert kinds(answer) == [(extra.number, "inserted")]


def test_a_chain_that_was_written_anew_as_a_whole_is_found_by_what_was_noted(written):
    noted = told()[0]["end"]
    digest = written[0].previous
    for entry in AuditEntry.objects.filter(number__gte=written[0].number).order_by("number"):
        entry.actor, entry.previous = None, digest
        entry.digest = digest = digest_of(entry)
        entry.save()
    AuditHead.objects.update(digest=digest)
    assert told()[1] == 0
    assert told("--noted", noted)[1] == 1


def test_what_was_noted_must_look_like_it():
    with pytest.raises(CommandError):
        call_command("verify-audit", "--noted", "7")


@pytest.mark.parametrize("value", ["wil@example.org", "Café", "x" * 81, {"a": 1}, 1.5])
def test_no_free_text_goes_into_a_line(value):
    with pytest.raises(ValueError, match="audit log"):
        record(Deed.PEOPLE_SEEN, make.UserFactory(), about=value)


def test_a_decision_that_is_undone_leaves_no_line_and_no_gap(written):
    with pytest.raises(RuntimeError), transaction.atomic():
        record(Deed.ERASED, make.UserFactory())
        raise RuntimeError
    record(Deed.ERASED, make.UserFactory())
    assert verify().breaks == []


def test_erasing_a_person_leaves_the_log_whole(written, guarded):
    AuditEntry.objects.get(number=written[0].number)
    from people.models import User

    User.objects.filter(email="wil@example.org").delete()
    assert verify().breaks == []
    assert "wil" not in json.dumps(list(AuditEntry.objects.values("target", "details"))).lower()
