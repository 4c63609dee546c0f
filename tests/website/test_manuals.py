"""Help leads everyone to a page that is there, of their role and in their language."""

import re
from itertools import product

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import reverse

from benchmarks.models import Appointment
from people.models import MembershipRole
from tests import factories as make
from tests.access.table import read_rows
from tests.access.urlconf import addresses
from tests.surveys import stories
from website import manuals
from website.manuals import ACCOUNT, NAMES, RESPONDENT, manual, way_to

LANGUAGES = ("nl", "en")
EVERYONE = (ACCOUNT, RESPONDENT)
NO_PAGE = re.compile(
    r".*(_file|_pdf|_ics|_xlsx|_package|_progress|_chart)|health_.*|material|interview_feed"
    r"|booking_calendar|api_openapi|api:.*"
)
"""What answers with a file, a picture or a part of a page."""
SPEAKS_FOR_ITSELF = {"about", "privacy", "help", "manual", "manuals", "account_inactive"} | {
    "wagtail_serve",
    "wagtailcore_login",
    "components",
    "my_actions",
    "session_feedback",
}
"""Pages that say what they are; the last two are open to everyone and empty for most."""


def source(name, language):
    return (settings.MANUALS / language / f"{name}.md").read_text()


def labels(language):
    """Every text of the product as it stands on the pages in a language."""
    found = set()
    for file in settings.ROOT.glob("**/locale/nl/LC_MESSAGES/django.po"):
        if not {".venv", "var"} & set(file.relative_to(settings.ROOT).parts):
            for message in read_po(file.open("rb")):
                told = message.id if language == "en" else message.string
                texts = [told] if isinstance(told, str) else told
                found |= {" ".join(text.split()) for text in texts}
    return found


class TestTheManuals:
    def test_words_in_bold_stand_on_the_pages_just_so(self):
        for language in LANGUAGES:
            known = labels(language)
            for name in NAMES:
                bold = re.findall(r"\*\*(.+?)\*\*", source(name, language), re.DOTALL)
                told = {" ".join(words.split()) for words in bold}
                assert told and told - known == set(), (name, language)

    def test_both_languages_speak_of_the_same_pages_with_the_same_pictures(self):
        for name in NAMES:
            dutch, english = (manual(name, language) for language in LANGUAGES)
            assert [s.pages for s in dutch.sections] == [s.pages for s in english.sections], name
            shown = [re.findall(r"pictures/(.+?)-(?:nl|en)-", source(name, x)) for x in LANGUAGES]
            assert shown[0] == shown[1], name

    def test_a_manual_speaks_only_of_pages_that_its_role_can_open(self):
        opened = {
            (row.name, role)
            for row in read_rows()
            for role in NAMES
            for column in (f"{role}_here", role)
            if row.expected.get(column) in ("200", "302", "422")
        }
        names = {address.name for address in addresses()}
        for name in NAMES:
            for section in manual(name, "nl").sections:
                assert section.pages <= names, section
                if name not in EVERYONE:
                    assert {(page, name) for page in section.pages} <= opened, section

    def test_every_page_that_a_role_opens_is_in_a_manual_of_theirs(self):
        """A new page: a sentence where it belongs, and its name below the heading, in both
        languages (docs/developers/page.md)."""
        untold = [
            (role, row.name)
            for row in read_rows()
            for role in NAMES[:5]
            if row.method == "GET" and not row.case and row.expected[f"{role}_here"] == "200"
            if not NO_PAGE.fullmatch(row.name) and row.name not in SPEAKS_FOR_ITSELF
            if not way_to(row.name, [role], "nl")[1]
        ]
        assert untold == []

    @pytest.mark.parametrize("name", NAMES)
    def test_each_section_and_picture_is_there(self, client, name):
        for language in LANGUAGES:
            shown = manual(name, language)
            anchors = [section.anchor for section in shown.sections]
            assert len(set(anchors)) == len(anchors) and all(anchors)
            assert all(f'id="{anchor}"' in shown.html for anchor in anchors)
            for file in re.findall(r'src="/static/pictures/([^"]+)"', shown.html):
                assert (settings.ROOT / "docs/pictures" / file).is_file()
                assert f"-{language}-" in file
            for link in re.findall(r'href="([^"#]+)', shown.html):
                assert client.get(link).status_code == 200

    def test_a_manual_that_leads_out_of_the_product_is_refused(self, settings, tmp_path):
        settings.MANUALS = tmp_path
        (tmp_path / "xx").mkdir()
        for text in ("[see](../../operations.md)", "<script>alert(1)</script>"):
            (tmp_path / "xx" / "account.md").write_text(f"# Account\n\n{text}\n")
            with pytest.raises(manuals.ManualError):
                manual("account", "xx")


@pytest.mark.django_db
class TestHelp:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_page_of_the_product_leads_to_a_place_that_is_there(self, client, language):
        names = {address.name for address in addresses() if address.name}
        ids = {name: client.get(self.url(name, language)).content.decode() for name in NAMES}
        for page, role in product(names, [*NAMES[:6], None]):
            name, anchor = way_to(page, [role] if role else [], language)
            assert name or role is None
            assert not anchor or f'id="{anchor}"' in ids[name]

    def url(self, name, language):
        return reverse("manual", args=[name]) + f"?in={language}"

    def test_the_link_on_a_page_leads_to_the_section_about_it(self, client):
        coordinator = make.AppointmentFactory()
        client.force_login(coordinator.user)
        address = reverse("appointments", args=[coordinator.programme.code])
        link = re.search(r'href="(/help/[^"]*)"', client.get(address).text).group(1)
        answer = client.get(link)
        assert answer.url == "/help/coordinator/#mensen-hun-rol-geven"
        page = client.get(answer.url)
        assert 'id="mensen-hun-rol-geven"' in page.text and page.templates

    def test_who_holds_several_roles_gets_the_one_that_speaks_of_the_page(self, client):
        evaluator = make.AppointmentFactory(role="evaluator").user
        Appointment.objects.create(
            user=evaluator, programme=make.ProgrammeFactory(), role="facilitator"
        )
        make.MembershipFactory(user=evaluator, roles=["management"])
        client.force_login(evaluator)
        assert client.get("/help/?of=report_findings").url.startswith("/help/evaluator/#")
        assert client.get("/help/?of=follow_up").url.startswith("/help/facilitator/#")
        assert client.get("/help/?of=tokens").url.startswith("/help/account/#")
        assert client.get("/help/?of=nothing-of-ours").url == "/help/facilitator/"
        MembershipRole.objects.update(role="participant")
        assert manuals.roles_of(evaluator) == ["facilitator", "evaluator", "participant"]

    def test_a_visitor_gets_what_is_for_everyone(self, client):
        assert client.get("/help/").url == "/help/all/"
        assert client.get("/help/?of=account_login").url.startswith("/help/account/#")
        assert all(reverse("manual", args=[x]) in client.get("/help/all/").text for x in NAMES)
        assert client.get("/help/nobody/").status_code == 404

    def test_it_speaks_the_language_of_the_reader(self, client):
        for language in LANGUAGES:
            user = make.UserFactory(language=language)
            client.force_login(user)
            page = client.get("/help/account/?in=" + LANGUAGES[language == "nl"])
            assert manual("account", language).title in page.text
            assert f'<html lang="{language}">' in page.text

    def test_a_respondent_gets_the_language_of_the_survey(self, client):
        _wave, token = stories.open_link()
        page = client.get(reverse("survey_start", args=[token])).text
        link = re.search(r'href="(/help/respondent/[^"]*)"', page).group(1)
        for language in LANGUAGES:
            told = client.get(link.replace("in=nl", f"in={language}"))
            assert told["Content-Language"] == language
            assert manual("respondent", language).title in told.text
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        assert client.get(link)["Content-Language"] == "en"
