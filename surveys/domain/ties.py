"""What a response keeps of the person behind the link: by the mode of the wave, and no more."""

import datetime as dt
from typing import Any, Protocol

from surveys.domain.pseudonyms import pseudonym_of
from surveys.enums import ResponseState, WaveMode


class Opened(Protocol):
    """A link as far as it matters here: see responses.Link."""

    @property
    def invitation_id(self) -> int: ...
    @property
    def mode(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def department(self) -> str: ...
    @property
    def function(self) -> str: ...


def kept_of(link: Opened, *, today: dt.date) -> dict[str, Any]:
    """The fields of a response at the moment it is submitted: no way back to the draft's link,
    and a pseudonym or the invitation only where the mode promises no more than that."""
    kept: dict[str, Any] = {
        "state": ResponseState.SUBMITTED.value,
        "draft_digest": None,
        "submitted_on": today,
        "role": link.role,
        "department": link.department,
        "function": link.function,
    }
    if link.mode != WaveMode.ANONYMOUS:
        kept["pseudonym"] = pseudonym_of(link.invitation_id)
    if link.mode == WaveMode.BY_NAME:
        kept["invitation"] = link.invitation_id
    return kept
