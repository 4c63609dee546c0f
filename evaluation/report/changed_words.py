"""What changed in the data since the run before, in words. Light: for any process."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KINDS = {
    "participants": gettext_lazy("organisations that take part"),
    "codings": gettext_lazy("codings of interviews"),
    "earlier": gettext_lazy("records of earlier rounds"),
    "waves": gettext_lazy("waves of the survey"),
    "responses": gettext_lazy("counts of responses"),
    "items": gettext_lazy("results of statements"),
    "traits": gettext_lazy("size classes and regions of organisations"),
    "sessions": gettext_lazy("sessions"),
    "attendances": gettext_lazy("attendances"),
    "signals": gettext_lazy("signals"),
    "readings": gettext_lazy("readings of figures"),
    "actions": gettext_lazy("actions"),
    "figures": gettext_lazy("indicators with their figures"),
    "plan": gettext_lazy("analysis plan"),
}
"""Kinds of rows that somebody enters; what follows from these is not told again."""


def changed_words(changes: Iterable[Mapping[str, Any]]) -> list[str]:
    """A line for each kind of row of which something is new, or gone or otherwise."""
    return [
        _("%(kind)s: %(new)d new, %(gone)d gone or otherwise")
        % {"kind": KINDS[each["kind"]], "new": each["new"], "gone": each["gone"]}
        for each in changes
        if each["kind"] in KINDS
    ]
