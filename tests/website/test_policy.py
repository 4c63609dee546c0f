"""The content-security-policy: none of ours is inline; Wagtail's own scripts bear a nonce."""

import re

import pytest
from django.urls import reverse

from tests import factories as make
from website.domain.site import set_up_site
from website.models import HomePage

pytestmark = pytest.mark.django_db
PAGES = ("/", "/about/", "/privacy/", "/account/login/", "/account/link/", "/no/such/page/")


@pytest.fixture
def administrator(client):
    set_up_site()
    client.force_login(make.UserFactory(is_staff=True, is_superuser=True))


@pytest.mark.parametrize("path", PAGES)
def test_the_site_allows_nothing_inline(client, path):
    policy = client.get(path)["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert "default-src 'none'" in policy


def inline_scripts(page):
    return re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page.content.decode())


def executable(attributes):
    return "application/json" not in attributes and "text/" not in attributes


def test_the_editor_s_scripts_bear_the_nonce_of_the_policy(client, administrator):
    page = client.get(reverse("wagtailadmin_pages:edit", args=[HomePage.objects.first().pk]))
    policy = page["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([\w-]+)'", policy)[1]
    scripts = [attributes for attributes in inline_scripts(page) if executable(attributes)]
    assert scripts
    assert all(f'nonce="{nonce}"' in attributes for attributes in scripts)
    script_policy = re.search(r"script-src [^;]+", policy)[0]
    assert "unsafe-inline" not in script_policy


def test_each_page_has_a_nonce_of_its_own(client, administrator):
    url = reverse("wagtailadmin_pages:edit", args=[HomePage.objects.first().pk])
    assert client.get(url)["Content-Security-Policy"] != client.get(url)["Content-Security-Policy"]


def test_a_chooser_s_script_bears_the_nonce(client, administrator):
    page = client.get(reverse("wagtailsites:add"))
    scripts = [attributes for attributes in inline_scripts(page) if executable(attributes)]
    assert scripts
    assert all("nonce=" in attributes for attributes in scripts)


def test_an_editor_publishes_the_home_page(client, administrator):
    page = HomePage.objects.get(locale__language_code="nl")
    page.heading = "Nieuwe kop"
    page.save_revision().publish()
    answer = client.get("/", headers={"accept-language": "nl"})
    assert "Nieuwe kop" in answer.content.decode()
