"""What Prometheus reads: how much waits and how long, by whoever holds the token."""

import datetime as dt
import re
import time

import pytest
from celery import current_app
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from config import gauges as of_queues
from core import metrics, request_counts
from core.models import OutboxMail
from core.outbox import queue_mail
from surveys.gauges import gauges as of_waves
from surveys.models import Response
from tests import factories as make
from tests.surveys.stories import TODAY, opened_wave

TOKEN = "t" * 40


@pytest.fixture
def counting(settings, tmp_path, monkeypatch):
    """Metrics are on, and count into a folder of this story."""
    settings.METRICS_TOKEN, settings.METRICS_FOLDER = TOKEN, str(tmp_path)
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    import prometheus_client.metrics
    import prometheus_client.values

    # The library decides on import whether processes count together.
    monkeypatch.setattr(
        prometheus_client.metrics.values,
        "ValueClass",
        prometheus_client.values.MultiProcessValue(),
    )


def read(client, token=TOKEN):
    return client.get(reverse("metrics"), headers={"Authorization": f"Bearer {token}"})


def numbers(text):
    return dict(re.findall(r"^(benchlearn_\S+) (\S+)$", text, re.MULTILINE))


@pytest.mark.django_db
def test_only_who_has_the_token_finds_the_page(client, counting, settings):
    assert read(client).status_code == 200
    assert read(client, "wrong").status_code == 404
    assert client.get(reverse("metrics")).status_code == 404
    settings.METRICS_TOKEN = ""
    assert read(client, "").status_code == 404


@pytest.mark.django_db
def test_requests_are_counted_by_kind_of_page_and_by_how_they_ended(client, counting):
    statuses = iter([200, 302, 404])
    count = request_counts.CountRequests(lambda _request: HttpResponse(status=next(statuses)))
    for path in ("/s/secret-link/1/", "/s/secret-link/1/", "/now/"):
        count(RequestFactory().get(path))
    text = read(client).content.decode()
    found = numbers(text)
    assert found['benchlearn_requests_total{lane="survey",status="2xx"}'] == "1.0"
    assert found['benchlearn_requests_total{lane="survey",status="3xx"}'] == "1.0"
    assert found['benchlearn_requests_total{lane="site",status="4xx"}'] == "1.0"
    assert found['benchlearn_request_seconds_count{lane="survey"}'] == "2.0"
    assert "secret-link" not in text


@pytest.mark.django_db
def test_mail_that_waits_and_mail_in_trouble(client, counting):
    for number in range(3):
        queue_mail(
            to=f"p{number}@example.org",
            subject="x",
            body="x",
            reference="x",
            dedupe_key=f"{number}",
        )
    OutboxMail.objects.filter(dedupe_key="2").update(state="refused")
    now = timezone.now()
    OutboxMail.objects.filter(dedupe_key="0").update(created_at=now - dt.timedelta(minutes=5))
    text = read(client).content.decode()
    found = numbers(text)
    assert found['benchlearn_mail{state="waiting"}'] == "2.0"
    assert found['benchlearn_mail{state="refused"}'] == "1.0"
    assert 300 <= float(found["benchlearn_mail_oldest_seconds"]) < 400
    assert found['benchlearn_work{kind="evaluation.run",state="failed"}'] == "0.0"
    assert "@" not in text


@pytest.mark.django_db
def test_responses_are_told_in_whole_groups_so_that_no_moment_is_one_persons():
    wave = opened_wave(sizes=(9,))
    organisation = make.OrganisationFactory()
    told = []
    for _each in range(6):
        Response.objects.create(
            wave=wave, organisation=organisation, state="submitted", submitted_on=TODAY
        )
        [gauge] = of_waves(None, now=timezone.now())
        told.append(gauge.values[(str(wave.pk),)])
    assert told == [0, 0, 0, 0, 5, 5]


class Channel:
    """Redis, as far as it is asked."""

    class client:
        @staticmethod
        def lindex(name, at):
            assert at == -1
            sent = time.time() - 90
            return (b'{"headers": {"benchlearn_asked_at": %f}}' % sent) if "mail" in name else None

    def _size(self, name):
        return 7 if "mail" in name else 0


def test_each_queue_tells_how_much_lies_in_it_and_how_long_already(monkeypatch):
    connection = type("Connection", (), {"default_channel": Channel()})
    connection.__enter__, connection.__exit__ = (lambda self: self), (lambda self, *problem: None)
    monkeypatch.setattr(current_app, "connection_for_read", lambda **_options: connection())
    up, messages, oldest = of_queues.gauges(None, now=timezone.now())
    assert up.values == {(): 1.0}
    assert messages.values == {("mail",): 7, ("default",): 0, ("compute",): 0}
    assert 89 < oldest.values[("mail",)] < 100 and oldest.values[("default",)] == 0


def test_a_broker_that_is_away_is_told(monkeypatch):
    def away(**options):
        raise OSError("refused")

    monkeypatch.setattr(current_app, "connection_for_read", away)
    up, messages, _oldest = of_queues.gauges(None, now=timezone.now())
    assert up.values == {(): 0.0} and messages.values == {}


@pytest.mark.django_db
def test_the_page_asks_the_database_no_more_as_there_is_more(django_assert_max_num_queries):
    for _each in range(2):
        opened_wave()
    with django_assert_max_num_queries(24):
        list(metrics.gauges(timezone.now()))
