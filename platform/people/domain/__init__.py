"""Decisions about people: one verb-first function each."""
