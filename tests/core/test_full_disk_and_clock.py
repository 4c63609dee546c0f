"""A disk that is full, and a clock that is an hour off."""

import datetime as dt
import errno
import resource

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from core.delivery import deliver_waiting, sweep_mail
from core.health import compare_clocks
from core.leases import claim, give_back_expired, renew
from core.models import MailState, OutboxMail
from core.outbox import queue_mail
from core.wholefiles import WholeFiles
from learningcircles.models import FollowUpRound
from tests import disks

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def small_disk():
    """A disk of one megabyte, where the system lets us mount one."""
    folder = disks.mount("1m")
    if folder is None:
        pytest.skip("nothing may be mounted here")
    yield folder
    disks.unmount(folder)


@pytest.fixture
def largest_file():
    """The system itself refuses to make a file larger than 4 kB."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def sizes_in(folder):
    return {file.name: file.stat().st_size for file in folder.iterdir()}


def test_a_full_disk_keeps_what_is_whole_and_no_half_file(small_disk):
    storage = WholeFiles(location=small_disk)
    kept = {}
    with pytest.raises(OSError) as refused:
        for number in range(20):
            kept[storage.save(f"{number}.pdf", ContentFile(bytes(300_000)))] = 300_000
    assert refused.value.errno == errno.ENOSPC and len(kept) == 3
    assert sizes_in(small_disk) == kept
    with disks.filled(small_disk), pytest.raises(OSError):
        storage.save("not-a-byte.txt", ContentFile(b"x"))
    assert sizes_in(small_disk) == kept
    # Whoever runs it makes room.
    storage.delete("0.pdf")
    storage.save("later.pdf", ContentFile(bytes(300_000)))
    assert sizes_in(small_disk).keys() == kept.keys() - {"0.pdf"} | {"later.pdf"}


def test_a_file_that_may_not_be_so_large_leaves_no_half_one(tmp_path, largest_file):
    storage = WholeFiles(location=tmp_path)
    with pytest.raises(OSError) as refused:
        storage.save("minutes.pdf", ContentFile(bytes(100_000)))
    assert refused.value.errno in (errno.EFBIG, errno.ENOSPC)
    assert sizes_in(tmp_path) == {}, "half a file stayed"


def test_two_files_of_one_name_are_both_kept(tmp_path):
    storage = WholeFiles(location=tmp_path, file_permissions_mode=0o600)
    names = {storage.save("a/minutes.pdf", ContentFile(text)) for text in (b"one", b"two")}
    assert {storage.open(name).read() for name in names} == {b"one", b"two"}
    assert len(list((tmp_path / "a").iterdir())) == 2


def at(monkeypatch, moment):
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.django_db
@pytest.mark.parametrize("off", [HOUR, -HOUR], ids=["ahead", "behind"])
def test_a_row_that_a_worker_with_a_wrong_clock_held_is_done_once(monkeypatch, off):
    now = timezone.now()
    row = FollowUpRound.objects.create(day=now.date())
    at(monkeypatch, now + off)
    held = claim(FollowUpRound.objects.all(), "wrong")
    assert held.pk == row.pk
    at(monkeypatch, now)
    given_back = give_back_expired(FollowUpRound.objects.all())
    assert given_back == (1 if off < dt.timedelta(0) else 0)
    # Who is behind loses the row at once, and is told so at the next sign of life: it stops there.
    assert renew(held) is (given_back == 0)
    # Who is ahead and dies keeps the row an hour too long, and no longer.
    at(monkeypatch, now + 2 * HOUR)
    give_back_expired(FollowUpRound.objects.all())
    assert claim(FollowUpRound.objects.all(), "right").claimed_by == "right"
    assert claim(FollowUpRound.objects.all(), "another") is None


@pytest.mark.django_db
@pytest.mark.parametrize("off", [HOUR, -HOUR], ids=["ahead", "behind"])
def test_a_mail_goes_out_once_whatever_the_clock_of_the_worker(monkeypatch, off):
    now = timezone.now()
    queue_mail(to="a@example.org", subject="x", body="x", reference="x", dedupe_key="x")
    at(monkeypatch, now + off)
    assert deliver_waiting("wrong") == 1
    at(monkeypatch, now)
    sweep_mail()
    assert deliver_waiting("right") == 0
    assert OutboxMail.objects.get().state == MailState.SENT


@pytest.mark.parametrize("off", [HOUR, -HOUR], ids=["ahead", "behind"])
def test_doctor_tells_of_a_clock_that_is_off(off):
    now = timezone.now()
    found = compare_clocks(now + off, now)
    assert not found.is_well and "3600" in found.told
