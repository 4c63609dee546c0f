"""Decisions of the benchmarks room, a function each."""
