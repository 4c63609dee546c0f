"""Decisions and computations of this room."""
