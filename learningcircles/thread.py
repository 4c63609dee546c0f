"""The thread: a chain from a figure to the same figure a cycle later, as far as somebody sees it.

From the record that was asked, back to what it came from and forward to what came of it. A link
that isn't there and one that this person may not see are the same gap.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benchmarks.models import Figure
from benchmarks.wording import said
from learningcircles.chains import change_of, with_origin
from learningcircles.models import Action, AdoptionStep, PracticePage, Reading, Signal, Topic
from learningcircles.practices import adoptions
from learningcircles.presentation import meaning_of

KINDS: dict[str, str | Promise] = {
    "figure": gettext_lazy("Figure"),
    "reading": gettext_lazy("Reading"),
    "signal": gettext_lazy("Signal"),
    "topic": gettext_lazy("Topic"),
    "action": gettext_lazy("Action"),
    "practice": gettext_lazy("Good practice"),
    "changed": gettext_lazy("Figure, a cycle later"),
}
"""The links of a thread, in order, and what they are called."""

MOST = 8
"""Links of one kind that are drawn; the rest are a number."""

type Name = tuple[str, int]
"""A link: its kind and primary key."""


@dataclass(frozen=True, slots=True)
class Link:
    """One record of the thread: what it is, when, and where it can be read."""

    kind: str
    pk: int
    text: str
    note: str = ""
    day: date | None = None
    url: str = ""
    is_asked: bool = False
    further: list[str] = field(default_factory=list)
    """Lines below it: who adopted a practice."""
    because: list[str] = field(default_factory=list)
    """What it came from, where that isn't plain from the order."""

    @property
    def name(self) -> Name:
        return self.kind, self.pk


@dataclass(slots=True)
class Thread:
    """The links by kind, and which leads to which."""

    links: dict[str, list[Link]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    leads_to: list[tuple[Name, Name]] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[str | Promise, list[Link]]]:
        """Each kind with its links, in order; an empty list is a gap."""
        return [(label, self.links[kind]) for kind, label in KINDS.items()]

    @property
    def asked(self) -> Link:
        """The one that it was asked from."""
        return next(link for links in self.links.values() for link in links if link.is_asked)


def models_for(user: Any) -> dict[str, QuerySet]:
    """What this person may see of each kind of link."""
    return {
        "figure": Figure.objects.visible_to(user).select_related("definition", "organisation"),
        "reading": Reading.objects.visible_to(user).select_related(
            "session__programme", "noted_by"
        ),
        "signal": Signal.objects.visible_to(user).select_related("session__programme", "raised_by"),
        "topic": Topic.objects.visible_to(user).select_related("circle__programme", "proposed_by"),
        "action": with_origin(Action.objects.visible_to(user)).select_related(
            "owner__user", "organisation"
        ),
        "practice": PracticePage.objects.visible_to(user).select_related("organisation"),
    }


DOWN = {
    "figure": (("reading", "figure"), ("signal", "figure"), ("action", "figure")),
    "reading": (("signal", "reading"),),
    "signal": (("topic", "signal"), ("action", "signal")),
    "topic": (("action", "topic"),),
    "action": (("practice", "source_action"),),
}
"""From a kind of link to the next: the kind, and its field that points back."""


def thread_of(kind: str, record: Any, user: Any) -> Thread:
    """The thread of a record that this person sees: back by what it points at, forward by what
    points at it."""
    seen = models_for(user)
    found: dict[str, dict[int, Any]] = {name: {} for name in KINDS}
    edges: set[tuple[Name, Name]] = set()
    found[kind][record.pk] = record
    _back(kind, record, seen, found, edges)
    _forward(kind, record, seen, found, edges)
    _changed(found, seen["figure"], edges)
    _adopted(found["practice"], user)
    thread = Thread(leads_to=sorted(edges))
    for name, rows in found.items():
        thread.links[name] = [_link(name, row, (kind, record.pk)) for row in rows.values()]
    if any(len(links) > 1 for links in thread.links.values()):
        _tell_origins(thread)
    return thread


def _tell_origins(thread: Thread) -> None:
    """Where the thread branches, the list says of each link what led to it."""
    links = {link.name: link for links in thread.links.values() for link in links}
    for start, end in thread.leads_to:
        links[end].because.append(links[start].text)


def _pointed_at(kind: str, record: Any) -> list[tuple[str, int]]:
    """What a record came from: kind and primary key."""
    return [
        (above, pk)
        for above, rows in DOWN.items()
        for below, name in rows
        if below == kind and (pk := getattr(record, f"{name}_id"))
    ]


def _back(kind: str, record: Any, seen: Any, found: Any, edges: set) -> None:
    for above, pk in _pointed_at(kind, record):
        row = found[above].get(pk) or seen[above].filter(pk=pk).first()
        if row is not None:
            edges.add(((above, pk), (kind, record.pk)))
            found[above][pk] = row
            _back(above, row, seen, found, edges)


def _forward(kind: str, record: Any, seen: Any, found: Any, edges: set) -> None:
    """Level by level: a query for each kind of link, however many there are."""
    reached = {kind: {record.pk}}
    for above, rows in DOWN.items():
        for below, name in rows:
            pks = reached.get(above, set())
            for row in seen[below].filter(**{f"{name}__in": pks}) if pks else ():
                edges.add(((above, getattr(row, f"{name}_id")), (below, row.pk)))
                found[below].setdefault(row.pk, row)
                reached.setdefault(below, set()).add(row.pk)


def _changed(found: dict[str, dict[int, Any]], figures: QuerySet, edges: set) -> None:
    """The figures after the actions that are done, where this person sees them."""
    done = [row for row in found["action"].values() if row.done_on and row.moves]
    wanted = Q(pk__in=[])
    for row in done:
        wanted |= Q(organisation=row.organisation_id, indicator=row.moves)
    rows = list(figures.filter(wanted)) if done else []
    for row in done:
        own = [
            figure
            for figure in rows
            if (figure.organisation_id, figure.indicator_id) == (row.organisation_id, row.moves)
        ]
        change = change_of(row, own)
        if change is not None:
            change.after.was = change.before  # type: ignore[attr-defined]
            found["changed"][change.after.pk] = change.after
            edges.add((("action", row.pk), ("changed", change.after.pk)))


def _adopted(practices: dict[int, Any], user: Any) -> None:
    """How far organisations came with each practice, as far as this person sees their steps."""
    steps = AdoptionStep.objects.visible_to(user).filter(practice__in=practices)
    rows = adoptions(steps) if practices else []
    for pk, practice in practices.items():
        practice.adopted = [row for row in rows if row.practice.pk == pk]


def _link(kind: str, row: Any, asked: Name) -> Link:
    text, note, day, url = TOLD[kind](row)
    further = [_step(adoption.now) for adoption in getattr(row, "adopted", ())]
    return Link(kind, row.pk, text, note, day, url, (kind, row.pk) == asked, further)


def _step(step: AdoptionStep) -> str:
    """Who came how far, since when."""
    return _("%(organisation)s: %(level)s since %(day)s") % {
        "organisation": step.organisation,
        "level": step.get_level_display(),
        "day": formats.date_format(step.on, "j F Y"),
    }


def _number(figure: Figure) -> str:
    return f"{said(float(figure.value))} {figure.definition.unit_said}"


def _figure(row: Figure) -> tuple[str, str, date | None, str]:
    text = f"{meaning_of(row.definition)}: {_number(row)}"
    return (
        text,
        f"{row.organisation}, {row.period}",
        None,
        reverse("thread", args=["figure", row.pk]),
    )


def _later(row: Any) -> tuple[str, str, date | None, str]:
    text, note, day, url = _figure(row)
    was = _("was %(value)s in %(period)s") % {
        "value": _number(row.was),
        "period": row.was.period,
    }
    return text, f"{note}; {was}", day, url


def _in_session(row: Any, moment: Any) -> tuple[str, str, date | None, str]:
    url = reverse("session", args=[row.session.programme.code, row.session_id])
    who = row.noted_by if isinstance(row, Reading) else row.raised_by
    note = f"{row.session}, {who}" if who else str(row.session)
    return row.text, note, timezone.localtime(moment).date(), url


def _topic(row: Topic) -> tuple[str, str, date | None, str]:
    url = reverse("circle", args=[row.circle.programme.code, row.circle_id])
    note = f"{row.circle}, {row.proposed_by}" if row.proposed_by else str(row.circle)
    return row.title, note, timezone.localtime(row.proposed_at).date(), url


def _action(row: Action) -> tuple[str, str, date | None, str]:
    who = str(row.owner.user) if row.owner else row.owner_name or str(row.organisation)
    note = f"{who}, {row.get_status_display()}"
    return row.title, note, row.done_on or row.agreed_on, reverse("action", args=[row.pk])


def _practice(row: PracticePage) -> tuple[str, str, date | None, str]:
    day = row.first_published_at and timezone.localtime(row.first_published_at).date()
    return row.title, str(row.organisation), day or None, reverse("practice", args=[row.pk])


TOLD: dict[str, Any] = {
    "figure": _figure,
    "reading": lambda row: _in_session(row, row.noted_at),
    "signal": lambda row: _in_session(row, row.raised_at),
    "topic": _topic,
    "action": _action,
    "practice": _practice,
    "changed": _later,
}
