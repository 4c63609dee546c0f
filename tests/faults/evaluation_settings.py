"""Settings of the workers that are killed while they resample: the real room of evaluation."""

from tests.faults.reminder_settings import *  # noqa: F403

LEASE_SECONDS = 20
"""A worker loads what computes after it took the run, which takes seconds on a busy machine."""
