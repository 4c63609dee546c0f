"""Reads of this room: querysets, nothing decided here."""
