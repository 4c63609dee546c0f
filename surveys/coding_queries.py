"""Reads of codebooks, texts and codings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from surveys.models import Codebook, CodedText, Coding, CodingTask


def newest_codebook(programme: int) -> Codebook | None:
    """The newest version of a programme's codebook."""
    return Codebook.objects.filter(programme=programme).order_by("-version").first()


def texts_of(programme: Any, user: Any) -> QuerySet:
    """The texts of a programme that this person may see, with how many code them and are done."""
    return (
        CodedText.objects.visible_to(user)
        .filter(cycle__programme=programme)
        .select_related("cycle", "organisation")
        .annotate(
            coders=Count("tasks", distinct=True),
            finished=Count("tasks", distinct=True, filter=~Q(tasks__finished_at=None)),
        )
    )


def open_tasks_of(user: Any, programme: Any = None) -> QuerySet[CodingTask]:
    """What this person was asked to code and is not done with."""
    rows = CodingTask.objects.filter(coder=user, finished_at=None)
    if programme is not None:
        rows = rows.filter(text__cycle__programme=programme)
    return rows.select_related("text__organisation", "text__cycle__programme")


@dataclass(slots=True)
class Seen:
    """What one coder sees of one variable in one place."""

    coder: str
    values: list[str] = field(default_factory=list)
    passage: str = ""
    remark: str = ""
    how: str = ""
    reason: str = ""
    source: str = ""


@dataclass(slots=True)
class Place:
    """Where a variable was coded: an organisation in a cycle, and the text if it was one."""

    organisation: Any
    cycle: Any
    text_id: int | None
    qualifiers: tuple[tuple[str, str], ...]
    seen: list[Seen] = field(default_factory=list)
    decided: Seen | None = None

    @property
    def several(self) -> bool:
        """Was it coded by more than one?"""
        return len(self.seen) > 1

    @property
    def differs(self) -> bool:
        """Do the coders see different values?"""
        return len({tuple(sorted(one.values)) for one in self.seen}) > 1

    @property
    def key(self) -> str:
        """A name of the place within a page."""
        return f"{self.organisation.pk}-{self.cycle.pk}-{self.text_id or 0}"


def places_of(codings: Iterable[Coding]) -> list[Place]:
    """The codings of one variable, side by side: a place a row, the coders within it by name."""
    found: dict[Any, Place] = {}
    seen: dict[Any, dict[tuple[str, bool], Seen]] = defaultdict(dict)
    for row in codings:
        qualifiers = tuple(sorted(row.qualifiers.items()))
        key = (row.organisation_id, row.cycle_id, row.text_id, qualifiers)
        if key not in found:
            found[key] = Place(row.organisation, row.cycle, row.text_id, qualifiers)
        who = seen[key].setdefault(
            (row.coder, row.adjudicates),
            Seen(
                row.coder,
                [],
                row.passage,
                row.remark,
                row.get_how_display(),
                row.reason,
                row.source,
            ),
        )
        who.values.append(row.value)
    for key, place in found.items():
        place.seen = [one for (_n, decides), one in sorted(seen[key].items()) if not decides]
        place.decided = next((one for (_n, decides), one in seen[key].items() if decides), None)
    return sorted(found.values(), key=lambda place: (str(place.cycle), str(place.organisation)))


def settled[Row: Any](rows: Sequence[Row]) -> list[Row]:
    """Of the codings of one variable in one place, those that hold: what was adjudicated; else what
    the first coder saw, if no other differs; else none."""
    decided = [row for row in rows if row.adjudicates]
    if decided:
        return decided
    by_coder: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_coder[row.coder].append(row)
    said = {tuple(sorted(row.value for row in own)) for own in by_coder.values()}
    return next(iter(by_coder.values())) if len(said) == 1 else []


def coded_by_variable(programme: Any, user: Any) -> list[dict[str, Any]]:
    """The variables of the newest codebook, with how many organisations and coders each has."""
    book = newest_codebook(programme.pk)
    if book is None:
        return []
    rows = (
        Coding.objects.visible_to(user)
        .released()
        .filter(variable__codebook__programme=programme, adjudicates=False)
        .order_by()
        .values("variable__code")
        .annotate(
            organisations=Count("organisation", distinct=True), coders=Count("coder", distinct=True)
        )
    )
    counted = {row["variable__code"]: row for row in rows}
    return [
        {"variable": variable, **counted.get(variable.code, {"organisations": 0, "coders": 0})}
        for variable in book.variables.all()
    ]
