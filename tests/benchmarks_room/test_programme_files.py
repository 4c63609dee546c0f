"""A coordinator takes the programme along: asked for, made by a worker, fetched, taken away."""

import datetime as dt
import io
import json
import zipfile

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.domain.programme_files import (
    KEPT,
    carry_out,
    carry_out_waiting,
    give_back,
    request_file,
    take_away,
)
from benchmarks.models import ProgrammeFile
from core.audit import Deed
from core.exceptions import NotNow
from core.leases import claim
from core.models import AuditEntry, LeasedState
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return make.AppointmentFactory().user


@pytest.fixture
def programme(coordinator):
    return coordinator.appointments.get().programme


def test_it_is_asked_for_made_fetched_and_taken_away(programme, coordinator, client):
    client.force_login(coordinator)
    page = reverse("programme_files", args=[programme.code])
    assert client.post(page).url == page and client.post(page).status_code == 409
    assert carry_out_waiting("worker") == 1 and carry_out_waiting("worker") == 0
    made = ProgrammeFile.objects.get()
    url = reverse("programme_file", args=[programme.code, made.pk])
    assert url in client.get(page).text
    raw = b"".join(client.get(url).streaming_content)
    manifest = json.loads(zipfile.ZipFile(io.BytesIO(raw)).read("manifest.json"))
    assert manifest["programme"] == programme.code and manifest["complete"] is False
    told = AuditEntry.objects.filter(actor=coordinator.pk).order_by("number")
    assert [line.verb for line in told] == [
        Deed.EXPORT_ASKED,
        Deed.PROGRAMME_TAKEN,
        Deed.EXPORT_FETCHED,
    ]
    other = make.AppointmentFactory(programme=programme).user
    theirs = Client()
    theirs.force_login(other)
    assert theirs.get(url).status_code == 404
    client.post(reverse("programme_file_remove", args=[programme.code, made.pk]))
    assert client.get(url).status_code == 404


def kept():
    """Files of programmes, also those of other stories."""
    storage = storages["private"]
    return storage.listdir("programmes")[1] if storage.exists("programmes") else []


def test_what_was_stopped_or_taken_over_leaves_no_file(programme, coordinator):
    row = request_file(programme, by=coordinator)
    with pytest.raises(NotNow):
        request_file(programme, by=coordinator)
    before, held = kept(), claim(ProgrammeFile.objects.all(), "worker")
    take_away(row)
    carry_out(held)
    row.refresh_from_db()
    assert (row.state, row.file) == (LeasedState.CANCELLED, "")
    assert kept() == before


def test_a_file_of_a_week_ago_goes_and_a_dead_workers_comes_back(
    programme, coordinator, django_capture_on_commit_callbacks
):
    request_file(programme, by=coordinator)
    carry_out_waiting("worker")
    name = ProgrammeFile.objects.get().file
    ProgrammeFile.objects.update(finished_at=timezone.now() - KEPT - dt.timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        give_back()
    assert not storages["private"].exists(name)
    later = request_file(programme, by=coordinator)
    claim(ProgrammeFile.objects.all(), "dead")
    ProgrammeFile.objects.update(lease_until=timezone.now() - dt.timedelta(minutes=1))
    give_back()
    later.refresh_from_db()
    assert later.state == LeasedState.WAITING


def test_asking_and_fetching_are_confirmed_by_password(programme, coordinator, settings, client):
    client.post(reverse("account_login"), {"login": coordinator.email, "password": make.PASSWORD})
    settings.CONFIRM_AGAIN = True
    made = request_file(programme, by=coordinator)
    for answer in (
        client.post(reverse("programme_files", args=[programme.code])),
        client.get(reverse("programme_file", args=[programme.code, made.pk])),
    ):
        assert answer.url.startswith(reverse("account_reauthenticate"))
