"""A worker is killed while it resamples: another goes on where it was and finds the same."""

import os
import signal

import pytest

from tests.faults.stage import MailServer, Stage, until

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]

STORY = "from tests.faults import evaluations as story; "


@pytest.fixture
def stage(tmp_path):
    with MailServer() as mail_server:
        stage = Stage(tmp_path, mail_server)
        stage.environment["DJANGO_SETTINGS_MODULE"] = "tests.faults.evaluation_settings"
        try:
            stage.python(
                "from django.core.management import call_command as call;"
                f"call('migrate', run_syncdb=True, verbosity=0); {STORY} story.make()"
            )
            yield stage
        finally:
            stage.stop()


def parts(stage):
    """How many parts there are, by state."""
    return stage.states("evaluation_runpart")


def test_another_worker_goes_on_and_finds_the_same(stage):
    expected, *_rest = stage.python(f"{STORY} story.undisturbed()").split()
    stage.start("worker-1")
    stage.start("beat")
    stage.python(f"{STORY} story.ask()")
    assert until(lambda: parts(stage).get("done", 0) >= 3, seconds=300), stage.logs()
    os.killpg(stage.processes["worker-1"].pid, signal.SIGKILL)
    stage.processes.pop("worker-1").wait()
    kept = parts(stage)
    assert sum(kept.values()) - kept["done"] >= 3, f"{kept}: killed too late to tell"
    ((state, attempt),) = stage.database.rows("SELECT state, attempt FROM evaluation_run")
    assert state == "running"
    attempts = "SELECT id, attempt FROM evaluation_runpart WHERE state = 'done'"
    by_the_first = dict(stage.database.rows(attempts))

    stage.start("worker-2")
    again = {}

    def is_over():
        again.update(dict(stage.database.rows(attempts)))
        return stage.states("evaluation_run") == {"done": 1}

    assert until(is_over, seconds=300), f"{parts(stage)}\n{stage.logs()}"
    found, state, last = stage.python(f"{STORY} story.told()").split()
    assert (found, state, int(last)) == (expected, "done", attempt + 1)
    # What the first worker had computed was kept, not computed anew.
    assert {part: again.get(part) for part in by_the_first} == by_the_first
    assert not parts(stage)
