"""Programmes, cycles, participation, indicators and figures."""
