"""What the components compute: words for a date, the strip of phases, an anchor."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from benchmarks.enums import CyclePhase

register = template.Library()

SOON_DAYS = 14
LONG_AGO_DAYS = 60


@dataclass(frozen=True, slots=True)
class When:
    """A due date in words."""

    words: str
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One phase of a round: past, now or later."""

    label: str | Promise
    state: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A round: its phases, and where today lies in its period (None: outside)."""

    steps: list[Step]
    percent: int | None
    today: str

    @property
    def text_anchor(self) -> str:
        """Near an end of the line the word stays within it."""
        percent = 50 if self.percent is None else self.percent
        return "start" if percent < 12 else "end" if percent > 88 else "middle"


def _late(days: int) -> str:
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}


@register.simple_tag
def when(due: date | None) -> When:
    """The due date as a person says it; overdue is said in words."""
    if due is None:
        return When(_("No date"))
    days = (due - timezone.localdate()).days
    if days < -LONG_AGO_DAYS:
        since = formats.date_format(due, "j F Y")
        return When(_("late since %(date)s") % {"date": since}, overdue=True)
    if days < 0:
        return When(_late(-days), overdue=True)
    if days < 2:
        return When(_("Today") if days == 0 else _("Tomorrow"))
    if days <= SOON_DAYS:
        return When(formats.date_format(due, "l j F"))
    return When(formats.date_format(due, "j F Y"))


def _state(position: int, present: int) -> str:
    return "past" if position < present else "now" if position == present else "later"


def _percent(cycle: Any, today: date) -> int | None:
    """Where today lies between start and end; None when it lies outside."""
    if not cycle.starts_on <= today <= cycle.ends_on:
        return None
    length = max((cycle.ends_on - cycle.starts_on).days, 1)
    return round(100 * (today - cycle.starts_on).days / length)


def _words(cycle: Any, today: date) -> str:
    if today < cycle.starts_on:
        return _("not begun yet")
    return _("ended") if today > cycle.ends_on else _("today")


@register.simple_tag
def phase_strip(cycle: Any) -> Strip:
    """The phases of a cycle with the present one marked, and today within its period."""
    today = timezone.localdate()
    phases = list(CyclePhase)
    ended = today > cycle.ends_on
    present = len(phases) if ended else phases.index(CyclePhase(cycle.phase))
    steps = [Step(phase.label, _state(i, present)) for i, phase in enumerate(phases)]
    return Strip(steps, _percent(cycle, today), _words(cycle, today))


@register.filter
def anchor(deed: Any) -> str:
    """An id that is the deed's own within the page."""
    return "deed-" + sha256(f"{deed.url}|{deed.verb}|{deed.title}".encode()).hexdigest()[:10]


@register.filter
def in_language(record: Any, field: str) -> str:
    """A field that is kept in Dutch (`name`) and English (`name_en`); Dutch where English lacks."""
    own = getattr(record, f"{field}_en", "") if get_language() == "en" else ""
    return own or getattr(record, field)
