"""When an item is asked: conditions on earlier answers. Pure; nothing is stored here.

A condition is a tuple of groups; of each group at least one test must hold. An answer that was
left open, or is "not applicable", passes no test of its value.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from surveys.enums import Comparison
from surveys.specs import Conditions, ConditionSpec


class Answered(Protocol):
    """An answer as given.Given has it."""

    @property
    def value(self) -> int | None: ...
    @property
    def not_applicable(self) -> bool: ...
    @property
    def text(self) -> str: ...
    @property
    def number(self) -> Decimal | None: ...
    @property
    def day(self) -> dt.date | None: ...
    @property
    def chosen(self) -> tuple[int, ...]: ...


def read_conditions(stored: Iterable[Iterable[Mapping[str, Any]]]) -> Conditions:
    """Conditions as a version or a file stores them."""
    return tuple(
        tuple(
            ConditionSpec(test["item"], test["test"], tuple(test.get("values", ())))
            for test in group
        )
        for group in stored
    )


def hold(conditions: Conditions, given: Mapping[str, Answered]) -> bool:
    """Do these conditions hold, with these answers by the code of their item?"""
    return all(any(_holds(test, given.get(test.item)) for test in group) for group in conditions)


def _holds(test: ConditionSpec, answer: Answered | None) -> bool:
    if answer is None:
        return test.test == Comparison.IS_OPEN
    if answer.not_applicable:
        return test.test in (Comparison.NOT_APPLICABLE, Comparison.ANSWERED)
    if test.test == Comparison.ANSWERED:
        return True
    if test.test in (Comparison.IS_OPEN, Comparison.NOT_APPLICABLE):
        return False
    return _value_passes(test, answer)


def _value_passes(test: ConditionSpec, answer: Answered) -> bool:
    if answer.chosen:
        picked = {str(value) for value in answer.chosen}
        return bool(picked & set(test.values)) == (test.test == Comparison.IS)
    if test.test in (Comparison.AT_LEAST, Comparison.AT_MOST):
        return _compares(test, answer)
    found = any(_equals(answer, value) for value in test.values)
    return found == (test.test == Comparison.IS)


def _equals(answer: Answered, value: str) -> bool:
    if answer.value is not None:
        return str(answer.value) == value
    if answer.number is not None:
        return answer.number == Decimal(value)
    if answer.day is not None:
        return answer.day.isoformat() == value
    return answer.text == value


def _compares(test: ConditionSpec, answer: Answered) -> bool:
    bound = test.values[0]
    if answer.day is not None:  # dates as text stand in the order of time
        return _within(test.test, answer.day.isoformat(), bound)
    amount = answer.value if answer.value is not None else answer.number
    return amount is not None and _within(test.test, Decimal(amount), Decimal(bound))


def _within(test: str, found: Any, bound: Any) -> bool:
    return found >= bound if test == Comparison.AT_LEAST else found <= bound
