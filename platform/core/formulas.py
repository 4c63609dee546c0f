"""Texts that a spreadsheet would compute instead of showing them."""

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What makes a spreadsheet compute a cell instead of showing it, wide signs included."""


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that would be gets an apostrophe before
    it, which a spreadsheet doesn't show and `import-responses` takes away again.

    >>> harmless("=1+1"), harmless("so-so"), harmless("'=1+1")
    ("'=1+1", 'so-so', "''=1+1")
    """
    bare = text.lstrip("' \n\u00a0")
    return f"'{text}" if bare.startswith(STARTS_A_FORMULA) else text


def unharmed(text: str) -> str:
    """The text as it was before `harmless`.

    >>> unharmed("'=1+1"), unharmed("'s ochtends")
    ('=1+1', "'s ochtends")
    """
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text
