"""Passwords that were stolen elsewhere, in a file on this machine: nobody is asked about one.

The file has a line for each, `SHA-1:how often`, ordered by the hash in capitals: as the list of
Pwned Passwords is when its downloader writes one file. `BENCHLEARN_STOLEN_PASSWORDS` names it. It
is never read whole: some thirty lines are looked at for a password, however many there are.
"""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HASH = 40
IN_EVERY_LIST = "password"
"""What stands in any such list: a file in which it can't be found is no such list."""


def is_stolen(password: str, file: Path) -> bool:
    """Does it stand in this file? Raises OSError when the file can't be read."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:
        low, high = 0, lines.seek(0, 2)  # the line that is wanted begins at low or after it
        while low < high:
            middle = (low + high) // 2
            lines.seek(middle)
            if middle:
                lines.seek(middle - 1)
                lines.readline()  # to the first line that begins at the middle or after it
            found = lines.readline()[:HASH].upper()
            if found == wanted:
                return True
            if found and found < wanted:
                low = lines.tell()
            else:
                high = middle
    return False


def stolen_list_answers() -> str:
    """How large the list is; raises OSError, or ValueError when it is no such list."""
    file = Path(settings.STOLEN_PASSWORDS)
    if not is_stolen(IN_EVERY_LIST, file):
        raise ValueError(_("this is no list of passwords, ordered by SHA-1 in capitals"))
    return _("%(size)d MB") % {"size": file.stat().st_size // 1_000_000}


class StolenPasswordValidator:
    """Refuses a password of the list, where there is one."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        if settings.STOLEN_PASSWORDS and is_stolen(password, Path(settings.STOLEN_PASSWORDS)):
            raise ValidationError(
                _("This password was stolen elsewhere and is in a list of such. Choose another."),
                code="password_stolen",
            )

    def get_help_text(self) -> str:
        return _("No password that is known to have been stolen.")
