"""The home page: in each language, with the studies that are loaded and no others."""

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from benchmarks.models import Programme
from tests import factories as make
from website.domain.site import set_up_site
from website.models import HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    set_up_site()


def home(client, language):
    return client.get("/", headers={"accept-language": language})


def study(**fields):
    cycle = make.CycleFactory(
        programme__kind="study",
        programme__has_public_report=True,
        programme__name=fields.pop("name", "Een onderzoek"),
        programme__name_en="A study",
    )
    make.ParticipationFactory(cycle=cycle)
    Programme.objects.filter(pk=cycle.programme.pk).update(**fields)
    return cycle.programme


def test_it_is_served_in_the_language_of_the_visitor(client, site):
    assert "Een benchmark waar u iets van leert" in home(client, "nl").content.decode()
    assert "A benchmark that you learn from" in home(client, "en").content.decode()


def test_setting_up_the_site_again_changes_nothing(site):
    page = HomePage.objects.get(locale__language_code="nl")
    page.heading = "Wat een redacteur schreef"
    page.save_revision().publish()
    before = list(Page.objects.values_list("pk", "latest_revision"))
    assert set_up_site() is False
    assert list(Page.objects.values_list("pk", "latest_revision")) == before
    assert HomePage.objects.get(pk=page.pk).heading == "Wat een redacteur schreef"


def test_the_two_languages_are_translations_of_one_page(site):
    assert HomePage.objects.values("translation_key").distinct().count() == 1
    assert Site.objects.get(is_default_site=True).root_page.locale.language_code == "nl"


def test_the_command_says_whether_something_was_made(capsys):
    call_command("setup_site", "--json")
    call_command("setup_site", "--json")
    assert capsys.readouterr().out.split("\n")[:2] == ['{"made": true}', '{"made": false}']


def test_studies_with_a_public_report_are_examples(client, site):
    study()
    make.ProgrammeFactory(name="Een benchmark")
    study(name="Nog niet openbaar", has_public_report=False)
    examples = home(client, "en").context["examples"]
    assert [(e.programme.name_en, e.organisations, e.period) for e in examples] == [
        ("A study", 1, "2026")
    ]


def test_without_studies_there_is_no_promise_of_one(client, site):
    text = home(client, "en").content.decode()
    assert 'id="examples"' not in text
    assert "Read an example" not in text


def test_three_studies_ask_as_many_queries_as_one(client, site, django_assert_max_num_queries):
    study()
    home(client, "en")
    with django_assert_max_num_queries(50) as one:
        home(client, "en")
    study()
    study()
    with django_assert_max_num_queries(50) as three:
        assert len(home(client, "en").context["examples"]) == 3
    assert len(one) == len(three)


def test_what_an_editor_writes_is_escaped(client, site):
    page = HomePage.objects.get(locale__language_code="en")
    page.heading = "<script>alert(1)</script>"
    page.save_revision().publish()
    assert b"<script>alert(1)" not in home(client, "en").content
