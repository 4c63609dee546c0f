"""Pages of rows in a stable order, as JSON or as csv.

Rows come in the order of their primary key, and a page goes on after the last key of the one
before: what is added meanwhile comes at the end, and nothing is skipped or told twice. Rows that
are computed go on after their place.
"""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Literal

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Schema
from ninja.errors import ValidationError
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from core.formulas import harmless

MOST_ROWS = 5_000
HIGHEST_KEY = 2**63 - 1

EARLIEST = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
LATEST = dt.datetime(2200, 1, 1, tzinfo=dt.UTC)


def _within_reach(moment: dt.datetime) -> dt.datetime:
    """A moment that every database can hold; before the first of these nothing was made."""
    if moment.year < EARLIEST.year:
        return EARLIEST
    return LATEST if moment.year > LATEST.year else moment


Code = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]*$", max_length=60)]
"""The code of a record; empty for any."""
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f-\x9f]*$", max_length=80)]
"""A name without control characters, which no database keeps; empty for any."""
Moment = Annotated[AwareDatetime, AfterValidator(_within_reach)]


class Row(BaseModel):
    """A row of the API: these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class Page[T](BaseModel):
    """Some rows, and where the rest is."""

    model_config = ConfigDict(extra="forbid")

    items: list[T]
    next: str | None = None


class Paging(Schema):
    """How much of a list is asked, and in which form."""

    format: Literal["json", "csv"] = Field(
        "json", description=gettext_noop("csv gives the same rows as a file with a header.")
    )
    limit: int = Field(
        500, ge=1, le=MOST_ROWS, description=gettext_noop("The most rows in one answer.")
    )
    after: int = Field(
        0,
        ge=0,
        le=HIGHEST_KEY,
        description=gettext_noop("Where to go on; taken from `next` of the answer before."),
    )


class Changing(Paging):
    """A list of records that change."""

    changed_since: Moment | SkipJsonSchema[None] = Field(
        None, description=gettext_noop("Only what was made or changed at or after this moment.")
    )

    def of[M: Model](self, rows: QuerySet[M]) -> QuerySet[M]:
        """Those of the rows that changed since."""
        since = self.changed_since
        return rows if since is None else rows.filter(modified_at__gte=since)


def only(**wanted: str | None) -> dict[str, str]:
    """Conditions for what was asked; what was left empty is no condition."""
    return {path: value for path, value in wanted.items() if value}


def _refuse_unknown(request: HttpRequest, paging: Paging) -> None:
    """A filter that is misspelt must not give everything. Raises ValidationError."""
    unknown = sorted(set(request.GET) - set(type(paging).model_fields))
    if unknown:
        message = _("There is no such parameter.")
        raise ValidationError([{"loc": ("query", name), "msg": message} for name in unknown])


def page_of[M: Model](
    request: HttpRequest,
    rows: QuerySet[M],
    paging: Paging,
    *,
    kind: type[Row],
    make: Callable[[M], Row],
) -> HttpResponse:
    """A page of records. `rows` are what this person may see, with what `make` reads of them."""
    _refuse_unknown(request, paging)
    found = list(rows.filter(pk__gt=paging.after).order_by("pk")[: paging.limit + 1])
    shown = found[: paging.limit]
    after = shown[-1].pk if len(found) > len(shown) else None
    return _answer(request, [make(row) for row in shown], after, paging, kind)


def page_of_computed(
    request: HttpRequest, rows: Sequence[Row], paging: Paging, *, kind: type[Row]
) -> HttpResponse:
    """A page of rows that were computed, always in the same order."""
    _refuse_unknown(request, paging)
    end = paging.after + paging.limit
    after = end if end < len(rows) else None
    return _answer(request, rows[paging.after : end], after, paging, kind)


def _answer(
    request: HttpRequest, rows: Sequence[Row], after: int | None, paging: Paging, kind: type[Row]
) -> HttpResponse:
    further = None if after is None else _address(request, after)
    if paging.format == "csv":
        response = HttpResponse(as_csv(kind, rows), content_type="text/csv; charset=utf-8")
    else:
        response = as_json(Page[Row](items=[*rows], next=further))
    response["Cache-Control"] = "no-store"
    if further is not None:
        response["Link"] = f'<{further}>; rel="next"'
    return response


def as_json(told: BaseModel) -> HttpResponse:
    """An answer in JSON; rows with all their fields, whatever kind of row they are."""
    text = told.model_dump_json(serialize_as_any=True)
    response = HttpResponse(text, content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response


def _address(request: HttpRequest, after: int) -> str:
    """This address with another `after`; the host is the installation's own."""
    asked = request.GET.copy()
    asked["after"] = str(after)
    return f"{settings.BASE_URL}{request.path}?{asked.urlencode()}"


def as_csv(kind: type[Row], rows: Iterable[Row]) -> str:
    """The rows with a header; no text becomes a formula in a spreadsheet."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    names = list(kind.model_fields)
    writer.writerow(names)
    writer.writerows([_cell(value) for value in _values(row, names)] for row in rows)
    return text.getvalue()


def _values(row: Row, names: Sequence[str]) -> Iterable[Any]:
    told = row.model_dump(mode="json")
    return (told[name] for name in names)


def _cell(value: Any) -> Any:
    """A cell: numbers as numbers, nothing as nothing, several values with a space between."""
    if isinstance(value, list):
        value = " ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(value) if isinstance(value, str) else value
