"""A browser, the whole product running, and people who sign in to it.

Every page that a person opens is watched: an error in its console (a violation of the content
security policy is one) fails the journey, and `look` holds the page to WCAG 2.2 AA with axe.
A journey that fails leaves a picture of each open page in var/journeys/.
"""

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.factories import PASSWORD
from tests.journeys.site import Site

PICTURES = Path(__file__).resolve().parents[2] / "var" / "journeys"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    }
}
HEIGHTS = {320: 568, 390: 844, 1280: 900}


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    setattr(item, f"report_{call.when}", outcome.get_result())


@pytest.fixture(scope="package")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site"))
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture(scope="package")
def browser():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


COVERED = """line => {
  const over = document.querySelector(line).getBoundingClientRect();
  const here = document.activeElement.closest("label, button, textarea, a, summary");
  const focused = here.getBoundingClientRect();
  return focused.bottom > over.top && focused.top < over.bottom;
}"""


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, site, browser, *, width, language, name="", host="127.0.0.1"):
        self.site, self.name, self.problems = site, name, []
        self.context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            locale={"nl": "nl-NL", "en": "en-GB"}[language],
            base_url=site.url.replace("127.0.0.1", host),
            timezone_id="Europe/Amsterdam",
        )
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _hear(self, message):
        expected = ("the server responded with a status of 4", "net::ERR_INTERNET_DISCONNECTED")
        if message.type == "error" and not any(text in message.text for text in expected):
            self.problems.append(f"{self.page.url}: {message.text}")

    def sign_in(self, address):
        self.page.goto("/account/login/")
        self.page.fill("[name=login]", address)
        self.page.fill("[name=password]", PASSWORD)
        self.press_button("form[action$='/login/'] button[type=submit]")
        self.page.wait_for_url("**/now/")
        self.look()
        return self

    def holds_a_key(self):
        """This browser has an authenticator that knows its owner, as a telephone or laptop has."""
        devtools = self.context.new_cdp_session(self.page)
        devtools.send("WebAuthn.enable")
        kind = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
        knows = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
        made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": kind | knows})
        return devtools, made["authenticatorId"]

    def open(self, path, *, status=200):
        """Go somewhere, and look at it."""
        answer = self.page.goto(path)
        assert answer.status == status, f"{path}: {answer.status}"
        self.look()
        return self

    def press_button(self, selector):
        """Press a button and wait for the page that it leads to."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        return self

    def look(self):
        """The page stands: nothing sticks out, nothing is against WCAG 2.2 AA."""
        self.page.wait_for_load_state()
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px wider than the screen"
        found = Axe().run(self.page, options=WCAG).response["violations"]
        told = [
            f"{each['id']}: {each['help']}: {[node['html'][:160] for node in each['nodes'][:3]]}"
            for each in found
        ]
        assert told == [], f"{self.page.url}\n" + "\n".join(told)
        return self

    def keeps_the_focus_clear_of(self, line, key, *, times):
        """However often a key is pressed, what has the focus isn't under this line."""
        for _time in range(times):
            self.page.keyboard.press(key)
            assert not self.page.evaluate(COVERED, line), f"{self.page.url}: {key}"
        return self

    def reads(self, text):
        """This stands on the page."""
        assert text in self.page.inner_text("body"), f"{text!r} is not on {self.page.url}"
        return self


@pytest.fixture
def person(site, browser, request):
    """Give somebody a browser: `person(width=390, language="nl")`."""
    there = []

    def arrive(**how):
        there.append(Person(site, browser, **how))
        return there[-1]

    yield arrive
    report = getattr(request.node, "report_call", None)
    if report is not None and report.failed:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for number, one in enumerate(each for each in there if not each.page.is_closed()):
            name = f"{request.node.name}-{number}-{one.name}".replace("/", "-")
            one.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    problems = [problem for one in there for problem in one.problems]
    for one in there:
        one.context.close()
    assert problems == [], "\n".join(problems)
