"""Asking the API as a programme does: a token in a header, and nothing else."""

import csv
import datetime as dt
import io

from django.test import Client
from django.utils import timezone

from people.domain.tokens import make_token
from people.scopes import known_scopes


def token_for(user, *scopes, days=30):
    """A token of this person; for everything unless scopes are named."""
    wanted = scopes or [scope.code for scope in known_scopes()]
    last_day = timezone.localdate() + dt.timedelta(days=days)
    return make_token(user, name="In R", scopes=wanted, expires_on=last_day)[1]


def ask(token, path, **query):
    """The answer of one operation; `path` is what comes after /api/v1/."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().get(f"/api/v1/{path}", query, headers=headers)


def rows(token, path, **query):
    """The rows of one page of a list."""
    answer = ask(token, path, **query)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def csv_rows(token, path, **query):
    """The same as a file, each row by column."""
    answer = ask(token, path, format="csv", **query)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode())))
