"""A coordinator makes a questionnaire of their own, and sees it as the respondent will.

Wagtail's editor is not ours to hold to WCAG; what stands in its preview is.
"""

import re

import pytest

from tests.journeys.site import SERVICES

pytestmark = pytest.mark.journey
PANEL = "[data-side-panel-toggle=preview]"


def test_a_copy_of_the_perception_survey_is_edited_and_previewed(site, person):
    language = "en" if SERVICES else "nl"
    people = site.lay("editor", language)
    coordinator = person(width=1280, language=language, name="coordinator")
    coordinator.sign_in(people["coordinator"])
    page = coordinator.page
    page.goto("/cms/snippets/surveys/instrument/")
    page.locator("a[href*='/instrument/copy/']").first.click()
    page.fill("[name=code]", "ours")
    page.fill("[name=title_nl]", "Onze eigen vragen")
    with page.expect_navigation(url=re.compile(r"/instrument/edit/\d+/$")):
        page.locator("[data-edit-form] button[type=submit]").first.click()
    page.locator(PANEL).click()
    shown = page.frame_locator("iframe.w-preview__iframe").last
    shown.locator("fieldset").first.wait_for()
    assert shown.locator("input[type=radio]").count() > 10
    assert "Onze eigen vragen" in page.content()
