"""`benchlearn follow-up` and `benchlearn import-actions`, as a script uses them."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command

from benchmarks.models import Figure, Indicator, IndicatorDefinition
from learningcircles import evidence
from learningcircles.domain.signals import raise_signal
from learningcircles.models import Action, ActionChange
from tests.learningcircles import factories as meet
from tests.learningcircles.measures.test_survival import SIX_MP, SIX_MP_CENSORED

HEADER = "organisation,title,agreed,due,done,dropped,indicator\n"
START = dt.date(2025, 1, 1)
TODAY = "2025-12-31"
NO_CHAINS = dict.fromkeys(
    ("figure", "reading", "signal", "topic", "action", "done", "practice", "changed"), 0
)


@pytest.fixture
def bring(stage, tmp_path, capsys):
    """Import these rows; `{here}` and `{there}` are the codes of the participants."""

    def import_rows(*rows):
        path = tmp_path / "actions.csv"
        lines = [row.format(here=stage.here.code, there=stage.neighbour.code) for row in rows]
        path.write_text(HEADER + "\n".join(lines) + "\n")
        call_command("import-actions", stage.code, str(path), "--json")
        return json.loads(capsys.readouterr().out)

    return import_rows


@pytest.fixture
def told(stage, capsys):
    def follow_up(*options, today=TODAY):
        call_command("follow-up", stage.code, "--json", "--today", today, *options)
        return json.loads(capsys.readouterr().out)

    return follow_up


def indicator(stage, code="waiting", **values):
    """An indicator with the values of our organisation by period."""
    made = Indicator.objects.create(programme=stage.programme, code=code)
    definition = IndicatorDefinition.objects.create(indicator=made, meaning=code, unit="days")
    for period, value in values.items():
        Figure.objects.create(
            indicator=made,
            definition=definition,
            organisation=stage.here,
            period=period.removeprefix("y"),
            value=value,
        )
    return made


def test_a_programme_without_actions_says_so(told):
    assert told() == {
        "agreed": 0,
        "open": 0,
        "overdue": 0,
        "done": 0,
        "dropped": 0,
        "without_owner": 0,
        "carried_over": 0,
        "median_days_to_done": None,
        "interval": None,
        "chains": NO_CHAINS,
    }


def test_what_is_imported_is_counted_as_it_stood_on_the_day(bring, told):
    assert bring(
        "{here},Done in time,2025-01-01,2025-03-01,2025-01-11,,",
        "{here},Done later,2025-01-01,2025-03-01,2025-06-30,,",
        "{here},Open,2025-01-01,2025-03-01,,,",
        "{there},Dropped,2025-01-01,,,2025-02-01,",
        "{there},Only proposed,,,,,",
    ) == {"actions": 5, "already_there": 0}
    early, late = told(today="2025-02-15"), told()
    assert {name: early[name] for name in ("agreed", "open", "overdue", "done", "dropped")} == {
        "agreed": 4,
        "open": 2,
        "overdue": 0,
        "done": 1,
        "dropped": 1,
    }
    assert (late["open"], late["overdue"], late["done"], late["without_owner"]) == (1, 1, 2, 1)
    assert (early["chains"]["action"], early["chains"]["done"]) == (4, 1)


def test_one_organisation_is_told_by_any_of_its_codes(stage, bring, told):
    stage.neighbour.cbs_code = "0363"
    stage.neighbour.save()
    bring("{here},Ours,2025-01-01,,,,", "0363,Theirs,2025-01-01,,2025-01-05,,")
    for code in ("0363", stage.neighbour.code):
        assert (told("--organisation", code)["agreed"], told("--organisation", code)["done"]) == (
            1,
            1,
        )
    with pytest.raises(CommandError, match="nobody-here"):
        told("--organisation", "nobody-here")


def test_the_median_is_that_of_the_published_remissions(bring, told):
    """Actions that take as long as Freireich's remissions, the censored ones dropped or open."""
    day = lambda n: (START + dt.timedelta(days=n)).isoformat()  # noqa: E731
    done = [f"{{here}},Done {n},{START},,{day(days)},," for n, days in enumerate(SIX_MP)]
    dropped = [
        f"{{here}},Not {n},{START},,,{day(days)}," for n, days in enumerate(SIX_MP_CENSORED[:-1])
    ]
    bring(*done, *dropped, f"{{here}},Open,{START},,,,")
    answer = told(today=day(SIX_MP_CENSORED[-1]))
    assert (answer["median_days_to_done"], answer["interval"]) == (23, [13, None])


def test_the_median_is_not_that_of_what_is_done(bring, told):
    bring(
        "{here},a,2025-01-01,,2025-01-11,,",
        "{here},b,2025-01-01,,2025-01-13,,",
        "{here},c,2025-01-01,,2025-01-15,,",
        "{here},d,2025-01-01,,2025-02-02,,",
        *["{here},still open,2025-01-01,,,,"] * 3,
    )
    assert told()["median_days_to_done"] == 32


def test_a_file_with_an_error_changes_nothing_and_tells_each_row_and_column(bring):
    with pytest.raises(CommandError) as wrong:
        bring(
            "{here},Right,2025-01-01,,,,",
            "nowhere,Wrong place,2025-01-01,,,,",
            "{here},,2025-01-01,,,,",
            "{here},Wrong day,2025-1-1,20250201,2025-02-30,,",
            "{here},No indicator,2025-01-01,,,,unknown",
        )
    said = str(wrong.value)
    for row, column in [
        (3, "organisation"),
        (4, "title"),
        (5, "agreed"),
        (5, "due"),
        (5, "done"),
        (6, "indicator"),
    ]:
        assert any(str(row) in line and column in line for line in said.splitlines()), said
    assert Action.objects.count() == 0
    with pytest.raises(CommandError) as wrong:
        bring(
            "{here},Both,2025-01-01,,2025-01-05,2025-01-06,",
            "{here},Never agreed,,,2025-01-05,,",
            "{here},Too soon,2025-01-05,2025-01-01,,,",
        )
    told = str(wrong.value).splitlines()
    for line, column in zip(told, ["dropped", "agreed", "due"], strict=True):
        assert f" {column}:" in line
    assert Action.objects.count() == 0


def test_the_same_file_twice_changes_nothing_and_another_stand_is_no_silent_change(bring):
    rows = ["{here},Same,2025-01-01,,,,", "{here},Same,2025-01-01,,,,", "{here},Other,,,,,"]
    bring(*rows)
    assert bring(*rows) == {"actions": 0, "already_there": 3}
    assert Action.objects.count() == 3
    with pytest.raises(CommandError, match="2"):
        bring("{here},Same,2025-01-01,,2025-02-01,,", "{here},New,2025-01-01,,,,")
    assert Action.objects.count() == 3


def test_an_imported_action_has_its_history(stage, bring):
    bring("{here},Done,2025-01-01,2025-02-01,2025-03-01,,")
    lines = ActionChange.objects.values_list("at__date", "before", "after")
    assert list(lines) == [
        (dt.date(2025, 1, 1), "", "agreed"),
        (dt.date(2025, 3, 1), "agreed", "done"),
    ]
    (row,) = evidence.actions(stage.programme.pk)
    assert (row.status, row.original_due) == ("done", dt.date(2025, 2, 1))


@pytest.mark.parametrize(
    ("values", "changed"),
    [
        ({"y2023": 40, "y2024": 30}, 1),
        ({"y2024": 40, "y2025": 30}, 1),
        ({"y2024": 40, "y2025": 40}, 0),
        ({"y2024": 40}, 0),
        ({"y2025": 30}, 0),
    ],
    ids=["the years around it", "from the year of agreeing", "the same", "no after", "no before"],
)
def test_a_chain_ends_in_the_same_figure_a_cycle_later(stage, bring, told, values, changed):
    indicator(stage, **values)
    bring(
        "{here},Agreed in 2024,2024-02-01,,2024-09-01,,waiting",
        "{here},Without a figure,2024-02-01,,2024-09-01,,",
        "{there},Of who has no figures,2024-02-01,,2024-09-01,,waiting",
    )
    assert told()["chains"] == {**NO_CHAINS, "action": 3, "done": 3, "changed": changed}


def test_a_chain_starts_where_something_was_said_about_a_figure(stage, told):
    made = indicator(stage, y2024=40, y2025=30)
    figure = made.figures.get(period="2024")
    session = meet.SessionFactory(circle=stage.circle)
    reading = meet.ReadingFactory(session=session, figure=figure)
    signal = meet.SignalFactory(session=session, reading=reading)
    raise_signal(session, by=stage.facilitator, text="Loose")
    topic = meet.TopicFactory(circle=stage.circle, signal=signal, origin="signal")
    meet.TopicFactory(circle=stage.circle)
    meet.ActionFactory(
        programme=stage.programme,
        organisation=stage.here,
        topic=topic,
        agreed_on=dt.date(2025, 2, 1),
        status="done",
        done_on=dt.date(2025, 3, 1),
    )
    links = {"figure": 1, "reading": 1, "signal": 1, "topic": 1, "action": 1, "done": 1}
    assert told()["chains"] == {**NO_CHAINS, **links, "signal": 2, "topic": 2, "changed": 1}
    ours = told("--organisation", stage.here.code)["chains"]
    assert ours == {**NO_CHAINS, **links, "changed": 1}
    assert told("--organisation", stage.neighbour.code)["chains"] == NO_CHAINS


def test_an_action_is_carried_over_when_it_is_still_open_at_the_next_session(stage, told):
    def held(day, **fields):
        start = dt.datetime(2025, *day, 10, tzinfo=dt.UTC)
        return meet.SessionFactory(circle=stage.circle, starts_at=start, state="held", **fields)

    def act(**fields):
        return meet.ActionFactory(
            programme=stage.programme,
            organisation=stage.here,
            agreed_on=dt.date(2025, 2, 3),
            **fields,
        )

    first = held((2, 3))
    act(session=first)
    act(session=first, status="done", done_on=dt.date(2025, 3, 1))
    act()
    assert told()["carried_over"] == 0
    held((4, 1))
    assert told(today="2025-03-31")["carried_over"] == 0
    assert told()["carried_over"] == 1
    meet.SessionFactory(
        circle=None,
        programme=stage.programme,
        organisation=stage.here,
        kind="interpretation",
        state="held",
        starts_at=dt.datetime(2025, 5, 1, 10, tzinfo=dt.UTC),
    )
    assert told()["carried_over"] == 2
