"""What who runs an installation sets: proxies in front, metrics, reports of faults, backups."""

import os

PROXIES = int(os.environ.get("BENCHLEARN_PROXIES", "0"))

METRICS_TOKEN = os.environ.get("BENCHLEARN_METRICS_TOKEN", "")

SENTRY_DSN = os.environ.get("BENCHLEARN_SENTRY_DSN", "")

# Only who holds the other half of this key can read a backup (docs/operations.md).
BACKUP_RECIPIENT = os.environ.get("BENCHLEARN_BACKUP_RECIPIENT", "")
