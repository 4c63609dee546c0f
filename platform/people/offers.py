"""What this room offers to the page *Now*: a second factor that is still to be set up."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.deeds import Deed
from people.factors import factor_due


def deeds(sender: Any, user: Any, **kwargs: Any) -> list[Deed]:
    """A line for whoever needs a second factor and has none yet."""
    due = factor_due(user)
    if due is None:
        return []
    return [Deed(_("Second factor"), _("Set up"), reverse("mfa_index"), due, _("your account"))]
