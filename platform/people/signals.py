"""Signals of this room, for rooms that it can't know."""

from django.dispatch import Signal

invitation_expired = Signal()
"""Sent with `user` when an account that nobody came for is closed: take its roles back."""
