"""Which queue a task goes to: mail must not wait behind a report, nor a report behind mail.

A worker that is told nothing listens to all of them, as on a machine with one worker.
"""

from kombu import Exchange, Queue

MAIL, DEFAULT, COMPUTE = "mail", "default", "compute"
KINDS = (MAIL, DEFAULT, COMPUTE)

KIND_OF_TASK = {
    "core.tasks.deliver_mail": MAIL,
    # What takes seconds or minutes of a processor.
    "benchmarks.tasks.*": COMPUTE,
    "evaluation.tasks.*": COMPUTE,
    "learningcircles.tasks.make_papers": COMPUTE,
    "surveys.tasks.make_exports": COMPUTE,
    "surveys.tasks.tabulate_waves": COMPUTE,
}
"""By name or pattern; what isn't named is short, and goes to the default queue."""


def name_of(kind: str, installation: str) -> str:
    """The queue of this kind at the broker, for the installation that calls its queues so."""
    return installation if kind == DEFAULT else f"{installation}-{kind}"


def queues_of(installation: str) -> list[Queue]:
    """All queues of an installation."""
    names = [name_of(kind, installation) for kind in KINDS]
    return [Queue(name, Exchange(name), routing_key=name) for name in names]


def routes_of(installation: str) -> dict[str, dict[str, str]]:
    """Celery's table of routes for an installation."""
    return {task: {"queue": name_of(kind, installation)} for task, kind in KIND_OF_TASK.items()}
