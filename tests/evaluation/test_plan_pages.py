"""The analysis plan as a form, and the page that shows it."""

import pytest
from django.urls import reverse

from evaluation.domain.plans import fix_plan, plan_of, read_plan
from evaluation.models import AnalysisPlan
from tests import factories as make
from tests.evaluation.made import add_indicator, programme_of

pytestmark = pytest.mark.django_db
BASE = {"reference_group": "all", "judged_well_from": "3.5", "family": ["improvement"]}


@pytest.fixture
def programme():
    """Costs have a direction, the number of users has none; no figure is there yet."""
    found = programme_of([[None] * 4] * 3)
    add_indicator(found, "users", "neutral")
    return found


@pytest.fixture
def page(programme, client):
    client.force_login(make.AppointmentFactory(programme=programme, role="evaluator").user)

    def get(name, **query):
        return client.get(reverse(name, args=[programme.code]), query)

    return get


def post(client, programme, **said):
    return client.post(reverse("analysis_plan_new", args=[programme.code]), {**BASE, **said})


def text(response):
    return response.content.decode()


def test_without_a_plan_the_page_shows_the_default_and_says_that_nobody_fixed_it(page):
    shown = text(page("analysis_plan"))
    assert "Niemand heeft voor deze ronde een plan vastgelegd" in shown
    assert "costs" in shown


def test_a_plan_that_is_filled_in_is_the_plan_that_a_file_would_be(page, programme, client):
    assert page("analysis_plan_new").status_code == 200
    answer = post(
        client,
        programme,
        title="Wat we bekijken",
        questions="Daalden de kosten?\n\n Waarom? ",
        use_0="on",
        least_0="2.5",
        use_1="on",
        better_1="lower",
        conditions=["support_level"],
        outcomes=["social_learning_level"],
    )
    assert answer.status_code == 302
    plan = AnalysisPlan.objects.get()
    assert (plan.version, plan.afterwards) == (1, False)
    assert plan.fixed_by is not None
    from_file = read_plan(
        'title = "Wat we bekijken"\nquestions = ["Daalden de kosten?", "Waarom?"]\n'
        'family = ["improvement"]\nconditions = ["support_level"]\n'
        'outcomes = ["social_learning_level"]\n'
        '[[indicator]]\ncode = "costs"\nleast_change = 2.5\n'
        '[[indicator]]\ncode = "users"\nbetter = "lower"'
    )
    assert fix_plan(plan.cycle, from_file) == plan
    shown = text(page("analysis_plan"))
    assert "Waarom?" in shown
    assert "2,5" in shown
    assert "voordat de cijfers er waren" in shown


def test_another_version_leaves_the_first_to_be_read(page, programme, client):
    post(client, programme, title="Eerste", use_0="on")
    post(client, programme, title="Tweede", use_0="on")
    post(client, programme, title="Tweede", use_0="on")
    assert AnalysisPlan.objects.count() == 2
    assert "Tweede" in text(page("analysis_plan"))
    first = text(page("analysis_plan", version="1"))
    assert "Eerste" in first
    assert page("analysis_plan", version="9").status_code == 404


def test_when_figures_are_there_the_form_says_so_and_the_plan_is_marked(client):
    programme = programme_of([[1, 2, 3, 4]] * 3, acted=[0])
    client.force_login(make.AppointmentFactory(programme=programme, role="coordinator").user)
    form = text(client.get(reverse("analysis_plan_new", args=[programme.code])))
    assert "Er zijn al cijfers" in form
    post(client, programme, use_0="on")
    assert AnalysisPlan.objects.get().afterwards
    assert "Achteraf gemaakt" in text(client.get(reverse("analysis_plan", args=[programme.code])))


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"use_1": "on"},
        {"use_0": "on", "least_0": "-1"},
        {"use_0": "on", "family": []},
        {"use_0": "on", "judged_well_from": "9"},
        {"use_0": "on", "reference_group": "friends"},
    ],
    ids=["no indicator", "no direction", "negative", "nothing tested", "beyond 5", "no such group"],
)
def test_what_can_not_be_a_plan_is_said_at_its_field(page, programme, client, said):
    answer = post(client, programme, **said)
    assert answer.status_code == 200
    assert "bl-error-summary" in text(answer)
    assert not AnalysisPlan.objects.exists()


def test_each_round_has_a_plan_of_its_own(page, programme, client):
    older = programme.cycles.get()
    newer = make.CycleFactory(
        programme=programme, name="2030", starts_on="2030-01-01", ends_on="2030-12-31"
    )
    address = reverse("analysis_plan_new", args=[programme.code])
    client.post(f"{address}?cycle={older.pk}", {**BASE, "title": "Van toen", "use_0": "on"})
    assert AnalysisPlan.objects.get().cycle == older
    assert plan_of(programme, newer).version is None
    assert "Van toen" in text(page("analysis_plan", cycle=older.pk))
    assert "Van toen" not in text(page("analysis_plan"))
    elsewhere = make.CycleFactory()
    assert page("analysis_plan", cycle=elsewhere.pk).status_code == 404
