"""The package for reproduction: data without names, codebook, settings, and a script in pandas.

Organisations are called O1, O2, ... in an order that says nothing of who they are. What the report
doesn't show (too small a group) is not in the data either: everything comes from the run's result
and from the rows that it kept. Whoever knows a figure may recognise who it is of, so the package is
for who may see the records. Light: may run in a web process.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from evaluation.domain.judged import judged_result
from evaluation.findings.kept import rows_of
from evaluation.models import Run, RunInput

SCRIPT = Path(__file__).resolve().parents[1] / "reproduction/recompute.py"
ACTIONS = ("agreed", "open", "overdue", "done", "dropped")
MOMENT = (2000, 1, 1, 0, 0, 0)
"""A date that is the same in every package: the same run gives the same bytes."""

type Row = Sequence[Any]


def render_package(run: Run) -> bytes:
    """The package of a finished run as a zip file."""
    result = judged_result(run)
    kept = rows_of(RunInput.objects.get(run=run))
    called = _called(run, result)
    files = {
        "README.txt": _readme(run),
        "recompute.py": SCRIPT.read_text(encoding="utf-8"),
        "variables.csv": _csv(("organisation", "variable", "value"), _variables(result, called)),
        "codebook.csv": _csv(CODEBOOK, _codebook(result)),
        "rounds.csv": _csv(
            ("organisation", "variable", "place", "round", "level"), _rounds(result, called)
        ),
        "figures.csv": _csv(
            ("organisation", "indicator", "period", "figure"), _figures(kept, called)
        ),
        "acts.csv": _csv(("organisation", "indicator", "first_after"), _acts(result, called)),
        "answers.csv": _csv(ANSWERS, _answers(result)),
        "actions.csv": _csv(("organisation", *ACTIONS), _actions(result, called)),
        "settings.json": _json(_settings(run, result)),
        "expected.json": _json(_expected(result)),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, text)
    return target.getvalue()


def _called(run: Run, result: Mapping[str, Any]) -> dict[str, str]:
    """Another name for each organisation, in an order that only this installation can work out:
    who has the package has the hash of the input too, and would else try the names one by one."""
    known = {each["reference"] for each in result["organisations"]}
    known |= {
        name for row in result["improvement"] for who in row["groups"].values() for name in who
    }
    known |= {name for row in result["improvement"] for name in row["acted_from"]}

    def place(reference: str) -> str:
        return salted_hmac(run.input_hash, reference, algorithm="sha256").hexdigest()

    width = len(str(len(known)))
    ordered = sorted(known, key=place)
    return {name: f"O{number:0{width}d}" for number, name in enumerate(ordered, start=1)}


def _csv(header: Sequence[str], rows: Iterable[Row]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(sorted(rows, key=lambda row: [str(cell) for cell in row]))
    return target.getvalue()


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _variables(result: Mapping[str, Any], called: Mapping[str, str]) -> list[Row]:
    return [
        (called[organisation], name, value["value"])
        for name, spec in result["variables"].items()
        for value in spec["values"]
        for organisation in value["organisations"]
    ]


def _rounds(result: Mapping[str, Any], called: Mapping[str, str]) -> list[Row]:
    """What each organisation had in each round, where there is more than one."""
    return [
        (called[organisation], variable, place, name, level)
        for variable, rounds in result.get("by_round", {}).items()
        for place, (name, own) in enumerate(rounds.items())
        for organisation, level in own.items()
        if organisation in called
    ]


CODEBOOK = ("variable", "value", "rank", "kind", "several", "source", "meaning", "meaning_en")


def _codebook(result: Mapping[str, Any]) -> list[Row]:
    return [
        (
            name,
            value["value"],
            int(value["value"]) if spec["kind"] == "count" else rank,
            spec["kind"],
            int(spec["several"]),
            spec["source"],
            spec["meaning"],
            spec["meaning_en"],
        )
        for name, spec in result["variables"].items()
        for rank, value in enumerate(spec["values"])
    ]


def _figures(kept: Mapping[str, Any], called: Mapping[str, str]) -> list[Row]:
    """The figures that the run read; of an organisation that the result doesn't name, none."""
    reference_of = dict(kept["outside"])
    return [
        (called[reference_of[unit]], panel["indicator"], period, value)
        for panel in kept["figures"]
        for unit, row in zip(panel["organisations"], panel["values"], strict=True)
        if reference_of.get(unit) in called
        for period, value in zip(panel["periods"], row, strict=True)
        if value is not None
    ]


def _acts(result: Mapping[str, Any], called: Mapping[str, str]) -> list[Row]:
    return [
        (called[organisation], row["indicator"], start)
        for row in result["improvement"]
        for organisation, start in row["acted_from"].items()
    ]


ANSWERS = ("wave", "statement", "reversed", "count_1", "count_2", "count_3", "count_4", "count_5")


def _shown(result: Mapping[str, Any]) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Statements with their counts, as far as the report may show them."""
    return [
        (wave["name"], f"{item['item']} {item['occasion']}".strip(), item)
        for wave in result["waves"]
        for item in wave["items"]
        if item["counts"] is not None and sum(item["counts"])
    ]


def _answers(result: Mapping[str, Any]) -> list[Row]:
    return [
        (wave, name, int(item["reversed"]), *item["counts"]) for wave, name, item in _shown(result)
    ]


def _actions(result: Mapping[str, Any], called: Mapping[str, str]) -> list[Row]:
    return [
        (called[row["organisation"]], *(row[name] for name in ACTIONS))
        for row in result["follow_up"]["by_organisation"]
        if row["organisation"] in called
    ]


def _settings(run: Run, result: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that was chosen: seed, plan, rules, and the versions that computed."""
    return {
        "programme": run.programme.code,
        "cycle": result["cycle"],
        "seed": result["seed"],
        "resamples": result["resamples"],
        "format": result["format"],
        "input_hash": run.input_hash,
        "versions": run.versions,
        "plan": result["plan"],
        "rules": result["rules"],
        "learning_with_moderate_decision": result["rule"],
        "judgements": result["judgements"],
        "indicators": [
            {
                "code": row["indicator"],
                "better": row["better"],
                "least_change": row["least_change"],
                "unit": row["unit"],
                "periods": row["periods"],
            }
            for row in result["improvement"]
        ],
    }


def _expected(result: Mapping[str, Any]) -> dict[str, Any]:
    """The key tables as the report has them: what the script must find."""
    by_organisation = result["follow_up"]["by_organisation"]
    grouped = result["plan"]["document"]["reference_group"] != "all"
    return {
        "distributions": {
            f"{name} = {value['value']}": len(value["organisations"])
            for name, spec in result["variables"].items()
            for value in spec["values"]
            if value["organisations"]
        },
        "relations": {
            f"{row['outcome']} by {row['condition']}": row["association"]["value"]
            for row in result["relations"]
            if row["association"] and row["association"]["measure"] == "kendall_tau_b"
        },
        **_expected_levels(result),
        "means": {f"{wave}: {name}": item["mean"] for wave, name, item in _shown(result)},
        "actions": {name: sum(row[name] for row in by_organisation) for name in ACTIONS},
        "four": {
            row["indicator"]: {
                name: row[name] for name in ("with_chain", "without_chain", "chain_only", "neither")
            }
            for row in result["improvement"]
        },
        "differences": {
            row["indicator"]: row["difference"]
            for row in result["improvement"]
            if row["difference"] is not None and not grouped
        },
    }


def _expected_levels(result: Mapping[str, Any]) -> dict[str, Any]:
    """Location and spread of the variables, and the differences between rounds, as far as the
    organisations they rest on are in the package."""
    return {
        "levels": {
            f"{name} of {row['variable']}": row[name]["value"]
            for row in result.get("levels", [])
            if row["mean"] and row["variable"] in result["variables"]
            for name in ("mean", "sd")
        },
        "over rounds": {
            row["variable"]: row["value"]
            for row in result.get("differences", [])
            if row["by"] == "rounds"
            and row["measure"] in ("rank_biserial", "ordered_trend")
            and row["n"] == _in_all_rounds(result.get("by_round", {}).get(row["variable"], {}))
        },
    }


def _in_all_rounds(rounds: Mapping[str, Mapping[str, float]]) -> int:
    """How many organisations have a level in every round."""
    return len(set.intersection(*map(set, rounds.values()))) if rounds else 0


def _readme(run: Run) -> str:
    return _(
        "Learning-effect report of %(programme)s: package for reproduction.\n\n"
        "recompute.py computes the key tables anew from the csv files, with pandas alone, and "
        "compares them with expected.json: python recompute.py\n\n"
        "Organisations have other names here. Who knows a figure may still recognise one: "
        "give this package only to who may see the records of the report. What may not be "
        "shown of a small group is not in it.\n\n"
        "codebook.csv says what each value means and its order; settings.json what was chosen "
        "beforehand, with seed and versions.\n"
    ) % {"programme": run.programme.code}
