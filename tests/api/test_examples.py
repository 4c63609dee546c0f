"""The examples of docs/api.md do what they say, against the product itself."""

import json
import re
import shlex
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from django.conf import settings
from django.test import Client
from requests.adapters import BaseAdapter

from benchmarks.models import Programme
from surveys.domain.waves import close_wave
from tests import factories as make
from tests.access.world.evaluation import finished_run
from tests.api.asking import csv_rows, token_for
from tests.benchmarks_room.figures import figure, indicator_of, participants
from tests.surveys import stories

pytestmark = pytest.mark.django_db
BASE = "https://benchlearn.example.org"
FENCE = re.compile(r"^```([\w-]+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples():
    """Language -> its example."""
    return dict(FENCE.findall((settings.ROOT / "docs" / "api.md").read_text()))


class Product(BaseAdapter):
    """What `requests` sends goes to the product, without a network."""

    def __init__(self, asked):
        super().__init__()
        self.asked = asked

    def send(self, request, **kwargs):
        self.asked.append(request.url)
        assert request.url.startswith(f"{BASE}/api/v1/")
        # A client without cookies: a token is all that counts.
        told = Client().get(request.path_url, headers={**request.headers})
        answer = requests.Response()
        answer.status_code, answer._content, answer.url = (
            told.status_code,
            told.content,
            request.url,
        )
        answer.headers.update(told.headers)
        return answer

    def close(self):
        pass


@pytest.fixture
def programme(settings):
    """One with the code that the examples name."""
    settings.BASE_URL = BASE
    cycle = make.CycleFactory(programme__code="wait")
    (town,) = participants(cycle, 1, code="town")
    indicator = indicator_of(cycle.programme)
    for year in range(3):
        figure(indicator, town, str(2018 + year), 30 - year)
    return cycle.programme


@pytest.fixture
def token(programme):
    return token_for(make.AppointmentFactory(programme=programme, role="evaluator").user)


def get(token, address):
    return Client().get(address, headers={"Authorization": f"Bearer {token}"})


def test_python(token, monkeypatch):
    asked = []
    monkeypatch.setattr(requests.Session, "get_adapter", lambda self, url: Product(asked))
    monkeypatch.setenv("BENCHLEARN_TOKEN", token)
    # A page of two rows: the example has to go on to the next one by itself.
    code = examples()["python"].replace('"limit": 5000', '"limit": 2')
    run = finished_run(Programme.objects.get())
    code = code.replace("runs/7/", f"runs/{run.pk}/")
    done = {}
    exec(compile(code, "docs/api.md", "exec"), done)
    assert list(done["figures"]["period"]) == [2018, 2019, 2020]
    assert done["evaluation"]["programme"] == "wait"
    assert len(asked) == 3 and "after=" in asked[1]


def test_curl(token):
    words = shlex.split(examples()["sh"].replace("\\\n", " "))
    (header,) = [words[at + 1] for at, word in enumerate(words) if word == "-H"]
    assert header == "Authorization: Bearer $BENCHLEARN_TOKEN"
    (address,) = [word for word in words if word.startswith(BASE)]
    answer = get(token, address.removeprefix(BASE))
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/csv")
    assert answer.text.count("\n") == 4


def test_r(token, programme):
    """What the example asks for, as its function writes it."""
    wave = stories.opened_wave((5,), cycle=programme.cycles.get())
    for link in stories.tokens_of(wave):
        stories.answer_all(link)
    close_wave(wave, by=None, on=stories.TODAY)
    code = examples()["r"].replace("waves/12/", f"waves/{wave.pk}/")
    assert f'base <- "{BASE}/api/v1"' in code and 'iterate_with_link_url(rel = "next")' in code
    asked = re.findall(r'<- benchlearn\("([\w/]+)"(?:, (\w+) = "(\w+)")?\)', code)
    assert [path for path, _name, _value in asked] == ["figures", f"waves/{wave.pk}/results"]
    for path, name, value in asked:
        rows = csv_rows(token, f"{path}/", limit=5000, **({name: value} if name else {}))
        assert len(rows) >= 3


def test_power_bi(token):
    """Page after page, as the example does it."""
    code = examples()["powerquery-m"]
    path = re.search(r'RelativePath = "([^"]+)"', code).group(1)
    query = dict(re.findall(r'(\w+) = "([^"]+)"', re.search(r"Query = \[(.*?)\]", code).group(1)))
    assert query == {"programme": "wait", "limit": "5000"}
    assert 'Text.AfterDelimiter(page[next], "after=")' in code and "page[items]" not in code
    query, told = {**query, "limit": "2"}, []
    after = "0"
    while after:
        headers = {"Authorization": f"Bearer {token}"}
        answer = Client().get(f"/{path}", query | {"after": after}, headers=headers)
        page = json.loads(answer.content)
        told += [row["period"] for row in page["items"]]
        after = dict(parse_qsl(urlsplit(page["next"] or "").query)).get("after")
    assert told == ["2018", "2019", "2020"]


def test_every_example_is_tried():
    assert set(examples()) == {"sh", "r", "python", "powerquery-m"}
