"""The report as a file of its own: its charts can be asked, by mouse, touch and keyboard."""

import pytest
from django.utils.translation import override
from playwright.sync_api import expect

from benchmarks.models import Programme
from evaluation.report.document import Chart, Document, Section, Table
from evaluation.report.plots import Mark, Piece, Plot
from evaluation.report.webpage import render_webpage

HEADER = ("Indicator", "Difference (95% interval)", "Organisations")
ROWS = (("Costs", "−4,0 (−6,0; −2,0)", 12), ("Time", "1,5 (−1; 4)", 9), ("Errors", "–", 30))


@pytest.fixture
def page(browser, tmp_path):
    marks = tuple(
        Mark(place, ROWS[place][0], (Piece("interval", 40, 20), Piece("plausible", at)))
        for place, at in ((0, 75), (1, 55))
    )
    chart = Chart("improvement", "What moved", "Dots", Plot("dots", "improvement", marks, zero=50))
    table = Table("improvement", "The difference", HEADER, ROWS, "Figures.", n=30)
    who = Table("who", "Who changed", ("Indicator", "Which"), (("Costs", "Duin, Heide"),), "", n=2)
    document = Document("Report", "Lead", (), (Section("s", "S", (chart, table, who)),), "2024")
    with override("nl"):
        content = render_webpage(document, Programme(code="p", name="P"), {}, ["Duin", "Hei"])
    file = tmp_path / "report.html"
    file.write_bytes(content)
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    yield page
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_a_mark_tells_its_row_and_nothing_else(page):
    told = page.locator(".ev-plot__told")
    expect(told).to_be_hidden()
    page.locator(".ev-plot__row[tabindex='0']").focus()
    expect(told.locator("dd")).to_have_text(["Costs", "−4,0 (−6,0; −2,0)", "12"])
    page.keyboard.press("ArrowDown")
    expect(told.locator("dd")).to_have_text(["Time", "1,5 (−1; 4)", "9"])
    page.locator("[data-row='0'].ev-plot__row").tap()
    expect(told.locator("dt")).to_have_text(list(HEADER))
    expect(told.locator("dd").first).to_have_text("Costs")


def test_chart_or_table_and_sorted_by_what_one_likes(page):
    page.get_by_role("button", name="Toon alleen de tabel").click()
    expect(page.locator(".ev-plot")).to_be_hidden()
    page.get_by_role("button", name="Toon de grafiek").click()
    expect(page.locator(".ev-plot")).to_be_visible()
    first = page.locator("#t-improvement tbody th")
    page.get_by_role("button", name="Organisations").click()
    expect(first).to_have_text(["Time", "Costs", "Errors"])
    page.get_by_role("button", name="Organisations").click()
    expect(first).to_have_text(["Errors", "Costs", "Time"])
    page.get_by_role("button", name="Difference").click()
    expect(first).to_have_text(["Costs", "Time", "Errors"])  # −4 before 1.5, what is not known last


def test_one_organisation_is_pointed_out_wherever_its_name_stands(page):
    chosen = page.locator(".is-chosen")
    page.get_by_label("Wijs één organisatie aan").select_option("Duin")
    expect(chosen).to_have_text(["Duin, Heide"])
    expect(page.get_by_role("status")).to_have_text("Op 1 plaatsen gevonden.")
    page.get_by_label("Wijs één organisatie aan").select_option("Hei")
    expect(chosen).to_have_count(0)
