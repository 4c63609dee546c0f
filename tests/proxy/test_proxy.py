"""Our proxy as it is: who is sent where, what nobody outside sees, what is done for who is away.

The web processes here only say who they are; tests/faults/test_rolling_update.py has real ones.
"""

import http.server
import threading

import pytest

from tests.faults.stage import free_port, until
from tests.proxy import caddy

pytestmark = [
    pytest.mark.xdist_group("proxy"),
    pytest.mark.skipif(not caddy.is_there(), reason="needs a caddy as new as ours"),
]
RESPONDENT, FIRST, SECOND = "127.0.0.11", "127.0.0.21", "127.0.0.22"
PATIENCE = 7
"""Seconds: longer than the five for which the proxy leaves out who didn't answer."""
OF_RESPONDENTS = [
    "/s/key/",
    "/s/key/answer/",
    "/s/open/key/",
    "/i/key/interview.ics",
    "/d/key/",
    "/sessions/feedback/key/",
]
OF_OTHERS = [
    "/",
    "/now/",
    "/programmes/a/waves/",
    "/interviews/feed/key.ics",
    "/sessions/",
    "/cms/",
]


class Told(http.server.BaseHTTPRequestHandler):
    """Says who was asked what, and how the proxy put it."""

    def do_GET(self):
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        forwarded = f"{self.headers['X-Forwarded-Proto']} {self.headers['X-Forwarded-For']}"
        words = f"{self.server.server_address[0]} {self.path} {forwarded} {sent.decode()}"
        self.server.asked.append(self.command)
        if self.server.breaks_off:
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(words.encode())

    do_POST = do_GET

    def log_message(self, *words):
        pass


class Pool:
    """A web process of some address; `stop` takes it away."""

    def __init__(self, host, port, *, breaks_off=False):
        self.server = http.server.ThreadingHTTPServer((host, port), Told)
        self.server.asked, self.server.breaks_off = [], breaks_off
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    pools = {"web-survey": [RESPONDENT], "web": [FIRST, SECOND]}
    folder = tmp_path_factory.mktemp("caddy")
    with caddy.Caddy(folder, free_port(), patience=PATIENCE, **pools) as proxy:
        yield proxy


@pytest.fixture
def start(proxy):
    """Starts the web process of an address; all are away again after the test."""
    started = {}

    def start(host, **how):
        started[host] = Pool(host, proxy.upstream, **how)
        return started[host]

    yield start
    for pool in started.values():
        pool.stop()


def answered_by(proxy, path, method="GET", form=None):
    status, page, _headers = proxy.ask(method, path, form)
    assert status == 200, page
    return page.split()[0]


def test_respondents_have_a_pool_of_their_own(proxy, start):
    start(RESPONDENT), start(FIRST)
    assert {answered_by(proxy, path) for path in OF_RESPONDENTS} == {RESPONDENT}
    assert answered_by(proxy, "/s/key/step/", "POST", {"q1": 3}) == RESPONDENT
    assert {answered_by(proxy, path) for path in OF_OTHERS} == {FIRST}


def test_everybody_else_is_spread_over_what_there_is(proxy, start):
    start(FIRST), start(SECOND)
    met = set()
    assert until(lambda: met.add(answered_by(proxy, "/now/")) or len(met) == 2, seconds=15)
    assert met == {FIRST, SECOND}


def test_what_the_visitor_claims_about_himself_is_not_passed_on(proxy, start):
    start(FIRST)
    claims = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"}
    _status, page, _headers = proxy.ask("GET", "/now/", headers=claims)
    assert page.split()[2:4] == ["https", "127.0.0.1"]


@pytest.mark.parametrize("path", ["/metrics", "/health/live/", "/health/ready/"])
def test_what_is_only_for_who_watches_is_not_there(proxy, start, path):
    pools = [start(RESPONDENT), start(FIRST)]
    assert proxy.ask("GET", path)[0] == 404
    assert [pool.server.asked for pool in pools] == [[], []]


def test_respondents_are_answered_by_the_others_while_their_pool_is_away(proxy, start):
    pool = start(FIRST)
    assert {answered_by(proxy, path) for path in OF_RESPONDENTS} == {FIRST}
    assert answered_by(proxy, "/s/key/step/", "POST", {"q1": 3}) == FIRST
    assert pool.server.asked[-1] == "POST"


def test_nobody_else_is_answered_by_respondents_processes(proxy, start):
    """They wait for one of their own, as long as the proxy does."""
    survey, answers = start(RESPONDENT), []
    asking = threading.Thread(target=lambda: answers.append(answered_by(proxy, "/now/")))
    asking.start()
    asking.join(1)
    assert not answers and not survey.server.asked
    start(FIRST)
    asking.join(20)
    assert answers == [FIRST]


def test_a_process_that_is_gone_loses_no_request(proxy, start):
    start(FIRST)
    assert [answered_by(proxy, "/now/", "POST", {"a": n}) for n in range(10)] == [FIRST] * 10


def test_what_may_have_been_done_is_not_asked_twice(proxy, start):
    """A process that died while it worked on a POST: nobody knows, so nobody sends it again."""
    pools = [start(FIRST, breaks_off=True), start(SECOND, breaks_off=True)]
    status, page, _headers = proxy.ask("POST", "/actions/1/notes/", {"text": "once"})
    assert status == 502 and "Benchlearn" in page
    assert sum(len(pool.server.asked) for pool in pools) == 1


def test_while_nothing_answers_a_page_says_so(proxy, start):
    status, page, _headers = proxy.ask("GET", "/s/key/")
    assert status in (502, 503) and "even niet bereikbaar" in page


def test_static_files_come_without_any_process(proxy):
    (proxy.folder / "static" / "site.css").write_text("a {}")
    status, text, headers = proxy.ask("GET", "/static/site.css")
    assert (status, text) == (200, "a {}")
    assert "immutable" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert proxy.ask("GET", "/static/other.css")[0] == 404


def test_no_address_of_a_page_is_in_its_log(proxy, start):
    start(RESPONDENT), start(FIRST)
    for path in (*OF_RESPONDENTS, *OF_OTHERS):
        proxy.ask("GET", path.replace("key", "very-secret"))
    assert "very-secret" not in (proxy.folder / "caddy.log").read_text()
