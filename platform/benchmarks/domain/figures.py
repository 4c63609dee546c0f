"""Figures: taken over from files, entered, checked, disputed. All of a file, or nothing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from benchmarks.domain.indicators import define_indicator, possible_values, settle_definition
from benchmarks.enums import FigureStatus
from benchmarks.importing.catalogue import Known, catalogue_of, known_figures
from benchmarks.importing.checking import Checked, NewFigure, check_cells, look_twice
from benchmarks.importing.definitions import Defined, read_definitions
from benchmarks.importing.shapes import shape
from benchmarks.models import Figure, FigureImport, IndicatorDefinition, Programme
from core.csvfiles import InvalidFile
from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from core.sheets import read_file, read_sheet

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Stored:
    """How many figures were new, changed, or there already."""

    new: int
    changed: int
    same: int


def check_file(programme: Programme, *, name: str, raw: bytes) -> Checked:
    """Read a file of figures and check all of it. Nothing is stored; `errors` may be empty."""
    shaped = shape(read_sheet(name, raw))
    checked = check_cells(shaped.cells, catalogue_of(programme))
    checked.ignored = shaped.ignored
    checked.errors = list(
        dict.fromkeys(
            replace(each, column=shaped.names.get(each.column, each.column))
            for each in checked.errors
        )
    )
    if not checked.errors:
        checked.warnings = list(look_twice(checked.figures, known_figures(checked.figures)))
    return checked


def refuse_errors(name: str, checked: Checked) -> None:
    """Raise InvalidFile when a file has errors, or no figure at all."""
    if checked.errors:
        raise InvalidFile([f"{name}, {error}" for error in checked.errors])
    if not checked.figures:
        raise InvalidFile([_("%(file)s: there is no figure in it.") % {"file": name}])


@transaction.atomic
def import_figures(
    programme: Programme, path: Path, *, define: Path | None = None, by: Any = None
) -> tuple[Stored, Checked, int]:
    """Take a file over, with the definitions of `define` first: all, or nothing.

    What is striking is in the answer and stops nothing. Returns what was stored, what was found,
    and how many definitions were made or changed. Raises InvalidFile.
    """
    defined = define_from(programme, define, by=by) if define else 0
    checked = check_file(programme, name=path.name, raw=read_file(path))
    refuse_errors(path.name, checked)
    stored = store_figures(programme, checked.figures, by=by, source=path.name)
    return stored, checked, defined


def define_from(programme: Programme, path: Path, *, by: Any = None) -> int:
    """Define the indicators of a file; one that is there in other words gets a next version."""
    defined = read_definitions(read_sheet(path.name, read_file(path)))
    known = {row.code: row for row in programme.indicators.prefetch_related("definitions")}
    changed = 0
    for position, each in enumerate(defined, start=len(known) + 1):
        if each.code not in known:
            category = each.category
            define_indicator(
                programme, code=each.code, position=position, category=category, **each.fields
            )
            changed += 1
        elif _differs(known[each.code].definitions.first(), each):
            reason = _("Changed by the file %(file)s.") % {"file": path.name}
            each.fields = _bounds(known[each.code].definitions.first(), each) | each.fields
            settle_definition(
                known[each.code], reason=reason, comparable=True, by=by, **each.fields
            )
            changed += 1
    return changed


def _bounds(newest: IndicatorDefinition | None, defined: Defined) -> dict[str, Any]:
    """Another unit has other possible values."""
    unit = defined.fields["unit"]
    if newest is None or newest.unit == unit:
        return {}
    return dict(zip(("lowest", "highest"), possible_values(unit), strict=True))


def _differs(newest: IndicatorDefinition | None, defined: Defined) -> bool:
    return newest is not None and any(
        getattr(newest, name) != value for name, value in defined.fields.items()
    )


@transaction.atomic
def store_figures(
    programme: Programme,
    figures: Sequence[NewFigure],
    *,
    by: Any = None,
    source: str = "",
    known: Known | None = None,
) -> Stored:
    """Store checked figures in one go. One that is there with the same value stays as it is;
    another value takes its place, under the definition of now."""
    there = (known or known_figures(figures)).values
    fresh = [figure for figure in figures if figure.key not in there]
    other = [each for each in figures if each.key in there and _changes(each, there[each.key])]
    now = timezone.now()
    rows = [
        Figure(
            indicator_id=each.indicator,
            organisation_id=each.organisation,
            definition_id=each.definition,
            period=each.period,
            value=each.value,
            status=each.status,
            remark=each.remark,
            modified_at=now,
        )
        for each in (*fresh, *other)
    ]
    Figure.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["indicator", "organisation", "period"],
        update_fields=["definition", "value", "status", "remark", "modified_at"],
    )
    stored = Stored(len(fresh), len(other), len(figures) - len(rows))
    if rows:
        log_activity(programme, "figures stored", actor=by, source=source, **asdict(stored))
    return stored


def _changes(figure: NewFigure, there: Any) -> bool:
    """Another value, or a word about the status or the value that wasn't there."""
    said = bool(figure.remark) or figure.status != FigureStatus.ENTERED
    return figure.value != there.value or (said and figure.status != there.status)


@transaction.atomic
def prepare_import(programme: Programme, *, name: str, raw: bytes, by: Any) -> FigureImport:
    """Check a file and keep what is in it until somebody confirms it. Raises InvalidFile."""
    checked = check_file(programme, name=name, raw=raw)
    refuse_errors(name, checked)
    return FigureImport.objects.create(
        programme=programme,
        uploaded_by=by,
        file_name=name[:120],
        rows=[[*_row(figure)] for figure in checked.figures],
        summary=_summary(checked),
        warnings=[[each.row, each.column, each.text] for each in checked.warnings],
    )


def _row(figure: NewFigure) -> tuple[Any, ...]:
    """A figure as it is kept until it is confirmed."""
    own = (figure.organisation, figure.indicator, figure.definition, figure.period)
    return (*own, str(figure.value), figure.status, figure.remark, figure.row, figure.column)


def _summary(checked: Checked) -> dict[str, Any]:
    return {
        "figures": len(checked.figures),
        "organisations": len({figure.organisation for figure in checked.figures}),
        "indicators": len({figure.indicator for figure in checked.figures}),
        "periods": sorted({figure.period for figure in checked.figures}),
        "empty": checked.empty,
        "ignored": checked.ignored,
        "language": get_language() or "nl",
    }


@transaction.atomic
def confirm_import(row: FigureImport, *, by: Any) -> Stored:
    """Store a file that was checked. Raises NotNow when it was stored already, or when figures or
    definitions changed since, so that what was shown is no longer what would happen."""
    locked = FigureImport.objects.select_for_update().get(pk=row.pk)
    if locked.stored_at is not None:
        raise NotNow(_("This file was stored already."))
    figures = [_figure(values) for values in locked.rows]
    known = known_figures(figures)
    newest = {each.pk for each in catalogue_of(locked.programme).definitions.values()}
    with translation.override(locked.summary["language"]):
        warnings = [[each.row, each.column, each.text] for each in look_twice(figures, known)]
    if warnings != locked.warnings or any(each.definition not in newest for each in figures):
        raise NotNow(_("Figures or definitions changed since. Upload the file again."))
    stored = store_figures(locked.programme, figures, by=by, source=locked.file_name, known=known)
    locked.stored_at, locked.rows = timezone.now(), []
    locked.summary |= asdict(stored)
    locked.save()
    return stored


def _figure(values: Sequence[Any]) -> NewFigure:
    organisation, indicator, definition, period, value, *rest = values
    return NewFigure(organisation, indicator, definition, period, Decimal(value), *rest)


@transaction.atomic
def judge_figure(figure: Figure, *, status: str, remark: str = "", by: Any = None) -> Figure:
    """Call a figure checked or disputed, or merely entered again; a dispute says why."""
    if status not in FigureStatus.values:
        raise InvalidInput(_("This is not a status of a figure."))
    if status == FigureStatus.DISPUTED and not remark.strip():
        raise InvalidInput(_("Say what is in doubt."))
    figure.status = status
    figure.remark = remark.strip() or figure.remark
    figure.save(update_fields=["status", "remark", "modified_at"])
    log_activity(figure, f"figure {status}", actor=by)
    return figure
