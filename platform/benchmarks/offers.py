"""What this room offers upward: the section *Participation* of a programme's page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from benchmarks.models import Participation, Programme
from core.deeds import Section


def sections(sender: Any, user: Any, programme: Programme, **kwargs: Any) -> list[Section]:
    """Who takes part: all of them to who has a role in the programme, one's own otherwise."""
    seen = Participation.objects.visible_to(user).filter(cycle__programme=programme)
    count = seen.values("organisation").distinct().count()
    if not count:
        return []
    summary = ngettext_lazy("%(n)d participant", "%(n)d participants", count) % {"n": count}
    url = reverse("participation_list", args=[programme.code])
    return [Section(title=_("Participation"), url=url, order=10, summary=summary)]
