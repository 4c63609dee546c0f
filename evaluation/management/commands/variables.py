"""`benchlearn variables PROGRAMME`: what can be laid beside what."""

from typing import Any

from django.core.management.base import CommandParser

from benchmarks.domain.programmes import find_programme
from core.commands import BenchlearnCommand
from evaluation.domain.ground import Ground, load_ground
from evaluation.domain.registry import variables_of
from evaluation.domain.variables import Variable, observe_all


class Command(BenchlearnCommand):
    help = "List every variable of a programme: kind, order, source and number of values."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", metavar="PROGRAMME")
        parser.add_argument("--cycle", metavar="NAME", help="another cycle than the newest")

    def answer(self, **options: Any) -> dict[str, Any]:
        """All variables of one cycle of a programme."""
        ground = load_ground(find_programme(options["programme"]), cycle_name=options["cycle"])
        return {
            "programme": ground.programme.code,
            "cycle": ground.cycle.name,
            "organisations": len(ground.participants),
            "variables": [describe(variable, ground) for variable in variables_of(ground).values()],
        }

    def tell(self, answer: Any) -> None:
        head = f"{answer['programme']}, {answer['cycle']}: {answer['organisations']} organisations"
        self.stdout.write(head)
        for row in answer["variables"]:
            order = f" ({' < '.join(row['order'])})" if row["order"] else ""
            several = ", several" if row["several"] else ""
            self.stdout.write(
                f"{row['name']:<36} {row['kind']}{several}{order}; {row['source']}; "
                f"{row['number_of_values']} values of {row['organisations']} organisations"
            )


def describe(variable: Variable, ground: Ground) -> dict[str, Any]:
    """One variable as `--json` prints it.

    `number_of_values` counts values that are there (for one that has several an organisation:
    all of them), `organisations` who has any, `missing` who has none.
    """
    seen = observe_all(variable, ground)
    having = [reference for reference, observation in seen.items() if observation.values]
    return {
        "name": variable.name,
        "kind": variable.kind,
        "order": list(variable.order) if variable.order else None,
        "values": list(variable.values) or None,
        "several": variable.several,
        "qualifiers": list(variable.qualifiers),
        "source": variable.source,
        "meaning": variable.meaning,
        "meaning_en": variable.meaning_en,
        "number_of_values": sum(len(observation.values) for observation in seen.values()),
        "organisations": len(having),
        "missing": [reference for reference in seen if reference not in having],
    }
