"""Every operation, asked anything: never an error of ours, always what its document promises.

The application is called in this process, and what is sent is the same in every run. Once with
anything that a parameter may be, once with what it may not be, and once with what is there.
"""

from contextlib import contextmanager

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from config.api import api
from config.wsgi import application
from people.api import asked
from tests import factories as make
from tests.access.conftest import undone
from tests.access.world import World
from tests.access.world import api as known
from tests.api.asking import token_for

pytestmark = pytest.mark.django_db
PATHS = list(api.get_openapi_schema()["paths"])
EXAMPLES = 12
ROLES = ("coordinator", "facilitator", "evaluator")
HERE = {"programme": "programme-here", "organisation": "organisation-here", "indicator": "waiting"}
CONFIG = {"generation": {"deterministic": True, "no-shrink": True}}


class There:
    """A programme with something of everything in it, and a token of who holds each role there."""

    def __init__(self):
        world = World()
        user = make.UserFactory()
        for role in ROLES:
            make.AppointmentFactory(programme=world.programmes["here"], user=user, role=role)
        known.our_indicators(world), known.our_actions(world)
        self.ids = {
            **known.our_results(world).kwargs,
            **known.our_evaluation(world).kwargs,
        }
        self.headers = {"Authorization": f"Bearer {token_for(user)}"}
        config = SchemathesisConfig.from_dict(CONFIG)
        self.schema = schemathesis.openapi.from_wsgi(
            "/api/v1/openapi.json", application, config=config
        )

    def cases(self, path):
        """What to ask: anything, nothing that may be, and what is there."""
        operation = self.schema[path]["GET"]
        names = {each.name: each.location for each in operation.iter_parameters()}
        query = {name: HERE[name] for name in names if name in HERE}
        ids = {name: self.ids[name] for name in names if name in self.ids}
        there = operation.as_strategy(path_parameters=ids or None, query=query or None)
        if not names:
            return there
        anything = operation.as_strategy()
        wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
        return st.one_of(there, anything, wrong)


@contextmanager
def connection_kept():
    """An application closes its connection after a request, and with it this test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def there(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone(), connection_kept():
        yield There()


@pytest.mark.parametrize("path", PATHS)
def test_it_answers_as_its_document_says(path, there, settings):
    settings.API_REQUESTS_A_MINUTE = 10_000
    statuses = set()

    @hypothesis.settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=there.cases(path))
    def ask(case):
        asked.forget()
        answer = case.call_and_validate(headers=there.headers)
        statuses.add(answer.status_code)

    ask()
    assert 200 in statuses
