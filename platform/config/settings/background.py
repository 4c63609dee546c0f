"""Background work: the broker, its queues, and how long a worker may hold a row."""

import os

from config.queues import queues_of, routes_of

CELERY_BROKER_URL = os.environ.get("BENCHLEARN_BROKER_URL", "folder://")
CELERY_TASK_DEFAULT_QUEUE = os.environ.get("BENCHLEARN_BROKER_QUEUE", "benchlearn")
CELERY_TASK_QUEUES = queues_of(CELERY_TASK_DEFAULT_QUEUE)
CELERY_TASK_ROUTES = routes_of(CELERY_TASK_DEFAULT_QUEUE)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# In memory: the schedule is in code, and a killed beat leaves no broken file behind.
CELERY_BEAT_SCHEDULER = "config.alive.Scheduler"
# Nobody steers workers from afar: no control messages that pile up for dead workers.
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False

# How long a worker may hold a row without a sign of life, and how often beat looks for such rows.
LEASE_SECONDS = int(os.environ.get("BENCHLEARN_LEASE_SECONDS", "60"))
SWEEP_SECONDS = float(os.environ.get("BENCHLEARN_SWEEP_SECONDS", "10"))

# A file that worker and beat touch every few seconds, for whoever watches them.
ALIVE_FILE = os.environ.get("BENCHLEARN_ALIVE", "")
