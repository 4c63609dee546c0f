"""The report of one programme in numbers. Imports scipy: only for workers and commands."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from benchmarks.models import Cycle
from evaluation.domain.registry import variables_of
from evaluation.domain.shapes import (
    checked_table_as_json,
    difference_as_json,
    record_as_json,
)
from evaluation.domain.variables import Observation, Variable, observe_all
from evaluation.findings.backing import MUCH, Talk, talk_of
from evaluation.findings.claims import findings_of
from evaluation.findings.family_tests import Tested, tests_of
from evaluation.findings.follow_up import follow_up
from evaluation.findings.framework import compared_rounds
from evaluation.findings.inputs import FORMAT, Inputs
from evaluation.findings.levels import uses_of_knowledge
from evaluation.findings.naming import counted, named_in_interviews
from evaluation.findings.panels import first_acts
from evaluation.findings.parts import one_after_another
from evaluation.findings.quality_mark import quality_mark
from evaluation.findings.relations import LEVEL, SEEN_FROM, verdicts
from evaluation.findings.risks import risks
from evaluation.findings.rounding import Spread
from evaluation.findings.standing import by_round, standing_of, surveyed
from evaluation.measures.association import FEWEST_UNITS
from evaluation.measures.resampling import RESAMPLES, SEED
from surveys.evidence import ItemResultRow

LIBRARIES = ("scipy", "numpy", "altair", "vl-convert-python", "weasyprint", "xlsxwriter")


def library_versions() -> dict[str, str]:
    """The versions of what computed and drew the report."""
    return {name: version(name) for name in LIBRARIES}


def no_step(percent: int) -> None:
    """Nobody waits for a sign of life."""


def compute_report(
    inputs: Inputs,
    *,
    seed: int = SEED,
    step: Callable[[int], None] = no_step,
    spread: Spread = one_after_another,
) -> dict[str, Any]:
    """Everything the report says, in numbers and codes; the words follow from it by rules.

    `spread` has indicators, relations and arrows computed, here or by several workers: the result
    is the same.
    """
    ground = inputs.ground
    variables, standing = variables_of(ground), standing_of(inputs)
    tests = tests_of(
        inputs,
        variables,
        standing,
        _talk(inputs, variables),
        seed=seed,
        resamples=RESAMPLES,
        step=step,
        spread=spread,
    )
    return {
        "format": FORMAT,
        "seed": seed,
        "resamples": RESAMPLES,
        "cycle": _cycle(ground.cycle),
        "organisations": [
            {"reference": p.reference, "name": p.organisation} for p in ground.participants
        ],
        "rule": ground.learning_with_moderate,
        "rules": {"seen_from": SEEN_FROM, "level": LEVEL, "few": FEWEST_UNITS - 1},
        "variables": {
            name: _distribution(variable, observe_all(variable, ground))
            for name, variable in variables.items()
        },
        "plan": asdict(inputs.plan),
        **_tested(inputs, tests),
        "uses": uses_of_knowledge(inputs, variables),
        "rounds": compared_rounds(inputs, standing),
        "by_round": by_round(inputs, standing),
        **surveyed(inputs, standing),
        **_recorded(inputs),
    }


def _tested(inputs: Inputs, tests: Tested) -> dict[str, Any]:
    """What was computed by resampling, and the findings that follow."""
    return {
        "relations": tests.relations,
        "improvement": tests.improvement,
        "framework": tests.arrows,
        "partial": tests.partial,
        "levels": tests.levels,
        "differences": tests.differences,
        "findings": findings_of(
            tests.relations, tests.improvement, tests.arrows, tests.differences, tests.partial
        ),
        "verdicts": verdicts(tests.relations),
        "not_comparable": {each.indicator: each.not_comparable for each in inputs.panels},
    }


def _recorded(inputs: Inputs) -> dict[str, Any]:
    """What was answered, said and done, counted."""
    return {
        "waves": _waves(inputs, inputs.reference_of),
        "naming": _naming(inputs),
        "quality_mark": quality_mark(inputs),
        "risks": risks(inputs),
        "follow_up": follow_up(
            inputs.sessions,
            inputs.attendances,
            inputs.signals,
            inputs.actions,
            inputs.reference_of,
            inputs.today,
        ),
        "check": {
            "tables": [checked_table_as_json(checked) for checked in inputs.checked],
            "differences": [
                difference_as_json(each)
                for checked in inputs.checked
                for each in checked.differences
            ],
        },
    }


def _cycle(cycle: Cycle) -> dict[str, str]:
    return {
        "name": cycle.name,
        "starts_on": cycle.starts_on.isoformat(),
        "ends_on": cycle.ends_on.isoformat(),
    }


def _naming(inputs: Inputs) -> dict[str, Any]:
    """Of all who acted on any figure, how many say that the benchmark yields something."""
    indicator_of = {figure: place.indicator_id for figure, place in inputs.figures_told.items()}
    acts = first_acts(inputs.actions, indicator_of)
    planned = {panel.indicator_id for panel in inputs.panels}
    acted = sorted({who for on, first in acts.items() if on in planned for who in first})
    return {
        "in_survey": counted(inputs.named_in_survey, acted),
        "in_interviews": counted(named_in_interviews(inputs.ground), acted),
    }


def _talk(inputs: Inputs, variables: Mapping[str, Variable]) -> Talk:
    """What was talked about, and who stood behind taking part."""
    return talk_of(
        inputs.sessions,
        inputs.readings,
        inputs.signals,
        inputs.figures_told,
        supported=_flags(inputs, variables, "support_level", MUCH),
        involved=_flags(inputs, variables, "involved", frozenset({"yes"})),
        named_in_survey=inputs.named_in_survey,
        named_in_interviews=named_in_interviews(inputs.ground),
    )


def _flags(
    inputs: Inputs, variables: Mapping[str, Variable], name: str, yes: frozenset[str]
) -> dict[int, bool]:
    """Of each organisation of which the variable is known, whether it has one of these values."""
    if name not in variables:
        return {}
    seen = observe_all(variables[name], inputs.ground)
    return {
        each.organisation_id: bool(set(values) & yes)
        for each in inputs.ground.participants
        if (values := seen[each.reference].values)
    }


def _distribution(variable: Variable, seen: Mapping[str, Observation]) -> dict[str, Any]:
    """Who has which value of a variable, and the records behind it."""
    values = variable.values or tuple(
        sorted({value for each in seen.values() for value in each.values}, key=int)
    )
    return {
        "kind": variable.kind,
        "several": variable.several,
        "source": variable.source,
        "dimension": variable.dimension,
        "meaning": variable.meaning,
        "meaning_en": variable.meaning_en,
        "values": [
            {
                "value": value,
                "organisations": [ref for ref, each in seen.items() if value in each.values],
            }
            for value in values
        ],
        "missing": [reference for reference, each in seen.items() if not each.values],
        "n": sum(bool(each.values) for each in seen.values()),
        "records": {
            reference: [record_as_json(record) for record in each.records]
            for reference, each in seen.items()
        },
    }


def _waves(inputs: Inputs, reference_of: Mapping[int, str]) -> list[dict[str, Any]]:
    """Response and results of each wave, as they may be shown: too few is None."""
    return [
        {
            "name": wave.name,
            "state": wave.state,
            "invited": wave.invited,
            "submitted": wave.submitted,
            "by_organisation": [
                {
                    "organisation": reference_of.get(row.organisation_id, "?"),
                    "invited": row.invited,
                    "submitted": row.submitted,
                }
                for row in inputs.responses
                if row.wave_id == wave.id
            ],
            "items": [_item(row) for row in inputs.items if row.wave_id == wave.id],
        }
        for wave in inputs.waves
    ]


def _item(row: ItemResultRow) -> dict[str, Any]:
    return {
        "item": row.item,
        "construct": row.construct,
        "occasion": row.occasion,
        "reversed": row.reversed,
        "text_nl": row.text_nl,
        "text_en": row.text_en,
        "n": row.n,
        "counts": list(row.counts) if row.counts else None,
        "not_applicable": row.not_applicable,
        "mean": round(row.mean, 4) if row.mean is not None else None,
    }
