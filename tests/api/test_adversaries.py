"""Two adversaries who know every number and code: what they are told must be nothing of *here*.

They ask each operation for all there is, and for each programme, organisation, indicator, group,
wave and run, as JSON and as csv. Whoever holds every role here asks the same and finds it all, so
the questions do lead somewhere.
"""

import itertools

import pytest

from benchmarks.models import Figure
from config.api import api
from learningcircles.models import Action
from surveys.models import Wave
from tests import factories as make
from tests.access.conftest import undone
from tests.access.world import World
from tests.access.world import api as known
from tests.api.asking import ask, token_for

pytestmark = pytest.mark.django_db
PREFIX = "/api/v1/"
KEPT = {"figure": "31.4159", "remark": "roofed", "action": "Repaint", "wave": "Springtide"}
CODES = {
    "programme": ["programme-here"],
    "organisation": ["organisation-here", "organisation-neighbour"],
    "indicator": ["waiting"],
}
GROUPS = ["size", "region", "chosen", "best"]
OURS = {"programme": "programme-here", "organisation": "organisation-here", "indicator": "waiting"}


class Here:
    """The world with something of everything *here*, marked so that it is recognised anywhere."""

    def __init__(self):
        self.world = world = World()
        known.our_indicators(world), known.our_actions(world)
        run = known.our_evaluation(world).kwargs["run"]
        self.ids = {"wave": known.our_results(world).kwargs["wave"], "run": run}
        Figure.objects.update(value="31.4159", remark="The town hall was being roofed.")
        Action.objects.update(title="Repaint the counter")
        Wave.objects.update(name="Springtide")
        self.insider = make.UserFactory()
        for role in ("coordinator", "facilitator", "evaluator"):
            programme = world.programmes["here"]
            make.AppointmentFactory(programme=programme, user=self.insider, role=role)

    def everything(self, user):
        """The answers to every question: path, query, status, text."""
        token = token_for(user)
        for path, methods in api.get_openapi_schema()["paths"].items():
            names = [each["name"] for each in methods["get"]["parameters"]]
            address = path.removeprefix(PREFIX).format(**self.ids)
            for query in _queries(names):
                answer = ask(token, address, **query)
                yield address, query, answer.status_code, answer.content.decode()


def _queries(names):
    """Every combination of what is known, and of leaving it out; all as a file; all groups."""
    codes = [name for name in CODES if name in names]
    for chosen in itertools.product(*([None, *CODES[name]] for name in codes)):
        yield {name: value for name, value in zip(codes, chosen, strict=True) if value}
    ours = {name: OURS[name] for name in codes}
    if "format" in names:
        yield from ({"format": "csv"}, ours | {"format": "csv"})
    if "group" in names:
        yield from (ours | {"group": group} for group in GROUPS)


@pytest.fixture(scope="module")
def here(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield Here()


@pytest.fixture(autouse=True)
def patience(settings):
    settings.API_REQUESTS_A_MINUTE = 100_000


def test_who_holds_every_role_here_finds_it_all(here):
    told = "\n".join(text for *_asked, text in here.everything(here.insider))
    assert [name for name, mark in KEPT.items() if mark not in told] == []
    assert here.world.organisations["here"].name in told


@pytest.mark.parametrize("who", ["management_neighbour", "coordinator_elsewhere"])
def test_who_holds_none_finds_nothing(here, who):
    marks = [*KEPT.values(), here.world.organisations["here"].name, "organisation-here,"]
    told = list(here.everything(here.world.users[who]))
    found = [
        (address, query, mark)
        for address, query, _status, text in told
        for mark in marks
        if mark in text
    ]
    assert found == []
    assert {status for *_asked, status, _text in told} <= {200, 404, 422}


@pytest.mark.parametrize("who", ["management_neighbour", "coordinator_elsewhere"])
def test_that_something_is_there_is_not_told_either(here, who):
    """The same words for a wave that is there, one that is still open, and one that never was."""
    token = token_for(here.world.users[who])
    still_open = known.our_open_wave(here.world).kwargs["wave"]
    answers = {
        (answer.status_code, answer.content)
        for number in (here.ids["wave"], still_open, 999_999)
        for answer in [ask(token, f"waves/{number}/results/")]
    }
    runs = {ask(token, f"runs/{n}/evaluation/").content for n in (here.ids["run"], 999_999)}
    assert len(answers) == 1 and len(runs) == 1
