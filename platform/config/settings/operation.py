"""What who runs an installation sets: proxies in front, metrics, reports of faults, backups."""

import os

PROXIES = int(os.environ.get("BENCHLEARN_PROXIES", "0"))

METRICS_TOKEN = os.environ.get("BENCHLEARN_METRICS_TOKEN", "")

# Where a clamd looks for viruses in files that are kept: host:port, or the path of a socket.
CLAMD = os.environ.get("BENCHLEARN_CLAMD", "")

# A file of passwords that were stolen elsewhere, ordered by SHA-1 (core/stolen_passwords.py).
STOLEN_PASSWORDS = os.environ.get("BENCHLEARN_STOLEN_PASSWORDS", "")

SENTRY_DSN = os.environ.get("BENCHLEARN_SENTRY_DSN", "")

# A benchmark whose last round ended longer ago than this has no people in it any more; 0 is never.
PROGRAMME_YEARS = int(os.environ.get("BENCHLEARN_PROGRAMME_YEARS", "5"))

# Only who holds the other half of this key can read a backup (docs/operations.md).
BACKUP_RECIPIENT = os.environ.get("BENCHLEARN_BACKUP_RECIPIENT", "")
