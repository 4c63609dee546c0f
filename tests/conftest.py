"""Fixtures that every story may use."""
