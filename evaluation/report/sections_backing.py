"""What stands behind a change: chains, support, participants; and who changed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from evaluation.report.claims import indicator_words
from evaluation.report.document import Table
from evaluation.report.reading import NONE, Reading, interval_words, number


def backing_table(rows: list[Mapping[str, Any]]) -> Table:
    """Complete chains, the change of those with support and involvement, and talk afterwards."""
    return Table(
        id="backing",
        title=_("What stands behind the change"),
        header=(
            _("Indicator"),
            _("Organisations with an action carried out"),
            _("Of these from a recorded session on the figure"),
            _("How much more those with support changed (95% interval)"),
            _("How much more those involved changed (95% interval)"),
            _("Of those with an action, talked about a later figure"),
            _("Of those with an action, say in the survey that the benchmark yields something"),
            _("Of those with an action, say so in interviews"),
        ),
        rows=tuple(
            (
                indicator_words(row),
                row["chains"],
                row["complete_chains"],
                _more(row["by_support"]),
                _more(row["by_involvement"]),
                row["read_afterwards"],
                _of(row.get("named_in_survey")),
                _of(row.get("named_in_interviews")),
            )
            for row in rows
        ),
        source=_(
            "A claim is strong only if more than half of the actions came from a recorded session "
            "in which the figure was read, and those with support or involvement did not change "
            "less. The differences hold acting and the figure before fixed; they are no tests. "
            "What participants say afterwards supports a claim and never makes one: in the survey "
            "where their mean on use and change is above the middle, in interviews where one of "
            "these was rated highest or a decision was mentioned."
        ),
        n=max(row["n"] for row in rows),
        has_page=False,
    )


def _of(named: Mapping[str, int] | None) -> str:
    """How many, of those of which it is known."""
    if not named or not named["of"]:
        return NONE
    return _("%(count)d of %(of)d") % named


def _more(found: Mapping[str, Any] | None) -> str:
    if found is None:
        return NONE
    return f"{number(found['difference'])} ({interval_words(found['interval'])})"


def names_table(reading: Reading, rows: list[Mapping[str, Any]]) -> Table | None:
    """Which organisations are in which of the four, for who may see their names."""
    if not reading.names_organisations:
        return None
    return Table(
        id="four_names",
        title=_("Which organisations changed"),
        header=(
            _("Indicator"),
            _("Changed, with an action"),
            _("Changed, without"),
            _("Not changed, with an action"),
            _("Neither"),
        ),
        rows=tuple(
            (
                indicator_words(row),
                *(
                    reading.who(row["groups"][name])
                    for name in ("with_chain", "without_chain", "chain_only", "neither")
                ),
            )
            for row in rows
        ),
        source=_("Only who may see the records of this benchmark sees these names."),
        n=max(row["n"] for row in rows),
        has_page=False,
    )
