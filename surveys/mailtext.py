"""What a person or an organisation is called in a mail: text that can't carry anything else.

A name is typed by somebody else than who reads the mail. It must not start a line of its own, make
mark-up, or turn into a link in a mail program that looks for addresses.
"""

import re
import unicodedata

LONGEST = 120

_NOT_TEXT = re.compile(r"[<>\[\]{}\\`|^~]")
_LINK = re.compile(r"(?i)\b(?:https?|ftp|mailto|javascript|data):/*|\bwww\.")
_JOINED = re.compile(r"(?<=\w)[.@:/](?=\w)")


def harmless(text: str) -> str:
    """The text on one line, without mark-up, control characters, or anything that makes a link."""
    visible = "".join(
        " " if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} else char for char in text
    )
    unlinked = _LINK.sub(" ", _NOT_TEXT.sub(" ", visible))
    return " ".join(_JOINED.sub(" ", unlinked).split())[:LONGEST]
