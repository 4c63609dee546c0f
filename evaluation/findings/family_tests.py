"""Everything that is computed by resampling, and the one correction over the family of the plan.
Imports scipy: for workers and commands."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from evaluation.domain.variables import Variable
from evaluation.findings.backing import Talk
from evaluation.findings.differences import (
    difference_payload,
    graded_differences,
    tested_differences,
)
from evaluation.findings.family import DIFFERENCES, HELD, IMPROVEMENT, OUTSIDE, RELATIONS
from evaluation.findings.framework import (
    arrow_payloads,
    framework,
    graded,
    own_tests,
    with_strengths,
)
from evaluation.findings.held import corrected_partials, partial_payload, tested_partials
from evaluation.findings.improvement import payloads_of
from evaluation.findings.improvement_rows import graded_rows, tested
from evaluation.findings.inputs import Inputs
from evaluation.findings.levels import levels_payload
from evaluation.findings.relations import correct, related, relation_payloads, relations
from evaluation.findings.rounding import Payload, Spread
from evaluation.findings.standing import Standing
from evaluation.measures.correction import holm

type Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Tested:
    """What a report says of figures, relations, the framework, levels and differences."""

    relations: Rows
    improvement: Rows
    arrows: Rows
    levels: Rows
    differences: Rows
    partial: Rows


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be computed, kind by kind."""

    indicators: list[Payload]
    tables: Rows
    between: list[Payload]
    drawn: Rows
    arrows: list[Payload]
    others: list[Payload]

    @property
    def payloads(self) -> list[Payload]:
        """All of it; the heavy ones first."""
        return [*self.indicators, *self.between, *self.arrows, *self.others]


def tests_of(
    inputs: Inputs,
    variables: Mapping[str, Variable],
    standing: Standing,
    talk: Talk,
    *,
    seed: int,
    resamples: int,
    step: Callable[[int], None],
    spread: Spread,
) -> Tested:
    """All of it, corrected together as far as the plan's family has it."""
    asked = _asked(inputs, variables, standing, talk, seed=seed, resamples=resamples)
    done = iter(spread(asked.payloads, step))
    judged = list(islice(done, len(asked.indicators)))
    found = related(asked.tables, islice(done, len(asked.between)))
    arrows = with_strengths(asked.drawn, islice(done, len(asked.arrows)), found)
    return _corrected(inputs, judged, found, arrows, done)


def _asked(
    inputs: Inputs,
    variables: Mapping[str, Variable],
    standing: Standing,
    talk: Talk,
    *,
    seed: int,
    resamples: int,
) -> _Asked:
    document = inputs.plan.document
    tables = relations(
        inputs.ground, variables, conditions=document["conditions"], outcomes=document["outcomes"]
    )
    drawn = framework(standing, tables)
    return _Asked(
        indicators=payloads_of(
            inputs.panels,
            inputs.actions,
            inputs.groups,
            talk,
            taking_part=frozenset(standing.organisations),
            against_outside=document["reference_group"] == OUTSIDE,
            seed=seed,
            resamples=resamples,
        ),
        tables=tables,
        between=relation_payloads(tables, seed=seed),
        drawn=drawn,
        arrows=arrow_payloads(drawn, seed=seed),
        others=[
            levels_payload(inputs, variables, standing, seed=seed),
            difference_payload(inputs, standing, seed=seed),
            partial_payload(standing, drawn, seed=seed, tested=HELD in document["family"]),
        ],
    )


def _corrected(
    inputs: Inputs, judged: Rows, found: Rows, arrows: Rows, done: Iterator[dict[str, Any]]
) -> Tested:
    """Each with its p corrected for all tests of the family, whatever kind they are of."""
    levels, differences, partial = (
        next(done)[name] for name in ("levels", "differences", "partial")
    )
    family = inputs.plan.document["family"]
    tests = _Family(
        {
            IMPROVEMENT: tested(judged) if IMPROVEMENT in family else [],
            RELATIONS: [row["association"]["p"] for row in found if row["association"]]
            if RELATIONS in family
            else [],
            ARROWS: own_tests(arrows) if RELATIONS in family else [],
            DIFFERENCES: tested_differences(differences) if DIFFERENCES in family else [],
            HELD: tested_partials(partial) if HELD in family else [],
        }
    )
    in_family = RELATIONS in family
    correct(found, tests.but(RELATIONS), in_family=in_family)
    improved = graded_rows(
        judged,
        inputs.reference_of,
        in_family=IMPROVEMENT in family,
        others=tests.but(IMPROVEMENT),
    )
    return Tested(
        relations=found,
        improvement=improved,
        arrows=graded(arrows, found, tests.but(ARROWS), in_family=in_family),
        levels=levels,
        differences=graded_differences(differences, tests.corrected(DIFFERENCES)),
        partial=corrected_partials(partial, tests.corrected(HELD)),
    )


ARROWS = "arrows"
"""Arrows of the framework that are no relation of the plan; they are of its family."""


@dataclass(frozen=True, slots=True)
class _Family:
    """The p-values of the family, by kind."""

    tests: Mapping[str, Sequence[float]]

    def but(self, kind: str) -> list[float]:
        """Those of all other kinds."""
        return [p for name, own in self.tests.items() if name != kind for p in own]

    def corrected(self, kind: str) -> list[float]:
        """Those of one kind, corrected for all."""
        own = self.tests[kind]
        return holm([*own, *self.but(kind)])[: len(own)]
