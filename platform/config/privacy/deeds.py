"""What is expected of who runs a programme, for the sake of the people in it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from benchmarks.models import Programme
from core.deeds import Deed
from people.enums import Role


def deeds(sender: Any, user: Any, today: dt.date, **kwargs: Any) -> Iterator[Deed]:
    """Names to look at, after somebody was erased."""
    mine = Programme.objects.with_role(user, Role.COORDINATOR)
    open_names = Count("standing_names", filter=Q(standing_names__outcome=""), distinct=True)
    for programme in mine.annotate(names=open_names).filter(names__gt=0):
        told = ngettext(
            "Somebody was erased: their name may stand in %(n)d text",
            "Somebody was erased: their name may stand in %(n)d texts",
            programme.names,
        )
        yield Deed(
            title=told % {"n": programme.names},
            verb=_("Look"),
            url=reverse("standing_names", args=[programme.code]),
            context=str(programme),
        )
