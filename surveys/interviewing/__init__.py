"""Interviews beside the database: the flow of the sample, what to know beforehand, free times."""
