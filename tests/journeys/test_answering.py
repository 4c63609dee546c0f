"""Somebody answers on a small telephone and a bad line: what only a browser can show.

How much comes over the line, what a screen reader says, keys, text twice as large, forced colours,
and no connection at all. Pages, language and storing have stories in tests/surveys.
"""

import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from tests.faults.stage import until

pytestmark = pytest.mark.journey

FIRST_PAGE, NEXT_PAGE = 60_000, 15_000
ROW = [
    'group "Statement 2 of 9 : This is s2."',
    'radio "strongly disagree"',
    'radio "disagree"',
    'radio "neutral"',
    'radio "agree"',
    'radio "strongly agree"',
]


@pytest.fixture(scope="package")
def links(site):
    site.lay("vragen", "en")
    return site.ask("vragen")


def test_a_bad_line(links, person):
    phone = person(width=320, language="en", name="line")
    page, loaded = phone.page, Loaded(phone.page)
    phone.open(links["line"])
    assert loaded.new_bytes() < FIRST_PAGE
    page.click("main a.bl-button")
    phone.look()
    assert loaded.new_bytes() < NEXT_PAGE
    # What was answered without a connection waits on the device, also when the tab is closed.
    phone.context.set_offline(True)
    choose(page, "s2", "4")
    page.wait_for_selector(".survey-saved--trouble")
    address = page.url
    # Sealed, and under a name that doesn't lead to the link.
    assert until(lambda: page.evaluate("localStorage.length") == 1, seconds=10)
    kept = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    assert "s2=4" not in kept and links["line"].split("/")[-2] not in kept
    page.close()
    phone.context.set_offline(False)
    page = phone.page = phone.context.new_page()
    page.goto(address)
    # The policy of the page lets nothing evaluate a text in it: ask from outside, again and again.
    assert until(lambda: page.evaluate("localStorage.length") == 0, seconds=30)
    page.reload()
    assert page.is_checked("input[name=s2][value='4']")
    # What an earlier version of the script left open is taken over, and nothing of it stays.
    left = [f"benchlearn:{urlsplit(links['line']).path}answer/", '{"s2":"item=s2&s2=5"}']
    page.evaluate("left => localStorage.setItem(...left)", left)
    page.reload()
    assert until(lambda: page.evaluate("localStorage.length") == 0, seconds=30)
    page.reload()
    assert page.is_checked("input[name=s2][value='5']")
    # "Next" waits for the connection, and then goes on by itself.
    choose(page, "needed", "na")
    phone.context.set_offline(True)
    for code in ("s3", "s4", "s5", "s6", "s7", "s8", "s9"):
        choose(page, code, "2")
    page.click("main button[value=next]")
    page.wait_for_selector(".survey-saved--trouble")
    assert page.url == address
    # Of an answer that changes, the older one goes at once, also when the newer isn't sealed yet.
    waits = "Object.keys(localStorage).filter(name => name.endsWith(':s9')).length"
    assert until(lambda: page.evaluate(waits) == 1, seconds=10)
    page.evaluate("() => { crypto.subtle.encrypt = () => new Promise(() => {}); }")
    choose(page, "s9", "3")
    assert page.evaluate(waits) == 0
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException(); }; }")
    page.evaluate("() => { delete crypto.subtle.encrypt; }")
    choose(page, "s8", "3")
    told = page.locator("[data-saved]")
    assert until(lambda: told.inner_text() == told.get_attribute("data-open"), seconds=40)
    phone.context.set_offline(False)
    page.wait_for_url("**/2/")
    assert phone.look().page.locator("h1").inner_text() == "Sheet"
    # The other language takes along what was typed and not saved yet.
    page.fill("[name=hours]", "7")
    page.click("button[name=language]")
    page.wait_for_selector("html[lang=nl]", state="attached")
    assert page.input_value("[name=hours]") == "7"


def test_keys_a_screen_reader_large_text_and_forced_colours(links, person):
    phone = person(width=320, language="en", name="keys")
    page = phone.page
    page.goto(f"{links['keys']}1/")
    assert said_of(page.locator("fieldset[data-asks=s2]")) == ROW
    page.focus("input[name=needed]")
    for key, chosen in (("4", "4"), ("ArrowRight", "5"), ("n", "na"), ("2", "2")):
        page.keyboard.press(key)
        assert page.locator("input[name=needed]:checked").get_attribute("value") == chosen
    expect(page.locator("[data-saved]")).to_have_text("Saved")
    phone.keeps_the_focus_clear_of("[data-saved]", "Tab", times=7)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    chosen, other = (colour_of(page, f"input[name=needed][value='{v}']") for v in (2, 3))
    assert chosen != other
    moving = "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e)"
    assert page.evaluate(f"{moving}.transitionDuration) > 0.01).length") == 0
    page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    phone.look()


def test_without_a_script(links, browser, site):
    context = browser.new_context(java_script_enabled=False, locale="en-GB", base_url=site.url)
    page = context.new_page()
    page.goto(links["plain"])
    page.click("main a.bl-button")
    choose(page, "needed", "na")
    page.click("main button[value=next]")
    page.click("button[value=leave]")
    page.fill("[name=hours]", "4")
    page.click("main button[value=next]")
    page.click("button[value=leave]")
    assert "Not applicable" in page.inner_text("main")
    page.click("button[value=submit]")
    assert page.url.endswith("/thanks/")
    context.close()


@pytest.mark.parametrize(
    ("name", "promise"),
    [("hidden", "Under a pseudonym:"), ("known", "By name:")],
)
def test_under_a_pseudonym_and_by_name_from_start_to_thanks(links, person, name, promise):
    phone = person(width=390, language="en", name=name)
    page = phone.open(links[name]).page
    assert promise in page.inner_text("main")
    page.click("main a.bl-button")
    choose(page, "needed", "4")
    phone.press_button("main button[value=next]").look()
    phone.press_button("button[value=leave]").look()
    page.fill("[name=hours]", "4")
    phone.press_button("main button[value=next]")
    phone.press_button("button[value=leave]").look()
    phone.press_button("button[value=submit]").look()
    assert page.url.endswith("/thanks/")
    phone.open(links[name])
    assert page.url.endswith("/thanks/")


def choose(page, code, value):
    page.check(f"input[name={code}][value='{value}']", force=True)


def said_of(row):
    """The roles and names of a row, as the accessibility tree has them."""
    lines = [line.strip(" -':") for line in row.aria_snapshot().splitlines()]
    return [line for line in lines if not line.startswith("text")]


def colour_of(page, selector):
    """The background of the answer that this button is of."""
    of = "button => getComputedStyle(button.closest('label')).backgroundColor"
    return page.locator(selector).evaluate(of)


class Loaded:
    """Everything that a page fetches, in bytes as production sends it: static files compressed
    (here they come as they are), pages as they are compressed by the product itself."""

    def __init__(self, page):
        self.seen, self.new = set(), 0
        page.on("requestfinished", self._hear)

    def _hear(self, request):
        path = urlsplit(request.url).path
        if path in self.seen:
            return
        if path.startswith("/static/"):
            self.seen.add(path)
            self.new += len(compressed(path.removeprefix("/static/")))
        else:
            self.new += request.sizes()["responseBodySize"]

    def new_bytes(self):
        """What came since the last time this was asked; the headers of a dozen answers added."""
        found, self.new = self.new, 0
        return found


def compressed(name):
    """A static file as WhiteNoise's storage keeps it: what is packed already stays as it is."""
    raw = Path(finders.find(name)).read_bytes()
    return raw if re.search(r"\.(woff2|png|ico)$", name) else gzip.compress(raw)
