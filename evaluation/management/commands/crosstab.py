"""`benchlearn crosstab PROGRAMME ROWS COLUMNS`: one variable beside another."""

import argparse
from typing import Any

from django.core.management.base import CommandParser

from benchmarks.domain.programmes import find_programme
from core.commands import BenchlearnCommand
from evaluation.domain.crosstabs import lay_beside, table_of
from evaluation.domain.ground import load_ground


class Narrow(argparse.Action):
    """`--where NAME=VALUE`, each name once."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        name, equals, value = values.partition("=")
        where = dict(getattr(namespace, self.dest) or {})
        if not (name and equals and value) or name in where:
            parser.error(f"{option_string} takes NAME=VALUE, each name once; not “{values}”")
        setattr(namespace, self.dest, where | {name: value})


class Command(BenchlearnCommand):
    help = "Lay one variable of a programme beside another, with their association."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", metavar="PROGRAMME")
        parser.add_argument("rows", metavar="ROWS", help="a variable (see benchlearn variables)")
        parser.add_argument("columns", metavar="COLUMNS", help="a variable")
        parser.add_argument(
            "--where",
            action=Narrow,
            default={},
            metavar="NAME=VALUE",
            help="only organisations with this value of a variable, or codings with this qualifier",
        )
        parser.add_argument("--cycle", metavar="NAME", help="another cycle than the newest")

    def answer(self, **options: Any) -> dict[str, Any]:
        """The cross table and its association."""
        # scipy takes a second to import: only this command pays, not every one.
        from evaluation.domain.associations import as_json, associate  # noqa: PLC0415

        ground = load_ground(find_programme(options["programme"]), cycle_name=options["cycle"])
        crosstab = lay_beside(ground, options["rows"], options["columns"], where=options["where"])
        return {
            "programme": ground.programme.code,
            "rows": crosstab.rows.name,
            "columns": crosstab.columns.name,
            "where": crosstab.where,
            **table_of(crosstab),
            **as_json(associate(crosstab)),
        }

    def tell(self, answer: Any) -> None:
        where = "".join(f", {name} = {value}" for name, value in answer["where"].items())
        self.stdout.write(f"{answer['rows']} by {answer['columns']}{where}: n = {answer['n']}")
        for cell in answer["cells"]:
            who = ", ".join(cell["organisations"])
            self.stdout.write(f"  {cell['row']:<26} {cell['column']:<26} {who}")
        if answer["missing"]:
            self.stdout.write(f"  missing: {', '.join(answer['missing'])}")
        found = answer["association"]
        if found is None:
            self.stdout.write(f"  no association: {REASONS[answer['association_reason']]}")
            return
        interval = "{:.2f} to {:.2f}".format(*found["interval"]) if found["interval"] else "none"
        self.stdout.write(
            f"  {found['measure']} {found['value']:.3f}, interval {interval}, p = {found['p']:.4f}"
        )
        self.stdout.write(f"  {found['method']}")


REASONS = {
    "few": "five or fewer organisations: the data are shown and nothing is tested",
    "constant": "one of the variables has the same value everywhere",
    "many": "too many units for a permutation test",
    "several": "an organisation with several values is no independent case",
}
