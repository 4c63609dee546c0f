"""Finding what a command names; what isn't there is told with what is."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from benchmarks.models import Cycle, Programme
from core.exceptions import InvalidInput
from surveys import content
from surveys.domain.instruments import ship_perception_survey
from surveys.models import Instrument, InstrumentVersion, Wave

SHOWN = 30


def find_wave(pk: int) -> Wave:
    """The wave of this id. Raises InvalidInput."""
    rows = Wave.objects.select_related("cycle__programme", "version__instrument")
    wave = rows.filter(pk=pk).first()
    if wave is None:
        known = Wave.objects.order_by("pk").values_list("pk", flat=True)
        raise InvalidInput(_not_there(_("wave"), str(pk), map(str, known)))
    return wave


def find_cycle(programme: str, name: str | None) -> Cycle:
    """The cycle of this name of a programme, or its newest one. Raises InvalidInput."""
    cycles = Cycle.objects.filter(programme__code=programme).select_related("programme")
    if not cycles.exists():
        codes = Programme.objects.filter(cycles__isnull=False).order_by("code").distinct()
        known = list(codes.values_list("code", flat=True))
        raise InvalidInput(_not_there(_("programme with a round"), programme, known))
    newest_first = cycles.order_by("-starts_on", "-pk")
    found = newest_first.filter(name=name).first() if name else newest_first.first()
    if found is None:
        known = list(newest_first.values_list("name", flat=True))
        raise InvalidInput(_not_there(_("round"), name or "", known))
    return found


def newest_version(code: str) -> InstrumentVersion:
    """The newest published version of an instrument; the one that ships is made when it isn't there
    yet. Raises InvalidInput."""
    published = InstrumentVersion.objects.filter(published_on__isnull=False)
    found = published.filter(instrument__code=code).order_by("-number").first()
    if found is None and code == content.CODE:
        return ship_perception_survey()
    if found is None:
        known = Instrument.objects.filter(versions__in=published).order_by("code").distinct()
        codes = known.values_list("code", flat=True)
        raise InvalidInput(_not_there(_("published instrument"), code, codes))
    return found


def _not_there(what: str, named: str, known: Iterable[str]) -> str:
    names = list(known)
    shown = ", ".join(names[:SHOWN]) + (", ..." if len(names) > SHOWN else "")
    return _("There is no %(what)s “%(named)s”; known are: %(known)s.") % {
        "what": what,
        "named": named[:80],
        "known": shown or _("none"),
    }
