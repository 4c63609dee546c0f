"""Finding where people typed a name, in the fields of places.py."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from config.privacy.places import PLACES, Place
from config.privacy.wording import Name, spans_in


def find_typed(
    name: Name, programmes: QuerySet
) -> Iterator[tuple[Place, int, int, str, list[Any]]]:
    """Each text of these programmes in which the name stands: the place, the record and the
    programme by number, the field, and where in it. What was answered in a wave that is open isn't
    read by anybody yet."""
    pattern = name.in_short
    if pattern is None:
        return
    for place in PLACES:
        rows = place.kind._base_manager.filter(**{f"{place.way}__in": programmes})
        if place.way == "response__wave__cycle__programme":
            rows = rows.filter(response__wave__state="closed")
        for field in place.fields:
            told = _likely(rows, field, name).values_list("pk", place.way, field)
            for number, programme, value in told.iterator():
                spans = [list(span) for span in spans_in(value, pattern)]
                if spans:
                    yield place, number, programme, field, spans


def _likely(rows: QuerySet, field: str, name: Name) -> QuerySet:
    """Fewer of them, by what a database can look for; documents are read whole."""
    if isinstance(rows.model._meta.get_field(field), models.JSONField):
        return rows
    asked = Q(pk__in=())
    words = (*name.full.split()[-1:], *name.short, *filter(None, name.addresses))
    for word in dict.fromkeys(words):
        asked |= Q(**{f"{field}__icontains": word})
    return rows.filter(asked)
