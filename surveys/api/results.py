"""The results of a wave that is closed.

The numbers are those of the results page, from the same tables (`tables_of`): what may not be shown
there isn't in these rows either. Whoever may not see a wave gets 404.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from core.api.paging import Code, Paging, Row, page_of_computed
from core.exceptions import NotNow
from people.api import asker, reads
from surveys import summaries
from surveys.api.waves import SCOPE
from surveys.groups import groups_shown
from surveys.measures.summary import Share, Spread
from surveys.models import Wave
from surveys.results import are_being_counted, tables_of
from surveys.structure import AskedItem, Questionnaire, questionnaire
from surveys.tables import WHOLE, Group, Tables

router = Router(tags=["results"])

type Named = dict[str, Any]
"""How a row names whose answers it is about."""


class OfGroup(Row):
    """Whose answers a number is about; both empty for everyone together."""

    wave: int
    breakdown: str
    group: str
    group_name: str


class ResultRow(OfGroup):
    """A question, of everyone or of a group that may be shown."""

    item: str
    kind: str
    occasion: str
    text_nl: str
    text_en: str
    construct_code: str
    reversed: bool = Field(
        description=gettext_noop("Whether agreeing counts against what it measures.")
    )
    n: int
    not_applicable: int
    missing: int
    mean: float | None = Field(description=gettext_noop("As it was asked, not turned around."))
    sd: float | None
    median: float | None
    low: float | None = Field(description=gettext_noop("The 95% interval of the mean: from."))
    high: float | None = Field(description=gettext_noop("The 95% interval of the mean: to."))


class DistributionRow(OfGroup):
    """How many chose one of the answers to a question."""

    item: str
    value: int
    label: str
    count: int
    n: int
    share: float | None
    low: float | None = Field(description=gettext_noop("The 95% interval of the share: from."))
    high: float | None = Field(description=gettext_noop("The 95% interval of the share: to."))
    mean_rank: float | None = Field(description=gettext_noop("Of what is put in order."))


class ConstructRow(OfGroup):
    """Statements about the same subject put together, reversed ones turned around."""

    construct_code: str
    label: str
    statements: int
    n: int = Field(description=gettext_noop("Answers, not people."))
    mean: float | None
    low: float | None = Field(description=gettext_noop("The 95% interval of the mean: from."))
    high: float | None = Field(description=gettext_noop("The 95% interval of the mean: to."))


class ResultFilter(Paging):
    """Which question."""

    item: Code = ""


def _counted(request: HttpRequest, pk: int) -> tuple[Wave, Questionnaire, Tables]:
    """A wave with what may be shown of it, or 404. Raises NotNow while there is nothing yet."""
    rows = Wave.objects.visible_to(asker(request)).select_related("cycle__programme", "version")
    wave = get_object_or_404(rows, pk=pk)
    if are_being_counted(wave):
        raise NotNow(_("The results are being counted. Ask again in a few minutes."))
    tables = tables_of(wave)
    if tables is None:
        raise NotNow(_("The wave is not closed; there are results once it is."))
    return wave, questionnaire(wave.version_id), tables


def _groups(wave: Wave, tables: Tables) -> Iterator[tuple[Group, Named]]:
    """Everyone, and each group that may be shown, with how a row names it."""
    yield WHOLE, {"wave": wave.pk, "breakdown": "", "group": "", "group_name": ""}
    for breakdown, choices in groups_shown(tables).items():
        for key, group, name in choices:
            named = {"breakdown": breakdown, "group": key.partition(":")[2], "group_name": name}
            yield group, {"wave": wave.pk, **named}


@reads(
    router,
    "/waves/{int:wave}/results/",
    name="results",
    scope=SCOPE,
    gives=ResultRow,
    summary=_("The results of a survey: each question, of everyone and by group"),
    not_now=True,
)
def results(request: HttpRequest, wave: int, asked: Query[ResultFilter]) -> HttpResponse:
    """Only groups of which enough people answered, and from which no smaller one follows."""
    found, questions, tables = _counted(request, wave)
    rows = [
        row
        for group, named in _groups(found, tables)
        for item in _items(questions, asked.item)
        if (row := _result(item, group, tables, named)) is not None
    ]
    return page_of_computed(request, rows, asked, kind=ResultRow)


def _items(questions: Questionnaire, wanted: str) -> list[AskedItem]:
    return [item for item in questions.items if wanted in ("", item.code)]


def _result(item: AskedItem, group: Group, tables: Tables, named: Named) -> ResultRow | None:
    """The row of an item; None where it may not be shown."""
    table = tables.of(item.id, group)
    if table is None:
        return None
    spread = summaries.spread_shown(item, table)
    low, high = (spread.interval if spread else None) or (None, None)
    return ResultRow(
        item=item.code,
        kind=item.kind,
        occasion=item.occasion,
        text_nl=item.text_nl,
        text_en=item.text_en,
        construct_code=item.construct,
        reversed=item.reversed,
        n=table.n,
        not_applicable=table.not_applicable,
        missing=table.missing,
        low=low,
        high=high,
        **_numbers(spread),
        **named,
    )


def _numbers(spread: Spread | None) -> dict[str, Any]:
    if spread is None:
        return {"mean": None, "sd": None, "median": None}
    return {"mean": spread.mean, "sd": spread.sd, "median": spread.median}


@reads(
    router,
    "/waves/{int:wave}/distributions/",
    name="distributions",
    scope=SCOPE,
    gives=DistributionRow,
    summary=_("How many chose each answer, of everyone and by group"),
    not_now=True,
)
def distributions(request: HttpRequest, wave: int, asked: Query[ResultFilter]) -> HttpResponse:
    """An answer that could be chosen a row; a number has no such rows."""
    found, questions, tables = _counted(request, wave)
    rows = [
        _distribution(item, option, named)
        for group, named in _groups(found, tables)
        for item in _items(questions, asked.item)
        for option in summaries.options_shown(item, tables.of(item.id, group))
    ]
    return page_of_computed(request, rows, asked, kind=DistributionRow)


def _distribution(item: AskedItem, option: summaries.OptionRow, named: Named) -> DistributionRow:
    share: Share = option.share
    low, high = share.interval or (None, None)
    return DistributionRow(
        item=item.code,
        value=option.value,
        label=option.label,
        count=share.count,
        n=share.n,
        share=share.value,
        low=low,
        high=high,
        mean_rank=option.rank,
        **named,
    )


@reads(
    router,
    "/waves/{int:wave}/constructs/",
    name="constructs",
    scope=SCOPE,
    gives=ConstructRow,
    summary=_("Statements about the same subject put together"),
    not_now=True,
)
def constructs(request: HttpRequest, wave: int, asked: Query[Paging]) -> HttpResponse:
    """Of the statements that may be shown only, as on the page."""
    found, questions, tables = _counted(request, wave)
    rows = [
        _construct(row, named)
        for group, named in _groups(found, tables)
        for row in summaries.construct_rows(questions, tables, group)
    ]
    return page_of_computed(request, rows, asked, kind=ConstructRow)


def _construct(row: summaries.ConstructRow, named: Named) -> ConstructRow:
    spread = row.bar.spread
    low, high = spread.interval or (None, None)
    return ConstructRow(
        construct_code=row.code,
        label=str(row.label),
        statements=row.statements,
        n=row.bar.n,
        mean=spread.mean,
        low=low,
        high=high,
        **named,
    )
