"""A meeting of a circle, from an agenda that drafts itself to minutes that everybody approved."""

import datetime as dt
import io
import re

import pypdf
import pytest
from playwright.sync_api import expect

from tests.journeys.site import ONE

pytestmark = pytest.mark.journey

WAIT = 60_000


@pytest.mark.parametrize(("width", "language"), ONE)
def test_from_a_drafted_agenda_to_a_handover_brief(site, person, width, language):
    talk = Talk(site, person, width=width, language=language)
    talk.start_a_circle()
    talk.propose_and_vote()
    talk.draft_the_agenda()
    talk.type_the_minutes()
    talk.two_type_at_once()
    talk.close_and_send()
    talk.answer_in_one_tap()
    talk.approve()
    talk.take_the_minutes_along()
    talk.bring_a_newcomer_up_to_date()


class Talk:
    """The steps of the journey. What one step finds, the next one builds on."""

    def __init__(self, site, person, *, width, language):
        self.site, self.width, self.language = site, width, language
        self.code = f"gesprek-{width}-{language}"
        self.people = site.lay(self.code, language)
        self.programme = f"/programmes/{self.code}/"
        self._person = person

    def arrives(self, role=None, name=""):
        """Somebody with this role signs in, or comes without an account."""
        somebody = self._person(width=self.width, language=self.language, name=role or name)
        return somebody.sign_in(self.people[role]) if role else somebody

    def start_a_circle(self):
        """A circle of two municipalities, and its first meeting in two weeks."""
        facilitator = self.facilitator = self.arrives("facilitator")
        page = facilitator.page
        facilitator.open(f"{self.programme}circles/new/")
        page.fill("[name=theme]", "Werk dat past")
        page.locator("main [name=facilitators]").first.check()
        facilitator.press_button("main form button[type=submit]")
        self.circle = page.url
        for role in ("participant a", "participant b"):
            self._choose(page.locator("[name=membership]"), role)
            facilitator.press_button("form[action*='/members/add/'] button[type=submit]").look()
        number = self.circle.rstrip("/").split("/")[-1]
        facilitator.open(f"{self.programme}sessions/new/?circle={number}")
        page.select_option("[name=kind]", "learning_circle")
        page.fill("[name=title]", "Eerste bijeenkomst")
        page.fill("[name=day]", f"{dt.date.today() + dt.timedelta(14):%Y-%m-%d}")
        page.fill("[name=begins]", "13:00")
        page.fill("[name=ends]", "15:00")
        facilitator.press_button("main form button[type=submit]").look()
        self.session = page.url

    def _choose(self, select, text):
        option = select.locator("option").filter(has_text=re.compile(text, re.IGNORECASE))
        select.select_option(option.first.get_attribute("value"))

    def propose_and_vote(self):
        """A member proposes a topic and gives it points, with the reason."""
        member = self.member = self.arrives("participant-a")
        member.open(f"{self.circle}topics/")
        member.page.fill("[name=title]", "Wie er niet komt opdagen")
        member.press_button("form:has([name=title]) button[type=submit]").look()
        member.page.fill("[name^=points-]", "7")
        member.page.fill("[name^=why-]", "Dit speelt overal")
        member.press_button("form[action$='/votes/'] button[type=submit]").look()
        member.reads("Dit speelt overal")

    def draft_the_agenda(self):
        """It drafts itself, takes up the topic, and adds up; it is kept for another time."""
        facilitator, page = self.facilitator, self.facilitator.page
        facilitator.open(f"{self.session}prepare/")
        facilitator.press_button("button[name=way][value=draft]").look()
        facilitator.reads("Wie er niet komt opdagen")
        assert page.locator(".lc-late").count() == 0
        page.locator("details:has(form[action$='/keep/']) summary").click()
        page.fill("form[action$='/keep/'] [name=name]", "Onze opbouw")
        facilitator.press_button("form[action$='/keep/'] button[type=submit]").look()
        facilitator.reads("Onze opbouw")

    def type_the_minutes(self):
        """What is typed is saved by itself, also when an action is noted in between."""
        self.site.pass_time(self.code)
        facilitator, page = self.facilitator, self.facilitator.page
        facilitator.open(f"{self.session}live/")
        page.locator(".lc-items a").filter(has_text="Wie er niet komt opdagen").click()
        facilitator.look()
        page.fill("textarea[name=text]", "Een derde komt niet.")
        expect(page.locator("[data-typed-line]")).to_have_text(re.compile(r"\d\d:\d\d"))
        self._choose(page.locator("form[action*='/actions/'] [name=who]"), "participant a")
        page.fill("form[action*='/actions/'] [name=title]", "Bellen voor het gesprek")
        page.fill("textarea[name=text]", "Een derde komt niet. Bellen helpt.")
        facilitator.press_button("form[action*='/actions/'] button[type=submit]").look()
        expect(page.locator("textarea[name=text]")).to_have_value(
            "Een derde komt niet. Bellen helpt."
        )
        facilitator.reads("Bellen voor het gesprek")

    def two_type_at_once(self):
        """A coordinator types beside: both texts are kept until they are put together."""
        second = self.arrives("coordinator")
        second.open(self.facilitator.page.url)
        first = self.facilitator.page
        first.fill("textarea[name=text]", "Een derde komt niet. Bellen helpt veel.")
        self.facilitator.press_button("form[action*='/text/'] button[type=submit]")
        second.page.fill("textarea[name=text]", "Een sms helpt ook.")
        link = second.page.locator("[data-typed-line] a")
        expect(link).to_be_visible()
        with second.page.expect_navigation():
            link.click()
        second.look().reads("Bellen helpt veel.").reads("Een sms helpt ook.")
        second.press_button("form[action*='/edits/'] button[type=submit]").look()
        text = second.page.input_value("textarea[name=text]")
        assert "Bellen helpt veel." in text
        assert "Een sms helpt ook." in text

    def close_and_send(self):
        """Attendance, the record closed, the minutes sent."""
        facilitator, page = self.facilitator, self.facilitator.page
        facilitator.open(f"{self.session}live/")
        for choice in page.locator("select[name^=presence-]").all():
            choice.select_option("present")
        facilitator.press_button("form[action*='/attendance/'] button[type=submit]").look()
        facilitator.open(self.session)
        facilitator.press_button("form[action$='/conclude/'] button[type=submit]").look()
        facilitator.open(f"{self.session}minutes/")
        facilitator.press_button("form[action$='/send/'] button[type=submit]").look()

    def answer_in_one_tap(self):
        """From the mail, without signing in: one tap is one answer."""
        guest = self.arrives(name="mailbox")
        link = self._link("participant-a", r"/sessions/feedback/\S+\?worth_it=yes")
        with guest.page.expect_navigation(url=re.compile(r"/feedback/[^?]+$"), timeout=WAIT):
            guest.page.goto(link)
        guest.look()
        assert guest.page.locator("form strong").count() == 1

    def _link(self, role, pattern):
        """The first link of this kind in a mail to somebody, once it came."""
        for number in range(10):
            letter = self.site.wait_for_letter(self.people[role], after=number)
            text = letter.get_body(("plain",)).get_content()
            if found := re.search(re.escape(self.site.url) + pattern, text):
                return found[0]
        raise AssertionError(f"no mail to {role} has {pattern}")

    def approve(self):
        """One of each municipality; with the last one the minutes are final."""
        for somebody in (self.member, self.arrives("participant-b")):
            somebody.open("/now/")
            approve = somebody.page.locator(f"a[href$='{self.session.split('/', 3)[3]}minutes/']")
            with somebody.page.expect_navigation():
                approve.first.click()
            somebody.look().reads("Een sms helpt ook.").reads("Bellen voor het gesprek")
            somebody.press_button("button[name=approved][value=yes]").look()
        self.other = somebody

    def take_the_minutes_along(self):
        """Final: a PDF, and corrections beside it only."""
        facilitator, page = self.facilitator, self.facilitator.page
        facilitator.open(f"{self.session}minutes/")
        page.fill("form[action$='/addendum/'] [name=text]", "Het was een kwart.")
        facilitator.press_button("form[action$='/addendum/'] button[type=submit]").look()
        facilitator.reads("Het was een kwart.")
        text = self._pdf(self.other, f"{self.session}minutes/", "a[href$='minutes.pdf']")
        assert "Een sms helpt ook." in text
        assert "Het was een kwart." in text

    def bring_a_newcomer_up_to_date(self):
        """Who joins reads the brief, and takes it along."""
        facilitator, page = self.facilitator, self.facilitator.page
        page.goto(self.circle)
        self._choose(page.locator("[name=membership]"), "participant c")
        facilitator.press_button("form[action*='/members/add/'] button[type=submit]").look()
        newcomer = self.arrives("participant-c")
        newcomer.open(f"{self.circle}handover/")
        newcomer.reads("Bellen voor het gesprek").reads("Wie er niet komt opdagen")
        newcomer.press_button("form[action$='/make/'] button[type=submit]").look()
        text = self._pdf(newcomer, f"{self.circle}handover/", "a[href$='handover.pdf']")
        assert "Bellen voor het gesprek" in text
        stranger = self.arrives("management-b")
        stranger.open(f"{self.circle}handover/", status=404)

    def _pdf(self, somebody, address, selector):
        """The text of a PDF, once a worker has made it."""
        page = somebody.page
        for _look in range(60):
            page.goto(address)
            if page.locator(selector).count():
                break
            page.wait_for_timeout(1000)
        somebody.look()
        file = page.context.request.get(page.locator(selector).first.get_attribute("href"))
        assert file.status == 200
        return " ".join(
            each.extract_text() for each in pypdf.PdfReader(io.BytesIO(file.body())).pages
        )
