"""A file that no record leads to is taken away after a week; every other one stays."""

import os
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from benchmarks.models import ProgrammeFile
from config.privacy import strays
from config.privacy.periods import keep_periods
from config.privacy.strays import remove_strays
from core.audit import Deed
from core.backup.carry import names_in
from core.models import AuditEntry
from evaluation.models import Run
from learningcircles.models import Material, Paper
from tests import factories as make
from tests.learningcircles import factories as meet

pytestmark = pytest.mark.django_db
DAYS = 24 * 3600


@pytest.fixture
def private(tmp_path, settings):
    """A private storage with nothing of other stories in it."""
    options = {"location": tmp_path / "private", "base_url": None}
    own = {"BACKEND": "core.wholefiles.WholeFiles", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"private": own}
    return storages["private"]


def stored(storage, name, *, days):
    """A file that was written so many days ago."""
    kept = storage.save(name, ContentFile(b"Something that somebody shared."))
    then = time.time() - days * DAYS
    os.utime(storage.path(kept), (then, then))
    return kept


def test_what_no_record_leads_to_goes_after_a_week_and_is_counted(private):
    Paper.objects.create(
        circle=meet.CircleFactory(), kind="handover", language="nl", file="papers/a.pdf"
    )
    stored(private, "papers/a.pdf", days=400)
    stray = stored(private, "actions/1/left-behind.pdf", days=8)
    young = stored(private, "actions/1/just-now.pdf", days=6)
    assert keep_periods(timezone.now())["files"] == 1
    assert not private.exists(stray) and private.exists(young)
    assert AuditEntry.objects.get(verb=Deed.PERIODS_KEPT).details["files"] == 1
    assert keep_periods(timezone.now())["files"] == 0


def test_the_files_of_another_database_are_left_alone(private, caplog):
    """An empty database beside a full folder, by somebody's mistake, takes nothing away."""
    for number in range(3):
        stored(private, f"papers/{number}.pdf", days=400)
    assert keep_periods(timezone.now())["files"] == 0
    assert len(list(names_in("private"))) == 3
    assert "3 files without a record" in caplog.text


def test_more_strays_than_a_day_takes_are_all_counted(private, monkeypatch):
    monkeypatch.setattr(strays, "MOST_A_DAY", 1)
    for number in range(2):
        name = stored(private, f"papers/kept-{number}.pdf", days=400)
        Paper.objects.create(circle=meet.CircleFactory(), kind="handover", language="nl", file=name)
    for number in range(3):
        stored(private, f"papers/{number}.pdf", days=400)
    assert keep_periods(timezone.now())["files"] == 0


def test_what_a_record_leads_to_stays_however_it_is_told(private):
    """By a field of a file, a name, a document of names, and a column that nobody thought of."""
    session = meet.SessionFactory()
    programme, circle = session.programme, meet.CircleFactory(programme=session.programme)
    names = ["materials/1/a.txt", "programmes/a.zip", "papers/a.pdf", "reports/1/nl/a.pdf"]
    for name in [*names, "odd/a.bin"]:
        stored(private, name, days=400)
    Material.objects.create(session=session, file_name="a.txt", size=1, file=names[0])
    ProgrammeFile.objects.create(
        programme=programme, requested_by=make.UserFactory(), file="programmes/a.zip"
    )
    Paper.objects.create(circle=circle, kind="handover", language="nl", file="papers/a.pdf")
    files = {"nl": {"readers": {"council": "reports/1/nl/a.pdf"}}}
    Run.objects.create(programme=programme, seed=1, files=files)
    meet.SignalFactory(session=session, text="It is in odd/a.bin, they say.")
    before = sorted(names_in("private"))
    assert len(before) == 5
    assert remove_strays(timezone.now()) == 0
    assert sorted(names_in("private")) == before
