"""One's own account: name, telephone, and the language of pages and mails."""

import pytest
from django.urls import reverse

from core.exceptions import InvalidInput
from people.domain.accounts import change_details, change_language
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def wil(client):
    user = make.UserFactory(name="Wil", language="nl")
    client.force_login(user)
    return user


def test_the_account_page_saves_what_was_filled_in(client, wil):
    data = {"name": " Wil Jansen ", "phone": "038 123", "language": "en"}
    assert client.post(reverse("account"), data).status_code == 302
    wil.refresh_from_db()
    assert (wil.name, wil.phone, wil.language) == ("Wil Jansen", "038 123", "en")


def test_a_missing_name_is_said_and_nothing_is_stored(client, wil):
    page = client.post(reverse("account"), {"name": "", "phone": "1", "language": "en"})
    assert page.context["form"].errors["name"]
    wil.refresh_from_db()
    assert (wil.name, wil.phone) == ("Wil", "")


def test_the_account_decides_the_language_of_the_pages(client, wil):
    assert client.get(reverse("account"))["Content-Language"] == "nl"
    change_language(wil, language="en")
    assert client.get(reverse("account"))["Content-Language"] == "en"


def test_switching_the_language_keeps_the_page_and_the_account(client, wil):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/now/?x=1"})
    assert answer.url == "/now/?x=1"
    wil.refresh_from_db()
    assert wil.language == "en"


def test_a_visitor_switches_the_language_with_a_cookie(client):
    client.post(reverse("set_language"), {"language": "en", "next": "/privacy/"})
    assert client.get(reverse("privacy"))["Content-Language"] == "en"


def test_a_foreign_address_to_go_on_to_is_not_followed(client, wil):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "//evil.example"})
    assert "evil" not in answer.url


def test_an_unknown_language_is_refused(wil):
    with pytest.raises(InvalidInput):
        change_language(wil, language="xx")


def test_a_name_of_spaces_is_refused(wil):
    with pytest.raises(InvalidInput):
        change_details(wil, name="   ", phone="")


def test_the_account_page_shows_where_one_works(client, wil):
    make.MembershipFactory(user=wil, roles=["participant"], organisation__name="Zwolle")
    make.MembershipFactory(user=wil, organisation__name="Ede", left_on="2026-01-01")
    text = client.get(reverse("account")).content.decode()
    assert "Zwolle" in text
    assert "Ede" not in text


def test_the_account_page_asks_as_many_queries_for_three_employers_as_for_one(
    client, wil, django_assert_max_num_queries
):
    make.MembershipFactory(user=wil, roles=["participant"])
    with django_assert_max_num_queries(50) as one:
        client.get(reverse("account"))
    for _n in range(2):
        make.MembershipFactory(user=wil, roles=["participant"])
    with django_assert_max_num_queries(50) as three:
        client.get(reverse("account"))
    assert len(one) == len(three)
