"""Mail never waits behind a report: each task has its queue, and no worker needs to be told."""

from fnmatch import fnmatch

from celery import current_app
from django.conf import settings

from config.queues import COMPUTE, DEFAULT, KIND_OF_TASK, MAIL, name_of
from core.delivery import DELIVER_TASK

INSTALLATION = settings.CELERY_TASK_DEFAULT_QUEUE


def our_tasks():
    current_app.autodiscover_tasks(force=True)
    return sorted(name for name in current_app.tasks if not name.startswith("celery."))


def queue_of(task):
    return current_app.amqp.router.route({}, task)["queue"].name


def test_every_task_goes_to_the_queue_that_is_made_for_it():
    found = {task: queue_of(task) for task in our_tasks()}
    assert found[DELIVER_TASK] == name_of(MAIL, INSTALLATION)
    assert found["core.tasks.wake_rows"] == name_of(DEFAULT, INSTALLATION)
    assert found["evaluation.tasks.compute_reports"] == name_of(COMPUTE, INSTALLATION)
    assert found["surveys.tasks.make_exports"] == name_of(COMPUTE, INSTALLATION)
    assert found["surveys.tasks.seal_waves"] == name_of(DEFAULT, INSTALLATION)


def test_every_route_is_that_of_a_task_that_exists():
    tasks = our_tasks()
    assert [route for route in KIND_OF_TASK if not any(fnmatch(t, route) for t in tasks)] == []


def test_a_worker_that_is_told_nothing_listens_to_all():
    names = {name_of(kind, INSTALLATION) for kind in (MAIL, DEFAULT, COMPUTE)}
    assert set(current_app.amqp.queues.consume_from) == names
