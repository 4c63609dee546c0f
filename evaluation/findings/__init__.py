"""The learning-effect report as numbers: what is read, what is computed, what follows from it.

No words of a language here, and nothing about how it is shown.
"""
