"""A run in parts over workers: the same result by however many, and nothing is judged twice."""

import datetime as dt
import random
import threading
import time

import numpy as np
import pytest
from django.db import connection
from django.utils import timezone

from core.leases import claim
from core.models import LeasedState
from evaluation.domain import runs
from evaluation.domain.runs import cancel_run, carry_out, give_back, request_run
from evaluation.findings import parts
from evaluation.findings.compute import compute_report
from evaluation.findings.inputs import read_inputs
from evaluation.findings.parts import judge_part, judge_waiting, over_workers
from evaluation.models import Run, RunPart
from tests.evaluation.made import DONE, add_action, add_figures, add_indicator, programme_of
from tests.surveys.test_at_once import patiently

YEARS = ("2020", "2021", "2022", "2023")
INDICATORS = 6


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Few resamples, no broker, and no waiting between looks."""
    monkeypatch.setattr("evaluation.findings.compute.RESAMPLES", 2_500)
    monkeypatch.setattr("evaluation.findings.backing.RESAMPLES", 99)
    monkeypatch.setattr("evaluation.findings.framework.RESAMPLES", 99)
    monkeypatch.setattr(parts, "look", lambda task: None)
    monkeypatch.setattr(parts, "WAIT", 0.02)


def many():
    """Six indicators of twelve organisations, half of which acted on each."""
    rng = np.random.default_rng(9)

    def figures():
        return (rng.normal(50, 8, 12)[:, None] + rng.normal(0, 2, (12, 4))).tolist()

    programme = programme_of(figures(), acted=range(6))
    organisations = [p.organisation for p in programme.cycles.get().participations.order_by("pk")]
    for number in range(1, INDICATORS):
        indicator, definition = add_indicator(programme, f"other{number}")
        for place, row in enumerate(figures()):
            add_figures(indicator, definition, organisations[place], YEARS, row)
            if (place + number) % 2:
                add_action(programme, indicator, organisations[place], DONE)
    return programme


def held_run(programme, worker="first"):
    request_run(programme)
    Run.objects.update(has_files=False)
    return claim(Run.objects.all(), worker)


def alone(programme):
    """The result of one worker, without parts."""
    return compute_report(read_inputs(programme, today=timezone.localdate()), seed=2007)


def in_parts(run, step=lambda percent: None):
    inputs = read_inputs(run.programme, today=timezone.localdate())
    return compute_report(inputs, seed=run.seed, step=step, spread=over_workers(run))


@pytest.mark.django_db
def test_in_parts_it_is_the_same_as_alone_and_no_part_is_left():
    programme = many()
    run = held_run(programme)
    assert in_parts(run) == alone(programme)
    carry_out(run)
    assert Run.objects.get().state == LeasedState.DONE
    assert not RunPart.objects.exists()


@pytest.mark.django_db
def test_while_others_judge_who_holds_the_run_writes_out_what_was_read(monkeypatch):
    programme = many()
    run, seen = held_run(programme), []
    inputs = read_inputs(programme, today=timezone.localdate())
    monkeypatch.setattr(parts, "judged_row", noting(seen, parts.judged_row))

    def meanwhile():
        assert not seen
        assert RunPart.objects.filter(state=LeasedState.WAITING).count() >= INDICATORS
        assert judge_waiting("another")

    spread = over_workers(run, meanwhile=meanwhile)
    assert compute_report(inputs, seed=run.seed, spread=spread) == alone(programme)
    assert len(seen) == 2 * INDICATORS


def asking_again(execute, *statement):
    """SQLite in memory refuses a second writer instead of letting it wait, as it does in a file."""
    return patiently(lambda: execute(*statement))


@pytest.mark.django_db(transaction=True)
def test_three_workers_at_once_judge_each_part_once_and_give_the_same(monkeypatch):
    programme = many()
    expected = alone(programme)
    run = held_run(programme)
    judged, barrier = [], threading.Barrier(3)
    real = parts.judged_row

    def counted(payload):
        judged.append(payload["panel"]["indicator"])
        return real(payload)

    monkeypatch.setattr(parts, "judged_row", counted)

    def work(name):
        try:
            barrier.wait(30)
            with connection.execute_wrapper(asking_again):
                while not RunPart.objects.exists() and run_is_on():
                    time.sleep(0.01)
                while run_is_on() and RunPart.objects.filter(state=LeasedState.WAITING).exists():
                    judge_waiting(name)
        finally:
            connection.close()

    on = threading.Event()
    on.set()
    run_is_on = on.is_set
    others = [threading.Thread(target=work, args=(name,)) for name in ("second", "third")]
    for each in others:
        each.start()
    barrier.wait(30)
    try:
        with connection.execute_wrapper(asking_again):
            found = in_parts(run)
    finally:
        on.clear()
        for each in others:
            each.join(60)
    assert found == expected
    assert sorted(judged) == sorted(set(judged))
    assert len(judged) == INDICATORS


@pytest.mark.django_db
def test_in_whatever_order_others_judge_them_it_is_the_same(monkeypatch):
    programme = many()
    run = held_run(programme)
    real, once = claim, []

    def backwards(rows, worker):
        """Before this worker takes a part, others took all in an order of their own."""
        if rows.model is RunPart and not once:
            once.append(True)
            places = list(range(INDICATORS))
            random.Random(4).shuffle(places)
            for place in places:
                judge_part(real(rows.filter(place=place), f"worker {place}"))
        return real(rows, worker)

    monkeypatch.setattr(parts, "claim", backwards)
    assert in_parts(run) == alone(programme)
    assert once


def noting(seen, real):
    """Judge, and note which indicator it was."""

    def judge(payload):
        seen.append(payload["panel"]["indicator"])
        return real(payload)

    return judge


class Killed(BaseException):
    """The worker is gone: nothing of it runs any more."""


@pytest.mark.django_db
def test_after_a_worker_was_killed_the_next_goes_on_where_it_was(monkeypatch):
    programme = many()
    expected = alone(programme)
    run = held_run(programme)
    judged, real = [], parts.judged_row

    def dies(payload):
        if len(judged) == 3:
            raise Killed
        judged.append(payload["panel"]["indicator"])
        return real(payload)

    monkeypatch.setattr(parts, "judged_row", dies)
    with pytest.raises(Killed):
        in_parts(run)
    assert RunPart.objects.filter(state=LeasedState.DONE).count() == 3
    past = timezone.now() - dt.timedelta(hours=1)
    Run.objects.update(lease_until=past)
    RunPart.objects.filter(state=LeasedState.RUNNING).update(lease_until=past)
    monkeypatch.setattr(runs, "look", lambda task: None)
    give_back()
    again = claim(Run.objects.all(), "second")
    assert (again.pk, again.attempt) == (run.pk, 2)
    later = []
    monkeypatch.setattr(parts, "judged_row", noting(later, real))
    assert in_parts(again) == expected
    assert len(later) == INDICATORS - 3
    assert not set(later) & set(judged)


@pytest.mark.django_db
def test_when_the_data_changed_meanwhile_a_part_is_judged_anew(monkeypatch):
    programme = many()
    run = held_run(programme)
    real, seen = parts.judged_row, []
    inputs = read_inputs(programme, today=timezone.localdate())

    def stops(percent):
        if RunPart.objects.filter(state=LeasedState.DONE).count() == INDICATORS - 1:
            raise Killed

    with pytest.raises(Killed):
        compute_report(inputs, seed=run.seed, step=stops, spread=over_workers(run))
    figure = programme.indicators.get(code="costs").figures.first()
    figure.value += 1
    figure.save()
    expected = alone(programme)
    monkeypatch.setattr(parts, "judged_row", noting(seen, real))
    assert in_parts(run) == expected
    assert set(seen) == {"costs", f"other{INDICATORS - 1}"}


@pytest.mark.django_db
def test_of_a_run_that_was_stopped_no_part_is_judged_and_none_stays(monkeypatch):
    programme = many()
    run = held_run(programme)
    monkeypatch.setattr("evaluation.findings.carry_out.Told.keep", lambda told, run: [])
    real = parts.judged_row

    def stopping(payload):
        cancel_run(Run.objects.get(pk=run.pk))
        return real(payload)

    monkeypatch.setattr(parts, "judged_row", stopping)
    carry_out(run)
    run.refresh_from_db()
    assert run.state == LeasedState.CANCELLED
    assert judge_waiting("another") == 0
    assert RunPart.objects.exists()
    give_back()
    assert not RunPart.objects.exists()
