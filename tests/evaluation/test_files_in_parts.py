"""The files of a run are parts as well: any worker makes some, and none is made twice."""

import datetime as dt

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from core.leases import claim
from core.models import LeasedState
from evaluation.domain import runs
from evaluation.domain.runs import carry_out, give_back, request_run
from evaluation.findings import parts
from evaluation.findings.parts import judge_part
from evaluation.models import Run, RunPart
from evaluation.report import files
from evaluation.report.readers import READERS
from tests.evaluation.test_parts import INDICATORS, Killed, alone, many, noting, quick

LANGUAGES = ("nl", "en")
__all__ = ["quick"]


@pytest.fixture
def drawn(monkeypatch):
    """What was drawn, by language and reader; each is quick here."""
    drawn = []

    def pdf(document, programme, charts, *, language, alive):
        alive()
        drawn.append((language, document.reader))
        return b"a PDF"

    monkeypatch.setattr(files, "draw_charts", lambda reading, document: {"chart": "<svg/>"})
    monkeypatch.setattr(files, "render_pdf", pdf)
    return drawn


def run_with_files(programme, worker="first"):
    request_run(programme)
    return claim(Run.objects.all(), worker)


@pytest.mark.django_db
def test_the_files_are_made_by_any_worker_too(drawn, monkeypatch):
    run, real, others = run_with_files(many()), claim, []

    def taken_by_others(rows, worker):
        """Of the files another worker takes all but the last."""
        if rows.model is RunPart and not others and rows.count() == 4:
            others.append(worker)
            for _each in range(3):
                judge_part(real(rows, "another"))
        return real(rows, worker)

    monkeypatch.setattr(parts, "claim", taken_by_others)
    carry_out(run)
    run.refresh_from_db()
    assert run.state == LeasedState.DONE
    assert others
    assert sorted(drawn) == sorted(
        (language, reader) for language in LANGUAGES for reader in READERS
    )
    for language in LANGUAGES:
        told = run.files[language]
        names = [told["pdf"], told["xlsx"], told["charts"]["chart"], *told["readers"].values()]
        assert len(set(names)) == 6
        assert all(storages["private"].exists(name) for name in names)
    assert not RunPart.objects.exists()


@pytest.mark.django_db
def test_files_that_were_made_before_a_worker_was_killed_are_kept(drawn, monkeypatch):
    run, real, made, judged = run_with_files(many()), parts.made_files, [], []
    monkeypatch.setattr(parts, "judged_row", noting(judged, parts.judged_row))

    def dies(payload, alive):
        if len(made) == 3:
            raise Killed
        made.append((payload["language"], payload["what"]))
        return real(payload, alive)

    monkeypatch.setattr(parts, "made_files", dies)
    with pytest.raises(Killed):
        carry_out(run)
    past = timezone.now() - dt.timedelta(hours=1)
    Run.objects.update(lease_until=past)
    RunPart.objects.filter(state=LeasedState.RUNNING).update(lease_until=past)
    monkeypatch.setattr(runs, "look", lambda task: None)
    give_back()
    before = list(made)
    made.clear()
    carry_out(claim(Run.objects.all(), "second"))
    assert Run.objects.get().state == LeasedState.DONE
    assert len(judged) == INDICATORS
    assert sorted(made + before) == sorted(
        (language, what) for language in LANGUAGES for what in (files.WHOLE, files.OTHERS)
    )


@pytest.mark.django_db
def test_while_a_long_file_is_made_run_and_part_stay_with_their_worker(drawn, monkeypatch):
    run, real = run_with_files(many()), files.render_pdf
    past = timezone.now() - dt.timedelta(seconds=1)

    def slow(*args, **named):
        """So slow that both leases have run out when a page is told of."""
        Run.objects.update(lease_until=past)
        RunPart.objects.filter(state=LeasedState.RUNNING).update(lease_until=past)
        named["alive"]()
        give_back()
        assert Run.objects.get().state == LeasedState.RUNNING
        assert RunPart.objects.filter(claimed_by="first", state=LeasedState.RUNNING).exists()
        return real(*args, **named)

    monkeypatch.setattr(files, "render_pdf", slow)
    carry_out(run)
    assert Run.objects.get().state == LeasedState.DONE
    assert Run.objects.get().attempt == 1


@pytest.mark.django_db
def test_who_lost_a_part_lets_it_be_and_stores_nothing(drawn, monkeypatch):
    run, real = run_with_files(many()), files.render_pdf
    payload = files.file_payloads(run, alone(run.programme), edition="0")[0]
    RunPart.objects.create(run=run, place=0, mark="", payload=parts._packed(payload))

    def too_slow(*args, **named):
        RunPart.objects.update(claimed_by="another")
        return real(*args, **named)

    monkeypatch.setattr(files, "render_pdf", too_slow)
    judge_part(claim(RunPart.objects.all(), "slow"))
    part = RunPart.objects.get()
    assert (part.claimed_by, part.state, bytes(part.result)) == ("another", "running", b"")
    assert not drawn
