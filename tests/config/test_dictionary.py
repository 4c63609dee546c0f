"""The data dictionary is complete, and the committed page is that of today."""

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from config.dictionary import page
from tests.architecture.source import ROOT


def test_every_field_is_told_and_no_other():
    assert page.gaps() == []


def test_a_new_field_is_missed():
    with isolate_apps("people"):

        class Shoe(models.Model):  # noqa: DJ008
            lace = models.CharField(max_length=4)

            class Meta:
                app_label = "people"

        (field,) = page.fields_of(Shoe)
        assert page.meaning_of(Shoe, field) == ""


def test_the_page_in_the_documentation_is_that_of_today():
    told = (ROOT / "docs" / "data-dictionary.md").read_text()
    assert told == page.as_page(), "benchlearn data-dictionary --out docs/data-dictionary.md"


def test_each_record_says_what_it_is_and_each_field_whether_it_is_personal():
    told = page.as_page()
    assert told.count("\n### ") == len(page.models_of_the_house())
    user = told[told.index("### people.User") :]
    assert "| `email` | e-mail address | email, at most 254 | no | yes |" in user
    action = told[told.index("### learningcircles.Action\n") :]
    assert "| `owner` | who does it, where they have an account | → `people.Membership` |" in action
    assert "Made by a library" not in told and apps.get_model("people.User").__doc__ in told
