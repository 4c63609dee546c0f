"""Redis is away, or doesn't answer: people read, sign in and answer as ever, and soon."""

import re
import time

import pytest
import requests

from tests.factories import PASSWORD
from tests.faults.stage import until
from tests.faults.whole import MoodyMailServer, Whole, can_run

pytestmark = [
    pytest.mark.faults,
    pytest.mark.xdist_group("faults"),
    pytest.mark.skipif(not can_run(), reason="needs PostgreSQL and the programs of Redis"),
]
STORY = """
from django.core.management import call_command
from tests import factories as make
call_command("migrate", run_syncdb=True, verbosity=0)
call_command("createcachetable", verbosity=0)
for number in range(5):
    make.UserFactory(email=f"wil{number}@example.org", language="en")
"""
people = (f"wil{number}@example.org" for number in range(5))
SOON = 15.0
"""Seconds that a page may take: some waits of two seconds for what doesn't answer."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    with MoodyMailServer() as server:
        stage = Whole(tmp_path_factory.mktemp("without_redis"), server)
        try:
            stage.python(STORY)
            stage.start("web")
            assert until(stage.is_ready, seconds=180), stage.logs()
            yield stage
        finally:
            stage.stop()


class Person:
    """Somebody with a browser, behind the proxy's TLS."""

    def __init__(self, stage):
        self.address = f"http://127.0.0.1:{stage.port}"
        self.session = requests.Session()
        self.session.headers.update(
            {
                "X-Forwarded-Proto": "https",
                "X-Forwarded-For": "192.0.2.7",
                "Referer": "https://127.0.0.1/",
                "Host": "127.0.0.1",
                "Accept-Language": "en",
            }
        )
        self.cookies = {}

    def ask(self, method, path, **form):
        """The answer, which came soon. Cookies are sent although they are for TLS alone."""
        began = time.monotonic()
        answer = self.session.request(
            method,
            self.address + path,
            data=form or None,
            cookies=self.cookies,
            allow_redirects=False,
            timeout=60,
        )
        self.cookies |= {cookie.name: cookie.value for cookie in answer.cookies}
        assert time.monotonic() - began < SOON, path
        return answer

    def send(self, path, **form):
        page = self.ask("GET", path).text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        return self.ask("POST", path, csrfmiddlewaretoken=token, **form)

    def sign_in(self, email, password):
        return self.send("/account/login/", login=email, password=password)


def go_round(stage):
    """What somebody does who comes, asks for a link by mail, signs in and looks."""
    wil, email = Person(stage), next(people)
    assert wil.ask("GET", "/").status_code == 200
    assert "Look in your mailbox" in wil.send("/account/link/", email=email).text
    assert wil.sign_in(email, "not this one").status_code == 200
    assert wil.sign_in(email, PASSWORD).status_code == 302
    assert wil.ask("GET", "/now/").status_code == 200
    assert wil.ask("GET", "/help/").status_code in (200, 302)


def test_while_it_is_there(stage):
    go_round(stage)


def test_while_it_is_gone(stage):
    stage.redis.kill()
    try:
        go_round(stage)
    finally:
        stage.redis.start()
    go_round(stage)


def test_while_it_does_not_answer(stage):
    stage.redis.pause()
    try:
        go_round(stage)
    finally:
        stage.redis.go_on()
    go_round(stage)
