"""What a person or an organisation is called in a mail: text that can't carry anything else.

A name is typed by somebody else than who reads the mail. It must not start a line of its own, make
mark-up, or turn into a link in a mail program that looks for addresses.
"""

import re
import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.enums import MailKind

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


SHIPPED: dict[str, tuple[Promise, Promise]] = {
    MailKind.INVITATION: (
        _("How do you experience {programme}?"),
        _(
            "Dear {name},\n\n"
            "{programme} would like to know how you experience the benchmark, on behalf of "
            "{organisation}. You will find {statements} statements; it takes about {minutes} "
            "minutes, on your telephone too.\n\n"
            "This link is yours alone; please don't pass it on:\n\n"
            "{link}\n\n"
            "You can answer until {last_day}. You can stop halfway and go on later, on another "
            "device too.\n\n"
            "{privacy}"
        ),
    ),
    MailKind.REMINDER: (
        _("You can still answer: how do you experience {programme}?"),
        _(
            "Dear {name},\n\n"
            "{programme} asked you how you experience the benchmark, on behalf of {organisation}. "
            "You can still answer, until {last_day}; it takes about {minutes} minutes. If you "
            "began already, you go on where you stopped:\n\n"
            "{link}\n\n"
            "{privacy}"
        ),
    ),
}
"""Subject and body of the mails that ship, with their placeholders."""
