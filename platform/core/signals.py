"""Signals of the floor, for rooms that the floor can't know."""

from django.dispatch import Signal

sweep = Signal()
"""Sent by beat every few seconds: give back rows whose lease ran out, and look for waiting ones."""
