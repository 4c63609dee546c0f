"""`benchlearn check-study NAME`: where a study and Benchlearn differ, and why we say so.

It is a report: a difference is no error, and the exit status is 0 with and without differences.
"""

from typing import Any

from django.core.management.base import CommandParser

from benchmarks.domain.programmes import find_programme
from core.commands import BenchlearnCommand
from evaluation.domain.shapes import checked_table_as_json, difference_as_json
from evaluation.domain.study_check import check_study


class Command(BenchlearnCommand):
    help = (
        "List where a published study and Benchlearn differ, organisation by organisation, with "
        "the records the computed value rests on. Differences are no error: the status stays 0."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help="the code of a loaded study")

    def answer(self, **options: Any) -> dict[str, Any]:
        """All derived tables of the study and all differences."""
        programme = find_programme(options["name"])
        tables = check_study(programme)
        return {
            "programme": programme.code,
            "tables": [checked_table_as_json(checked) for checked in tables],
            "differences": [
                difference_as_json(each) for checked in tables for each in checked.differences
            ],
        }

    def tell(self, answer: Any) -> None:
        if not answer["tables"]:
            self.stdout.write(
                f"{answer['programme']}: the study published ratings only, nothing derived from "
                "them; there is nothing to compare."
            )
        for table in answer["tables"]:
            of = table["rows"] + (f" by {table['columns']}" if table["columns"] else "")
            self.stdout.write(
                f"table {table['table']} ({of}): {table['same']} values agree, "
                f"{table['differences']} differ"
            )
        for row in answer["differences"]:
            self._tell_difference(row)

    def _tell_difference(self, row: dict[str, Any]) -> None:
        published = row["published"] or "not in this table"
        self.stdout.write(
            f"\ntable {row['table']}, municipality {row['organisation']}, {row['variable']}: "
            f"published {published}, computed {row['computed'] or 'nothing'}; it rests on"
        )
        for record in row["records"]:
            circumstances = "".join(f", {value}" for value in record["qualifiers"].values())
            self.stdout.write(
                f"  {record['source']}: {record['name']} = {record['value']}{circumstances}"
            )
        if not row["records"]:
            self.stdout.write("  no record: nothing was mentioned")
