"""Levels, and differences between groups and rounds, in a run and its report."""

import datetime as dt
import json

import jsonschema
import pytest
from django.utils.translation import override

from benchmarks.models import Involvement
from evaluation.api import Evaluation
from evaluation.domain.plans import fix_plan, read_plan
from evaluation.findings.differences import large_groups
from evaluation.findings.inputs import read_inputs
from evaluation.report.as_json import evaluation_as_json
from evaluation.report.build import build_document
from evaluation.report.reading import Reading
from learningcircles.models import Action
from surveys.evidence import ConstructRow
from surveys.models import Codebook, CodedVariable, Coding
from tests import factories as make
from tests.architecture.source import ROOT
from tests.evaluation.results import result_of

pytestmark = pytest.mark.django_db
LARGE, SMALL = "100000_250000", "under_20000"
ROUNDS = ("2021", "2022", "2023")
WHOLE = 'family = ["improvement", "relations", "differences", "held"]'


def joined(cycle, organisation, level, involved):
    """Support at 0 (moderate), 1 (sufficient) or 2 (much); involvement where it is told."""
    participation = make.ParticipationFactory(
        cycle=cycle,
        organisation=organisation,
        decided_by="contact" if level else "manager",
        others_consulted="yes" if level else "no",
        contact_consulted="yes" if level else "no",
        motive="learning" if level == 2 else "comparing",
    )
    if involved:
        Involvement.objects.create(
            participation=participation, phase="indicators", involved=involved
        )


def programme_of_rounds():
    """Six large organisations, whose support rises from moderate to much, six small ones, where it
    stays moderate, and one of a size of its own. The large ones are involved from the third round
    on, the small ones are before."""
    programme = make.ProgrammeFactory(minimum_organisations=3)
    cycles = [
        make.CycleFactory(
            programme=programme,
            name=year,
            starts_on=dt.date(int(year), 1, 1),
            ends_on=dt.date(int(year), 12, 31),
        )
        for year in ROUNDS
    ]
    sizes = [LARGE] * 6 + [SMALL] * 6 + ["over_250000"] * 3
    for place, size in enumerate(sizes):
        organisation = make.OrganisationFactory(size_class=size)
        for number, cycle in enumerate(cycles):
            if place >= 12 and number < 2:
                continue
            involved = "" if number == 0 else "yes" if place >= 6 or number == 2 else "no"
            joined(cycle, organisation, number if place < 6 else 0, involved)
            done(cycle, organisation, place)
    return programme


def done(cycle, organisation, place):
    """The large ones carry one out, of the small ones only the first."""
    carried = place <= 6
    Action.objects.create(
        programme=cycle.programme,
        cycle=cycle,
        organisation=organisation,
        title="Something",
        status="done" if carried else "agreed",
        agreed_on=cycle.starts_on,
        done_on=cycle.starts_on + dt.timedelta(days=9) if carried else None,
    )


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The programme with the result under a plan that tests everything, and without a plan."""
    with django_db_blocker.unblock():
        programme = programme_of_rounds()
        last = programme.cycles.get(name="2023")
        organisations = list(
            last.participations.order_by("pk").values_list("organisation_id", flat=True)
        )
        with pytest.MonkeyPatch.context() as patch:
            for each in ("framework", "levels", "held", "differences"):
                patch.setattr(f"evaluation.findings.{each}.RESAMPLES", 499)
            patch.setattr(
                "surveys.evidence.results", lambda key: ([], surveyed(organisations, last.pk))
            )
            plain = result_of(programme)
            fix_plan(last, read_plan(WHOLE))
            result = result_of(programme)
            earlier = read_inputs(programme, today=dt.date(2026, 6, 1), cycle_name="2022")
            assert earlier.constructs == []  # asked in the last round only
        yield programme, result, plain
        programme.delete()


def surveyed(organisations, cycle):
    """A construct in two waves: all rise by one but the last, and the later ones start higher. And
    what two roles say in the second wave."""
    said = [
        (wave, "organisation", str(organisation), 2 + place / 10 + (number and place < 11))
        for number, wave in enumerate(("Spring", "Autumn"))
        for place, organisation in enumerate(organisations[:12])
    ]
    roles = [("Autumn", "role", "participant", 3.5), ("Autumn", "role", "management", 2.5)]
    return [
        ConstructRow(
            wave_id=("Spring", "Autumn").index(wave),
            wave=wave,
            cycle_id=cycle,
            construct="themes",
            label_nl="de juiste thema's",
            label_en="the right themes",
            statements="a/ b/",
            breakdown=breakdown,
            group=group,
            n=7,
            mean=mean,
        )
        for wave, breakdown, group, mean in [*said, *roles]
    ]


def row(result, name):
    [found] = [each for each in result["differences"] if each["id"] == name]
    return found


def level(result, name):
    [found] = [each for each in result["levels"] if each["variable"] == name]
    return found


# --- By hand ------------------------------------------------------------------------------------


def test_a_level_has_its_shares_its_place_and_its_spread(told):
    """Nine at 0 and six at 2: mean 0.8, sd sqrt(14.4 / 14), the median from the 4th to the 12th."""
    found = level(told[1], "support_level")
    assert [(each["value"], each["count"]) for each in found["shares"]] == [
        ("moderate", 9),
        ("sufficient", 0),
        ("much", 6),
    ]
    assert found["mean"]["value"] == pytest.approx(0.8)
    assert found["sd"]["value"] == pytest.approx((14.4 / 14) ** 0.5, abs=1e-5)
    assert found["median"] == {"value": 0.0, "interval": [0.0, 2.0]}
    low, high = found["mean"]["interval"]
    assert (0.8 - low) == pytest.approx(2.144787 * (14.4 / 14 / 15) ** 0.5, abs=1e-4)
    assert low < 0.8 < high
    assert level(told[1], "construct:themes")["n"] == 12


def test_between_two_groups_it_is_cliffs_delta_and_between_more_a_share(told):
    """In the survey five small ones stand above all large ones; the sixth above one, beside one and
    below four: (-30 - 1 + 4) / 36. Of support there is a third group, with as few as a group may
    have: then it is epsilon squared, and all that differs lies between the groups."""
    found = row(told[1], "construct-themes-by-size_class")
    assert [each["group"] for each in found["groups"]] == [LARGE, SMALL]
    assert (found["measure"], found["value"]) == ("cliffs_delta", -0.75)
    found = row(told[1], "support_level-by-size_class")
    assert (found["measure"], found["n"]) == ("epsilon_squared", 15)
    assert found["value"] == pytest.approx(1)
    assert found["p"] == 1 / 500
    assert [each["n"] for each in found["groups"]] == [6, 3, 6]
    assert found["groups"][1]["mean"] is None  # five or fewer
    assert found["groups"][0]["mean"]["value"] == 2


def test_from_two_rounds_it_is_the_signed_ranks_of_the_same_organisations(told):
    """Six went from no to yes, none back: 2 of 64 patterns of signs. In the survey eleven rose."""
    found = row(told[1], "involved-by-rounds")
    assert [each["group"] for each in found["groups"]] == ["2022", "2023"]
    assert (found["measure"], found["value"], found["n"]) == ("rank_biserial", 1, 12)
    assert found["p"] == 2 / 64
    assert row(told[1], "construct-themes-by-rounds")["p"] == pytest.approx(2 / 2**11, abs=1e-6)


def test_of_three_rounds_the_order_counts_and_whether_any_stands_out(told):
    """Six rose step by step, six stayed: half of the units have the order, 1, the others 0. W is
    the squares of column sums over units times squares within: 72 / (12 * 12)."""
    trend, any_round = (row(told[1], f"support_level-by-rounds{end}") for end in ("", "-any"))
    assert (trend["measure"], trend["value"], trend["n"]) == ("ordered_trend", 0.5, 12)
    assert (any_round["measure"], any_round["value"]) == ("kendalls_w", 0.5)
    assert trend["interval"][0] > 0
    assert trend["p"] == pytest.approx(1 / 500)


def test_an_arrow_is_held_to_what_another_condition_shares_with_it(told):
    [found] = [
        each
        for each in told[1]["partial"]
        if (each["from"], each["to"], each["held"]) == ("support_level", "follow_up", "involved")
    ]
    assert found["whole"] > found["value"] > 0.5
    assert found["interval"][0] <= found["value"] <= found["interval"][1]
    assert found["p"] is None  # those who are alike in involvement are alike in support


def test_of_those_spoken_with_it_is_counted_how_they_use_the_knowledge():
    """Six of seven were spoken with; three use it to decide, one of them in negotiation too. Wilson
    by hand for 3 of 6: centre 0.5, half 1.96 / (6 + 3.8415) * sqrt(6 / 4 + 3.8415 / 4)."""
    cycle = make.CycleFactory()
    book = Codebook.objects.create(programme=cycle.programme)
    values = ["instrumental", "conceptual", "strategic"]
    used = CodedVariable.objects.create(
        codebook=book, code="use_of_knowledge", level="nominal", several=True, values=values
    )
    said = [["instrumental", "strategic"], *[["instrumental"]] * 2, *[["conceptual"]] * 3, []]
    for own in said:
        organisation = make.ParticipationFactory(cycle=cycle).organisation
        Coding.objects.bulk_create(
            Coding(variable=used, cycle=cycle, organisation=organisation, coder="a", value=value)
            for value in own
        )
    result = result_of(cycle.programme)
    found = {each["value"]: each for each in result["uses"]}
    assert [found[each]["count"] for each in values] == [3, 3, 1]
    assert {each["n"] for each in found.values()} == {6}
    half = 1.959964 / (6 + 3.841459) * (6 / 4 + 3.841459 / 4) ** 0.5
    assert found["instrumental"]["interval"] == pytest.approx([0.5 - half, 0.5 + half], abs=1e-5)
    with override("en"):
        table = build_document(cycle.programme, result).tables["uses"]
    assert table.rows[0][:3] == ("Led to a decision (instrumental)", 3, 6)


# --- The family ---------------------------------------------------------------------------------


def test_what_the_plan_tests_is_corrected_with_all_other_tests_and_graded(told):
    _programme, result, plain = told
    tested = [row["p"] for row in result["differences"] if row["p"] is not None]
    tested += [row["p"] for row in result["partial"] if row["p"] is not None]
    tested += [row["p"] for row in result["framework"] if row["p"] is not None]
    tested += [row["p"] for row in result["improvement"] if row["p"] is not None]
    smallest = min(tested)
    first = next(r for r in result["differences"] if r["p"] == smallest)
    assert first["p_adjusted"] == pytest.approx(smallest * len(tested), rel=1e-4)
    kinds = {each["id"]: each["grade"] for each in result["findings"]}
    assert kinds["difference-support_level-by-size_class"] == first["grade"]
    assert {"plausible", "unsupported"} >= {
        each["grade"] for each in result["findings"] if each["kind"] == "difference"
    }
    arrows = {(a["from"], a["to"]): a["p_adjusted"] for a in plain["framework"]}
    for each in result["framework"]:
        if each["p_adjusted"] is not None and each["p_adjusted"] < 1:
            assert each["p_adjusted"] > arrows[each["from"], each["to"]]


def test_what_it_does_not_test_has_a_size_and_an_interval_and_no_p(told):
    _programme, result, plain = told
    for planned, free in zip(result["differences"], plain["differences"], strict=True):
        assert (free["value"], free["interval"]) == (planned["value"], planned["interval"])
        assert free["p"] is free["p_adjusted"] is None
        assert free["grade"] == "unsupported"
    assert not [each for each in plain["findings"] if each["kind"] == "difference"]
    assert {each["p"] for each in plain["partial"]} == {None}


# --- Small groups -------------------------------------------------------------------------------


def test_a_group_of_too_few_is_left_out_and_another_with_it():
    """Two of five: without the smallest of the others a total would give the two away."""
    groups = {"a": [1.0] * 6, "b": [2.0] * 4, "c": [3.0] * 2, "": [4.0]}
    assert list(large_groups(groups, 3)) == ["a", "b"]
    del groups[""]
    assert list(large_groups(groups, 3)) == ["a"]
    assert large_groups({"a": [1.0], "b": [1.0]}, 3) == {}


def test_of_five_organisations_there_are_counts_and_nothing_else():
    cycle = make.CycleFactory()
    for place in range(5):
        organisation = make.OrganisationFactory(size_class=LARGE if place < 3 else SMALL)
        joined(cycle, organisation, place % 3, "yes")
    result = result_of(cycle.programme)
    found = level(result, "support_level")
    assert [each["count"] for each in found["shares"]] == [2, 2, 1]
    statistics = ("mean", "median", "sd", "iqr", "lowest", "highest")
    assert {found[name] for name in statistics} == {None}
    assert {each["interval"] for each in found["shares"]} == {None}
    assert result["differences"] == []  # two of a size are too few to be a group
    with override("en"):
        document = build_document(cycle.programme, result)
    assert "levels" not in [part.id for part in document.sections]


# --- The report ---------------------------------------------------------------------------------


def test_every_reader_sees_what_fits_and_who_sees_no_names_no_single_organisation(told):
    programme, result, _plain = told
    with override("en"):
        whole = build_document(programme, result)
        nameless = build_document(programme, result, names_organisations=False)
        participants = build_document(programme, result, reader="participants")
        council = build_document(programme, result, reader="council")
    assert {"levels", "shares", "by_group", "over_rounds", "by_respondent", "held"} <= set(
        whole.tables
    )
    assert whole.tables["levels"].header[-1] == "Highest"
    assert nameless.tables["levels"].header[-1] != "Highest"
    assert "levels" in participants.tables
    assert not {"by_group", "over_rounds", "held"} & set(participants.tables)
    firm = [each for each in result["findings"] if each["grade"] == "plausible"]
    assert any("difference" in each["kind"] for each in firm)
    assert any("It is plausible that support differs by size class." in e for e in council.answer)
    rows = {(each[0], each[2]): each[3:] for each in whole.tables["by_respondent"].rows}
    assert rows["The right themes", "management"] == (7, "2.50")


def test_the_json_has_them_and_keeps_to_its_schema(told):
    programme, result, _plain = told
    schema = json.loads((ROOT / "docs/evaluation.schema.json").read_text())
    with override("nl"):
        found = evaluation_as_json(programme, Reading(result, is_study=False))
    jsonschema.validate(found, schema)
    assert Evaluation.model_validate(found)  # what the API gives
    kept = {each["what"]: each for each in found["levels"]}
    assert kept["de juiste thema's"]["n"] == 12
    assert {each["by"] for each in found["differences"]} == {"size_class", "rounds"}
    assert len(found["held"]) == len(result["partial"])
