"""Who took part, what they answered, and what they did with it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluation.report.document import Block, Figure, Figures, Paragraph, Section, Table, section
from evaluation.report.pictures import perception_chart
from evaluation.report.reading import NONE, Reading, number, share_words, statement
from evaluation.report.tables import variable_table


def participation(reading: Reading) -> Section | None:
    """Who took part, and how many answered the perception survey."""
    waves = reading.result["waves"]
    figures = [
        Figure(
            str(reading.n),
            _("organisations took part"),
            _("round %(name)s") % {"name": reading.period},
        )
    ]
    figures += [
        Figure(
            _("%(submitted)s of %(invited)d")
            % {"submitted": _few(wave["submitted"]), "invited": wave["invited"]},
            _("responded"),
            wave["name"],
        )
        for wave in waves
    ]
    blocks: list[Block | None] = [Figures(tuple(figures))]
    if not waves:
        blocks.append(
            Paragraph(
                _(
                    "No perception survey was held in this programme: what people themselves say "
                    "of it isn't in this report."
                ),
                "muted",
            )
        )
    blocks += [_response_table(reading, index) for index in range(len(waves))]
    blocks.append(variable_table(reading, "motive"))
    return section("participation", _("Who took part and who answered"), blocks)


def _few(count: int | None) -> str:
    return _("too few") if count is None else str(count)


def _response_table(reading: Reading, index: int) -> Table | None:
    wave = reading.result["waves"][index]
    if not wave["by_organisation"] or not reading.names_organisations:
        return None
    return Table(
        id=f"response-{index + 1}",
        title=_("Response by organisation, %(wave)s") % {"wave": wave["name"]},
        header=(_("Organisation"), _("Invited"), _("Responded")),
        rows=tuple(
            (
                reading.names.get(row["organisation"], row["organisation"]),
                row["invited"],
                _few(row["submitted"]),
            )
            for row in wave["by_organisation"]
        ),
        source=_(
            "Invitations and responses of the wave. Where a small group could be traced, "
            "its number is left out."
        ),
        n=wave["submitted"],
    )


def perception(reading: Reading) -> Section | None:
    """What people said in the newest closed wave."""
    closed = [wave for wave in reading.result["waves"] if wave["items"]]
    if not closed:
        return None
    wave = closed[-1]
    return section(
        "perception",
        _("What people say of it: %(wave)s") % {"wave": wave["name"]},
        [perception_chart(wave), _perception_table(wave)],
    )


def _perception_table(wave: dict[str, Any]) -> Table:
    return Table(
        id="perception",
        title=_("Answers to the statements"),
        header=(
            _("Statement"),
            "n",
            pgettext("answer", "Disagree"),
            pgettext("answer", "Neutral"),
            pgettext("answer", "Agree"),
            _("Not applicable"),
            _("Mean (1-5)"),
        ),
        rows=tuple(_item_row(item) for item in wave["items"]),
        source=_(
            "Answers of all respondents together, as counts. Disagree and agree take the two "
            "outer answers on each side together. Nothing is shown of too small a group. The "
            "mean is turned around for a statement worded the other way."
        ),
        n=wave["submitted"],
    )


def _item_row(item: dict[str, Any]) -> tuple[Any, ...]:
    if item["counts"] is None:
        return (statement(item), _("too few"), NONE, NONE, NONE, NONE, NONE)
    low, lower, middle, higher, high = item["counts"]
    return (
        statement(item),
        item["n"],
        low + lower,
        middle,
        higher + high,
        NONE if item["not_applicable"] is None else item["not_applicable"],
        number(item["mean"]),
    )


def follow_up(reading: Reading) -> Section | None:
    """What became of it: sessions, signals, actions."""
    told = reading.result["follow_up"]
    actions = told["actions"]
    if not actions["agreed"] and not told["sessions"]:
        nothing = Paragraph(
            _(
                "No sessions and no actions are recorded in Benchlearn. What the organisations did "
                "with the results can't be said here; that isn't to say that they did nothing."
            ),
            "muted",
        )
        return section("follow-up", _("Follow-up: what was done with it?"), [nothing])
    figures = Figures(
        (
            Figure(
                str(told["sessions"].get("held", 0)),
                _("sessions held"),
                _("%(n)d signals") % {"n": told["signals"]},
            ),
            Figure(
                str(actions["agreed"]),
                _("actions agreed"),
                _("%(n)d proposals besides") % {"n": actions["proposed"]},
            ),
            Figure(
                str(actions["done"]), _("done"), _("of %(n)d agreed") % {"n": actions["agreed"]}
            ),
            Figure(
                str(actions["overdue"]), _("overdue"), _("of %(n)d open") % {"n": actions["open"]}
            ),
        )
    )
    return section(
        "follow-up",
        _("Follow-up: what was done with it?"),
        [
            figures,
            _chain_table(actions),
            _links_table(told),
            _time_table(told),
            _actions_table(reading),
        ],
    )


def _chain_table(actions: dict[str, int]) -> Table:
    """How far back the thread can be followed."""
    return Table(
        id="thread",
        title=_("Where the agreed actions came from"),
        header=(_("What is recorded"), _("Actions")),
        rows=(
            (_("Agreed in a session"), actions["from_session"]),
            (_("Rests on a signal"), actions["from_signal"]),
            (_("Goes back to a figure"), actions["from_figure"]),
            (_("Has an owner"), actions["with_owner"]),
            (_("Has a date"), actions["with_date"]),
        ),
        source=_("The actions of the programme and the records that they point at."),
        n=actions["agreed"],
    )


def _links_table(told: dict[str, Any]) -> Table | None:
    """How far the chains reach, link by link."""
    rows = told.get("links")
    if not rows or not rows[0]["of_all"]["n"]:
        return None
    names = {
        "agreed": _("Agreed"),
        "figure": _("and goes back to a figure"),
        "talked": _("and was agreed in or after talk about it"),
        "promised": _("and has an owner and a date"),
        "done": _("and was carried out"),
    }
    return Table(
        id="links",
        title=_("How far the chains reach"),
        header=(
            _("Link"),
            _("Actions"),
            _("Of all that were agreed (95% interval)"),
            _("Of the link before (95% interval)"),
        ),
        rows=tuple(
            (
                names[row["link"]],
                row["of_all"]["count"],
                share_words(row["of_all"]),
                share_words(row["of_previous"]),
            )
            for row in rows
        ),
        source=_("Each line counts the actions that are in the line before it, too."),
        n=rows[0]["of_all"]["n"],
        has_page=False,
    )


def _time_table(told: dict[str, Any]) -> Table | None:
    """How long it takes until an action is done, with the open ones counted as long as they ran."""
    found = told.get("time_to_done")
    if not found or not found["done"]:
        return None
    low, high = found["median_interval"] or (None, None)
    half = _("%(days)d days") % {"days": found["median"]} if found["median"] is not None else NONE
    between = f"{NONE if low is None else low}–{NONE if high is None else high}"
    rows = [(_("Until half of them is done"), half, between if found["median_interval"] else NONE)]
    for each in found["open_after"]:
        label = _("Still open after %(days)d days") % {"days": each["days"]}
        interval = "–".join(number(100 * end, 0) for end in each["interval"] or ())
        share = f"{number(100 * each['share'], 0)}%"
        rows.append((label, share, f"{interval}%" if interval else NONE))
    return Table(
        id="time_to_done",
        title=_("Time until an action is done"),
        header=(_("Measure"), _("Value"), _("95% interval")),
        rows=tuple(rows),
        source=_(
            "Product-limit estimate (Kaplan and Meier) over agreed actions; what is open counts as "
            "long as it ran, until %(day)s."
        )
        % {"day": found["until"]},
        n=found["n"],
        has_page=False,
    )


def _actions_table(reading: Reading) -> Table | None:
    rows = reading.result["follow_up"]["by_organisation"]
    if not rows or not reading.names_organisations:
        return None
    return Table(
        id="actions",
        title=_("Actions by organisation"),
        header=(_("Organisation"), _("Agreed"), _("Open"), _("Overdue"), _("Done"), _("Dropped")),
        rows=tuple(
            (
                reading.names.get(row["organisation"], row["organisation"]),
                row["agreed"],
                row["open"],
                row["overdue"],
                row["done"],
                row["dropped"],
            )
            for row in rows
        ),
        source=_("The actions of the programme as they stood on %(date)s.")
        % {"date": reading.result["follow_up"]["as_of"]},
        n=reading.result["follow_up"]["actions"]["agreed"],
    )
