"""Which language a column or row of a file is in."""

import re

NAMES = {"nl": ("nl", "dutch", "nederlands"), "en": ("en", "english", "engels")}


def language_of(name: str) -> str:
    """ "nl" or "en" for `Dutch (nl)`, `nl-NL`, `English`; "" for any other language."""
    lowered = name.strip().lower()
    in_brackets = re.search(r"\(([a-z]{2})(?:[-_][a-z]+)?\)\s*$", lowered)
    if in_brackets:
        lowered = in_brackets[1]
    for language, names in NAMES.items():
        if lowered in names or re.split(r"[-_]", lowered)[0] == language:
            return language
    return ""
