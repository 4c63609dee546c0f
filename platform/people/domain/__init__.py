"""Decisions of the people room, a function each."""
