"""What worked is written up, published, taken over by another, and seen as one thread."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.site import ONE

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(("width", "language"), ONE)
def test_from_a_practice_to_its_adoption_and_the_whole_thread(site, person, language, width):
    code = f"praktijk-{width}"
    people, made = site.lay(code, language), site.promise(code)

    def arrives(role):
        somebody = person(width=width, language=language, name=role)
        return somebody.sign_in(people[role])

    # 1. Who kept the promise writes it up.
    ours = arrives("participant-a")
    ours.open(f"/actions/{made['action']}/")
    ours.press_button("a[href*='/practices/new/']").look()
    page = ours.page
    assert page.input_value("[name=title]") == "Eerst bellen"
    page.fill("[name=what]", "Bel voordat er een brief gaat.")
    page.fill("[name=for_whom]", "Wie zich voor het eerst meldt")
    page.fill("[name=costs]", "Twee uur in de week")
    page.check("[name=evidence_result][value=some]")
    ours.press_button("main form[method=post] button[type=submit]").look()
    practice = page.url
    ours.reads("Bel voordat er een brief gaat.")

    # 2. Others don't read a draft; who leads the benchmark publishes it.
    theirs = arrives("participant-b")
    theirs.open(practice, status=404)
    facilitator = arrives("facilitator")
    facilitator.open(practice)
    facilitator.press_button("button[name=to][value=anyone]").look()
    visitor = person(width=width, language=language, name="visitor")
    visitor.open(practice).reads("Twee uur in de week")
    visitor.open("/practices/?q=bel").reads("Eerst bellen")
    visitor.open("/").reads("Eerst bellen")

    # 3. Another organisation adapts it, and says what it changed.
    theirs.open(practice)
    theirs.page.locator("#adoption summary").click()
    theirs.page.select_option("[name=level]", "adapted")
    theirs.press_button("#adoption form button[type=submit]").look()
    theirs.page.fill("[name=changed]", "Bij ons met een berichtje")
    theirs.press_button("#adoption form button[type=submit]").look()
    theirs.reads("Bij ons met een berichtje")
    ours.open(practice)
    assert "Bij ons met een berichtje" not in ours.page.inner_text("main")

    # 4. The whole thread, from the practice and from the figure, as a picture and as a list.
    for who, start in ((ours, f"/thread/figure/{made['figure']}/"), (facilitator, None)):
        if start:
            who.open(start)
        else:
            who.open(practice)
            who.press_button("a[href^='/thread/practice/']").look()
        svg = who.page.locator(".lc-thread-picture svg")
        expect(svg).to_have_attribute("role", "img")
        assert svg.locator(".lc-thread-gap").count() == 0
        assert svg.locator(".lc-thread-box").count() == 7
        for told in ("Twee intakers waren ziek", "Wachten op een brief", "Eerst bellen"):
            who.reads(told)
        assert who.page.locator(".lc-chain > li").count() == 7
    theirs.open(f"/thread/figure/{made['figure']}/", status=404)
    facilitator.page.get_by_role("link", name="Eerst bellen").first.click()
    facilitator.page.wait_for_url(re.compile(r"/actions/\d+/"))
