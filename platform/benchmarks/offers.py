"""What this room offers upward: the sections of a programme's page about who and what, and what
is expected of who runs it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from benchmarks.ending import WARNED, over_since, people_go_on
from benchmarks.models import Participation, Programme
from benchmarks.queries import organisations_shown
from benchmarks.rules import is_coordinator, may_appoint
from core.deeds import Deed, Section
from people.enums import Role


def deeds(sender: Any, user: Any, today: dt.date, **kwargs: Any) -> Iterator[Deed]:
    """To take a programme along before people go out of it."""
    mine = Programme.objects.with_role(user, Role.COORDINATOR)
    near = over_since(today + WARNED).values("pk")
    for programme in mine.filter(pk__in=near):
        day = people_go_on(programme, today) or today
        yield Deed(
            title=gettext("Names and what people wrote go on %(day)s")
            % {"day": date_format(day, "j F Y")},
            verb=_("Take it along"),
            url=reverse("programme_files", args=[programme.code]),
            due=day,
            context=str(programme),
        )


def sections(sender: Any, user: Any, programme: Programme, **kwargs: Any) -> list[Section]:
    """Who takes part: all of them to who has a role in the programme, one's own otherwise."""
    return [*_staff(user, programme), *_participation(user, programme)]


def _staff(user: Any, programme: Programme) -> Iterator[Section]:
    """Who does what, and who did what, to whoever appoints people."""
    if may_appoint(user, programme):
        url = reverse("appointments", args=[programme.code])
        summary = _("roles in the benchmark and in the organisations")
        yield Section(title=_("Who does what"), url=url, order=11, summary=summary)
        url = reverse("programme_audit", args=[programme.code])
        summary = _("who saw personal data, who changed roles and agreements")
        yield Section(title=_("Audit log"), url=url, order=90, summary=summary)
    if is_coordinator(user, programme):
        url = reverse("programme_files", args=[programme.code])
        summary = _("all of this benchmark in open formats")
        yield Section(title=_("To take along"), url=url, order=92, summary=summary)


def _participation(user: Any, programme: Programme) -> list[Section]:
    seen = Participation.objects.visible_to(user).filter(cycle__programme=programme)
    count = seen.values("organisation").distinct().count()
    if not count:
        return []
    summary = ngettext_lazy("%(n)d participant", "%(n)d participants", count) % {"n": count}
    url = reverse("participation_list", args=[programme.code])
    participation = Section(title=_("Participation"), url=url, order=10, summary=summary)
    return [participation, *_figures(user, programme)]


def _figures(user: Any, programme: Programme) -> Iterator[Section]:
    """Figures and the charter, to whoever has figures to look at or runs the programme."""
    if not organisations_shown(user, programme).exists() and not is_coordinator(user, programme):
        return
    if programme.indicators.exists() or is_coordinator(user, programme):
        url = reverse("figures", args=[programme.code])
        summary = _("where you stand, and what stands out")
        yield Section(title=_("Figures"), url=url, order=12, summary=summary)
    url = reverse("charter", args=[programme.code])
    yield Section(title=_("Charter"), url=url, order=14, summary=_("what was agreed beforehand"))
