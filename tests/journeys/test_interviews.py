"""An interview from choosing a time on a telephone to a report without a name, with a keyboard, a
lost connection, and axe on each page."""

import json

import pytest

from tests.faults.stage import until
from tests.journeys.site import ONE

pytestmark = pytest.mark.journey
NO_ROOM = """() => {
    window.kept = Storage.prototype.setItem;
    Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""


@pytest.mark.parametrize(("width", "language"), ONE)
def test_an_interview_is_booked_held_and_reported(site, person, language, width):
    world = json.loads(site.run("-m", "tests.journeys.interviews", language))
    phone = person(width=width, language=language, name="respondent")
    book(phone, world)
    holder = person(width=width, language=language, name="interviewer").sign_in(
        world["interviewer"]
    )
    hold(holder)
    files = report(holder)
    withdraw(phone, world)
    holder.open(files)
    assert holder.page.locator("input[type=file]").count() == 0
    assert holder.page.locator("main a[download]").count() == 0
    coordinator = person(width=width, language=language, name="coordinator")
    coordinator.sign_in(world["coordinator"])
    for page in ("", "sample/", "flow/", "calendar/", "approach/", "change/"):
        coordinator.open(world["round"] + page)


def book(phone, world):
    """With the keyboard alone: a time is a radio button, and Enter books it."""
    page = phone.page
    phone.open(world["link"])
    page.locator("input[name=starts]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    phone.look()
    page.click("a[href='?move=1']")
    phone.look()
    page.locator("input[name=starts]").nth(4).check(force=True)
    phone.press_button("form.survey-form button[type=submit]").look()
    phone.open(world["other_link"])
    for summary in page.locator("summary").all():
        summary.click()
    phone.look()


def hold(holder):
    """Notes are saved as typed, and wait on the device while there is no connection."""
    page = holder.page
    holder.open("/interviews/hours/").open("/interviews/")
    page.locator("main .bl-list a").first.click()
    holder.look()
    holder.press_button("main form[action$='/begin/'] button").look()
    notes = page.locator("form[data-note] textarea")
    notes.first.fill("Anna leert graag, zegt ze.")
    page.wait_for_selector("[data-saved].bl-status--good")
    page.locator("form[data-note] input[type=checkbox]").first.check()
    assert page.inner_text("[data-covered]") == "1"
    notes.last.focus()
    holder.keeps_the_focus_clear_of(".bl-talk__line", "Shift+Tab", times=notes.count())
    holder.context.set_offline(True)
    notes.nth(1).fill("Zonder lijn.")
    page.wait_for_selector("[data-saved].bl-status--attention")
    assert page.evaluate("localStorage.length") > 0
    holder.look()
    holder.context.set_offline(False)
    assert until(lambda: page.evaluate("localStorage.length") == 0, seconds=30)
    page.reload()
    assert page.locator("form[data-note] textarea").nth(1).input_value() == "Zonder lijn."
    assert page.locator("form[data-note] input[type=checkbox]").first.is_checked()
    keep_sealed(page)


def keep_sealed(page):
    """What waits on the device can't be read on it, comes back after the tab was closed, and stands
    below what was changed elsewhere meanwhile."""
    note = page.locator("form[data-note] textarea").nth(1)
    sent = (
        page.locator("form[data-note]")
        .nth(1)
        .evaluate("form => [form.action, Object.fromEntries(new FormData(form))]")
    )
    page.route("**/topics/*/", lambda route: route.abort("internetdisconnected"))
    note.fill("Zonder lijn. Ook na het sluiten.")
    page.wait_for_selector("[data-saved].bl-status--attention")
    kept = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    assert "talk:" in kept and "lijn" not in kept and "sluiten" not in kept
    page.reload()
    assert until(lambda: note.input_value() == "Zonder lijn. Ook na het sluiten.", seconds=10)
    page.context.request.post(sent[0], form={**sent[1], "text": "Elders getypt."})
    page.reload()
    both = "Elders getypt.\n\nZonder lijn. Ook na het sluiten."
    assert until(lambda: note.input_value() == both, seconds=10)
    page.evaluate(NO_ROOM)
    note.press_sequentially(" ")
    told = page.locator("[data-saved]")
    assert until(lambda: told.inner_text() == told.get_attribute("data-open"), seconds=10)
    page.evaluate("() => { Storage.prototype.setItem = window.kept; }")
    page.unroute("**/topics/*/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    assert until(lambda: page.evaluate("localStorage.length") == 0, seconds=30)
    page.reload()
    assert note.input_value().strip() == both


def report(holder):
    """A name is found, replaced everywhere, and then the report can be released."""
    page = holder.page
    holder.open(page.url.split("#")[0] + "files/")
    page.set_input_files(
        "input[type=file]", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"}
    )
    holder.press_button("main form[enctype] button[type=submit]").look()
    holder.open(page.url.removesuffix("files/"))
    holder.press_button("main form[action$='/end/'] button").look()
    page.fill("#name-name", "Anna")
    page.fill("#name-pseudonym", "collega")
    holder.press_button("#replace ~ form button, section[aria-labelledby=replace] button").look()
    assert "[collega] leert graag" in page.input_value("[name=body]")
    page.fill("[name=body]", "[collega] leert graag.")
    holder.press_button("main form.bl-form--wide button[type=submit]")
    holder.press_button("form[action$='/release/'] button").look()
    holder.reads("[collega] leert graag.")
    return page.url.removesuffix("report/") + "files/"


def withdraw(phone, world):
    """Whoever was talked to sees what is kept, and has it removed."""
    page = phone.page
    phone.open(world["link"])
    page.click("a[href$='/consent/']")
    phone.look()
    phone.press_button("main form button[type=submit]").look()
    page.check("#sure")
    phone.press_button("main form button[type=submit]").look()
    assert page.locator("main form").count() == 0
