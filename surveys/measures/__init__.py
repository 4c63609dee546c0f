"""Pure measures: numbers in, numbers out, no Django, nothing heavy to import.

A web process may use all of them. Tests hold each to a published value and to scipy or pingouin.
"""
