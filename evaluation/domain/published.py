"""What a published study derived itself, kept beside what is computed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from benchmarks.models import Programme
from evaluation.models import PublishedValue
from people.models import Organisation


@dataclass(frozen=True, slots=True)
class NewPublishedValue:
    """One organisation's place in a table of the study."""

    table: str
    organisation: Organisation
    row_variable: str
    row: str
    source: str
    column_variable: str = ""
    column: str = ""


@transaction.atomic
def record_published_values(programme: Programme, *, values: Iterable[NewPublishedValue]) -> bool:
    """Make these the study's own values; False when they already were."""
    wanted = [
        PublishedValue(
            programme=programme,
            table=new.table,
            organisation=new.organisation,
            row_variable=new.row_variable,
            row=new.row,
            column_variable=new.column_variable,
            column=new.column,
            source=new.source,
        )
        for new in values
    ]
    stored = list(PublishedValue.objects.filter(programme=programme))
    if [_told(row) for row in stored] == [_told(row) for row in wanted]:
        return False
    PublishedValue.objects.filter(programme=programme).delete()
    PublishedValue.objects.bulk_create(wanted)
    return True


def _told(row: PublishedValue) -> tuple[str | int, ...]:
    return (
        row.table,
        row.organisation_id,
        row.row_variable,
        row.row,
        row.column_variable,
        row.column,
        row.source,
    )
