"""What anyone may read: reports of published studies, and good practices that are public."""

from dataclasses import dataclass

from django.db.models import Count, Max, Min
from django.dispatch import Signal
from django.urls import NoReverseMatch, reverse

from benchmarks.enums import ProgrammeKind
from benchmarks.models import Programme
from core.deeds import gather

SHOWN = 3
"""Good practices on the home page; the library has them all."""

collect_practices = Signal()
"""Sent with `most`; receivers return so many PublicPractice, the newest first."""


@dataclass(frozen=True, slots=True)
class PublicPractice:
    """A good practice that anyone may read."""

    title: str
    text: str
    organisation: str
    programme: Programme
    url: str


@dataclass(frozen=True, slots=True)
class Example:
    """A published study that is loaded here, with the way to its report."""

    programme: Programme
    organisations: int
    first_year: int
    last_year: int
    url: str

    @property
    def period(self) -> str:
        """The years it was about."""
        same = self.first_year == self.last_year
        return str(self.first_year) if same else f"{self.first_year}-{self.last_year}"


def _report_of(programme: Programme) -> str:
    """The address of its report; empty in an installation without the room that makes reports."""
    try:
        return reverse("report", args=[programme.code])
    except NoReverseMatch:
        return ""


def public_examples() -> list[Example]:
    """Studies with a public report, with how many took part and when, oldest first."""
    programmes = (
        Programme.objects.filter(kind=ProgrammeKind.STUDY, has_public_report=True)
        .annotate(
            organisations=Count("cycles__participations__organisation", distinct=True),
            first=Min("cycles__starts_on"),
            last=Max("cycles__ends_on"),
        )
        .exclude(first=None)
        .order_by("first")
    )
    return [
        Example(p, p.organisations, p.first.year, p.last.year, _report_of(p)) for p in programmes
    ]


def public_practices() -> list[PublicPractice]:
    """The newest good practices that are public."""
    return gather(collect_practices, most=SHOWN)
