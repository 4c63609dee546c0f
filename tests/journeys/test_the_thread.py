"""One benchmark from question to report, as its people go through it, each in their own browser."""

import datetime as dt
import io
import re

import openpyxl
import pypdf
import pytest
from playwright.sync_api import expect

from tests.journeys.site import PAIR

pytestmark = pytest.mark.journey

STATEMENTS = 13


@pytest.mark.parametrize(("width", "language"), PAIR)
def test_from_question_to_report(site, person, width, language):
    thread = Thread(site, person, width=width, language=language)
    thread.open_a_wave()
    thread.answer_by_keyboard()
    thread.others_answer()
    thread.close_the_wave()
    thread.meet()
    thread.keep_a_promise()
    thread.look_back()
    thread.report()


class Thread:
    """The steps of the journey. What one step finds, the next one builds on."""

    def __init__(self, site, person, *, width, language):
        self.site, self.width, self.language = site, width, language
        self.code = f"draad-{width}-{language}"
        self.people = site.lay(self.code, language)
        self.programme = f"/programmes/{self.code}/"
        self._person = person

    def arrives(self, role=None, name=""):
        """Somebody with this role signs in, or comes without an account."""
        somebody = self._person(width=self.width, language=self.language, name=role or name)
        return somebody.sign_in(self.people[role]) if role else somebody

    # 1. A coordinator opens a wave and invites by mail.

    def open_a_wave(self):
        coordinator = self.coordinator = self.arrives("coordinator")
        coordinator.open(self.programme)
        coordinator.open(f"{self.programme}waves/").open(f"{self.programme}waves/new/")
        coordinator.page.fill("[name=name]", "Voorjaar")
        for _step in ("prepare", "choose whom to ask", "read the mail and open"):
            coordinator.press_button("main form[method=post] button[type=submit]").look()
        self.wave = coordinator.page.url
        self.links = {
            role: site_link(self.site, address)
            for role, address in self.people.items()
            if role.partition("-")[0] in ("participant", "colleague", "management")
        }

    # 2. A participant answers on a telephone, by keyboard, leaves and comes back elsewhere.

    def answer_by_keyboard(self):
        link = self.links.pop("participant-a")
        first = self.arrives(name="telephone")
        first.open(link)
        keyboard(first).to_link_and_open("a.bl-button")
        first.look()
        keyboard(first).answer_statements(4)
        expect(first.page.locator("[data-saved]")).not_to_have_text(re.compile(r"^\s*$"))
        first.page.wait_for_timeout(800)
        first.context.close()

        second = self.arrives(name="other-device")
        second.open(link)
        keyboard(second).to_link_and_open("a.bl-button")
        assert second.page.locator("input[type=radio]:checked").count() == 4
        while second.page.locator("button[value=submit]").count() == 0:
            keyboard(second).answer_statements(STATEMENTS)
            keyboard(second).press("main button[value=next]")
            second.look()
        keyboard(second).press("button[value=submit]")
        second.look()
        assert second.page.url.endswith("/thanks/")
        second.open(link, status=410 if second.page.goto(link).status == 410 else 200)

    def others_answer(self):
        request = self.coordinator.context.request
        for number, link in enumerate(self.links.values()):
            answer_without_looking(request, link, number)

    # 3. The coordinator sees the response, closes the wave, and reads the results.

    def close_the_wave(self):
        coordinator = self.coordinator
        coordinator.page.goto(self.wave)
        coordinator.look().reads("100")
        coordinator.open(f"{self.wave}close/")
        coordinator.press_button("main button.bl-button--danger").look()
        results = coordinator.page
        assert "results" in results.url
        assert results.locator("svg").count() >= 1
        assert results.locator("table").count() >= 1
        coordinator.reads("n")

    # 4. A facilitator makes a circle, plans a session, records it.

    def meet(self):
        facilitator = self.facilitator = self.arrives("facilitator")
        page = facilitator.page
        facilitator.open(f"{self.programme}circles/").open(f"{self.programme}circles/new/")
        page.fill("[name=theme]", "Werk dat past")
        page.locator("main [name=facilitators]").first.check()
        facilitator.press_button("main form button[type=submit]").look()
        circle = page.url
        for role in ("participant-a", "participant-b"):
            self._let_join(facilitator, circle, role)
        facilitator.open(
            f"{self.programme}sessions/new/?circle={circle.rstrip('/').split('/')[-1]}"
        )
        day = dt.date.today() + dt.timedelta(14)
        page.select_option("[name=kind]", "learning_circle")
        page.fill("[name=title]", "Eerste bijeenkomst")
        page.fill("[name=day]", f"{day:%Y-%m-%d}")
        page.fill("[name=begins]", "13:00")
        page.fill("[name=ends]", "15:00")
        facilitator.press_button("main form button[type=submit]").look()
        self.session = page.url
        self._is_invited("participant-a")
        self.site.pass_time(self.code)
        self._record(facilitator)

    def _is_invited(self, role):
        """The invitation to the session comes with an .ics."""
        letter = self.site.wait_for_letter(self.people[role], after=1)
        kinds = [part.get_content_type() for part in letter.iter_attachments()]
        assert kinds == ["text/calendar"]

    def _let_join(self, facilitator, circle, role):
        page = facilitator.page
        page.goto(circle)
        option = page.locator("[name=membership] option").filter(
            has_text=re.compile(role.replace("-", " "), re.IGNORECASE)
        )
        page.select_option("[name=membership]", option.first.get_attribute("value"))
        facilitator.press_button("form[action*='/members/add/'] button[type=submit]").look()

    def _record(self, facilitator):
        page = facilitator.page
        page.goto(self.session)
        for choice in page.locator("select[name^=presence-]").all():
            choice.select_option("present")
        facilitator.press_button("form[action*='/attendance/'] button[type=submit]").look()
        page.fill("form[action*='/signals/'] [name=text]", "Intake duurt te lang")
        facilitator.press_button("form[action*='/signals/'] button[type=submit]").look()
        who = page.locator("form[action*='/actions/'] [name=who] option").filter(
            has_text=re.compile("participant a", re.IGNORECASE)
        )
        page.select_option("form[action*='/actions/'] [name=who]", who.first.get_attribute("value"))
        page.fill("form[action*='/actions/'] [name=title]", "Intake in één gesprek")
        page.fill(
            "form[action*='/actions/'] [name=due]",
            f"{dt.date.today() + dt.timedelta(30):%Y-%m-%d}",
        )
        facilitator.press_button("form[action*='/actions/'] button[type=submit]").look()
        facilitator.reads("Intake in één gesprek").reads("Intake duurt te lang")

    # 4b. The participant keeps the promise, and says so.

    def keep_a_promise(self):
        participant = self.arrives("participant-a")
        participant.open("/actions/").reads("Intake in één gesprek")
        participant.page.get_by_role("link", name="Intake in één gesprek").first.click()
        participant.page.wait_for_url(re.compile(r"/actions/\d+/"))
        participant.look()
        self.action = participant.page.url
        participant.press_button("form.lc-tap button[value=under_way]").look()
        participant.page.goto(self.action)
        participant.press_button("form.lc-tap button[value=done]").look()

    # 5. Management sees what became of it in its own organisation; another's management doesn't.

    def look_back(self):
        ours = self.arrives("management-a")
        ours.open(f"{self.programme}follow-up/?show=done")
        ours.reads("Intake in één gesprek")
        theirs = self.arrives("management-b")
        theirs.open(f"{self.programme}follow-up/?show=done")
        assert "Intake in één gesprek" not in theirs.page.inner_text("main")
        theirs.open(f"{self.programme}follow-up/?organisation={self.code}-a", status=404)
        theirs.open(self.action.removeprefix(self.site.url), status=404)

    # 6. An evaluator makes the report, reads it and takes it along.

    def report(self):
        evaluator = self.arrives("evaluator")
        page = evaluator.page
        evaluator.open(f"{self.programme}report/")
        evaluator.press_button("form[action$='/report/make/'] button[type=submit]")
        page.wait_for_selector("a[href$='/report/pdf/']", timeout=120_000)
        evaluator.open(f"{self.programme}report/")
        pdf = page.context.request.get(f"{self.programme}report/pdf/")
        assert pdf.status == 200
        assert len(pypdf.PdfReader(io.BytesIO(pdf.body())).pages) >= 2
        xlsx = page.context.request.get(f"{self.programme}report/xlsx/")
        assert openpyxl.load_workbook(io.BytesIO(xlsx.body())).sheetnames


def site_link(site, address):
    return site.link_in(site.wait_for_letter(address))


class keyboard:
    """Somebody without a mouse."""

    def __init__(self, person):
        self.page = person.page

    def tab_to(self, selector):
        """Tab until this has the focus; at most once round the page."""
        target = self.page.locator(selector).first.element_handle()
        for _step in range(150):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} can't be reached by keyboard on {self.page.url}")

    def to_link_and_open(self, selector):
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, selector):
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def answer_statements(self, most):
        """Answer statements of this page that are open, by Tab and the arrows."""
        done = 0
        for statement in self.page.locator("fieldset.statement").all():
            if done == most:
                return
            if statement.locator("input:checked").count():
                continue
            code = statement.locator("input").first.get_attribute("name")
            self.tab_to(f"input[name='{code}']")
            self.page.keyboard.press("ArrowRight")
            assert statement.locator("input:checked").count() == 1
            done += 1


def answer_without_looking(request, link, number):
    """Another respondent, by plain requests: what a browser without a script would post."""
    answer = request.get(link)
    answer = request.get(re.search(r'href="([^"]+/s/|/s/)[^"]*"', answer.text())[0][6:-1])
    for _page in range(6):
        text = answer.text()
        if 'value="submit"' in text:
            answer = request.post(answer.url, form={"go": "submit"})
            assert answer.url.endswith("/thanks/")
            return
        names = sorted(set(re.findall(r'type="radio" name="([^"]+)"', text)))
        form = {name: str(1 + (number + i) % 5) for i, name in enumerate(names)}
        answer = request.post(answer.url, form=form | {"go": "next"})
    raise AssertionError(f"the survey behind {link} never came to its end")
