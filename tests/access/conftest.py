"""One world a module; each cell is tried in a transaction of its own and undone."""

import datetime as dt
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse
from django.utils import timezone

from people.api import asked
from people.domain.tokens import make_token
from people.scopes import known_scopes
from tests.access.table import COLUMNS, api_word, word
from tests.access.world import MAKERS, Visit, World


class Trial:
    """Tries an address as each column and says what came of it."""

    def __init__(self):
        self._handler = ClientHandler(enforce_csrf_checks=False)
        self._handler.load_middleware()  # once, and not with each of ten thousand questions
        self.world = World()
        self._sessions = {column: self._sign_in(column) for column in COLUMNS}
        self._tokens = {column: self._token(column) for column in COLUMNS}
        self._visits = {}
        for address, maker in MAKERS.items():
            self._visits[address] = maker(self.world)

    def _sign_in(self, column):
        client, user = Client(), self.world.users[column]
        if user.is_authenticated:
            client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return client.cookies.output(attrs=[], header="").strip()

    def _token(self, column):
        """A token of this person for everything, or something that is none."""
        user = self.world.users[column]
        if not user.is_authenticated:
            return "benchlearn_guessed"
        scopes = [scope.code for scope in known_scopes()]
        last = timezone.localdate() + dt.timedelta(days=30)
        return make_token(user, name="All", scopes=scopes, expires_on=last)[1]

    def client(self, column=None):
        client = Client(raise_request_exception=False)
        client.handler = self._handler
        client.cookies.load(self._sessions[column] if column else "")
        return client

    def path(self, row):
        """The path of a row with real objects in it, and how it is visited."""
        visit = self._visits.get((row.name, row.case)) or self._visits.get((row.name, ""))
        visit = visit or Visit()
        return reverse(row.name, args=visit.args or None, kwargs=visit.kwargs or None), visit

    def answers(self, row):
        """What each column gets."""
        path, visit = self.path(row)
        if row.is_of_api:
            return {
                column: self.ask_api(column, row.method, path + visit.query) for column in COLUMNS
            }
        return {
            column: self.ask(column, row.method, path + visit.query, visit.data)
            for column in COLUMNS
        }

    def ask_api(self, column, method, path):
        """What one column gets with a token of its own and no cookie."""
        with undone():
            return api_word(self.with_token(column, method, path))

    def with_token(self, column, method, path):
        """The whole answer that one column gets with a token of its own and no cookie."""
        asked.forget()
        client = self.client()
        bearer = {"Authorization": f"Bearer {self._tokens[column]}"}
        return getattr(client, method.lower())(path, headers=bearer)

    def ask(self, column, method, path, data=None):
        """What one column gets, in the words of the table."""
        cache.clear()
        ask = getattr(self.client(column), method.lower())
        with undone():
            try:
                return word(ask(path, data or {}) if method == "POST" else ask(path))
            except Exception as error:  # noqa: BLE001 - one broken page must not hide the others
                return f"crash: {error!r}"

    def page(self, column, path):
        """The page as this column gets it; empty where a file comes instead."""
        cache.clear()
        with undone():
            answer = self.client(column).get(path)
            is_page = answer["Content-Type"].startswith("text/html") and not answer.streaming
            return answer.content if is_page else b""


@contextmanager
def undone():
    """What happens inside never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def trial(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield Trial()
