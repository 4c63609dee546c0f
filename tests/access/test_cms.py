"""Wagtail's admin: only an administrator gets in, at every single one of its addresses."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import Page, Workflow

from surveys.models.reading import SecondReading
from tests.access.table import CMS_COLUMNS, COLUMNS, read_cms_rows
from tests.access.urlconf import addresses, filled

pytestmark = pytest.mark.django_db
ROWS = read_cms_rows()
INSIDE = tuple(column for column in COLUMNS if column not in ("anonymous", "administrator"))


def routes():
    return [address.route for address in addresses() if address.route.startswith("cms/")]


@pytest.fixture(scope="module")
def values(trial, django_db_blocker):
    """Real objects for the arguments of Wagtail's addresses."""
    root = Page.objects.get(depth=1)
    home = Page.objects.filter(depth=2).first()
    Workflow.objects.get_or_create(pk=home.pk, defaults={"name": "Reading"})
    SecondReading.objects.get_or_create(pk=home.pk, defaults={"name": "Reading"})
    pages = dict.fromkeys(("page_id", "page_to_move_id", "page_pk"), home.pk)
    words = {"content_type_app_name": "wagtailcore", "content_type_model_name": "page"}
    models = {"app_label": "wagtailcore", "model_name": "page", "app_name": "wagtailcore"}
    return {
        **pages,
        **words,
        **models,
        "parent_page_id": root.pk,
        "destination_id": root.pk,
        "action": "delete",
        "action_name": "approve",
        "pk": home.pk,
        "object_id": home.pk,
        "revision_id_a": "live",
        "revision_id_b": "live",
        "filter_spec": "original",
        "uidb64": "MQ",
        "token": "guessed",
    }


@pytest.fixture(scope="module")
def answers(trial, values, django_db_blocker):
    """Route -> column -> what it got."""

    person = {**values, "pk": trial.world.users["participant_here"].pk}

    nowhere = {**values, "pk": 2_000_000_000}  # whether an instrument has the home page's is chance

    def ask(route, column):
        known = person if route.startswith("cms/users/") else values
        known = nowhere if "surveys/instrument/" in route else known
        return trial.ask(column, "GET", filled(route, known))

    with django_db_blocker.unblock():
        found = {route: {column: ask(route, column) for column in COLUMNS} for route in routes()}
    _propose(found)
    return found


def _propose(found):
    with Path(settings.VAR, "access_matrix_cms_proposed.csv").open("w", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["route", *CMS_COLUMNS])
        for route, got in found.items():
            roles = "/".join(sorted({got[column] for column in INSIDE}))
            writer.writerow([route, got["anonymous"], roles, got["administrator"]])


def test_every_address_of_the_cms_is_listed_and_no_other():
    assert sorted(set(routes()) ^ set(ROWS)) == []


def test_a_visitor_an_any_role_and_an_administrator_get_what_the_table_says(answers):
    wrong = {}
    for route, expected in ROWS.items():
        got = answers[route]
        roles = {got[column] for column in INSIDE}
        real = {"anonymous": got["anonymous"], "any_role": "/".join(sorted(roles))}
        real["administrator"] = got["administrator"]
        if any(real[column] != expected[column] for column in CMS_COLUMNS):
            wrong[route] = real
    assert wrong == {}


def test_nobody_but_an_administrator_is_served_anything_of_it():
    open_to_all = {r for r, row in ROWS.items() if "200" in (row["anonymous"], row["any_role"])}
    assert open_to_all == {
        "cms/login/",
        "cms/jsi18n/",  # texts of Wagtail's scripts in a language
        "cms/sprite/",  # icons
    }
