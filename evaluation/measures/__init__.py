"""Measures: numbers and words in, numbers and words out. No Django here.

Each gives its formula, its source and an example that the test run executes.
"""
