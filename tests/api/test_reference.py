"""The reference: every operation in two languages, as the document and docs/api.md have it."""

import re

import pytest
from django.conf import settings
from django.utils.translation import override

from config.api import api
from config.reference import read_operations
from people.scopes import known_scopes

pytestmark = pytest.mark.django_db
GUIDE = (settings.ROOT / "docs" / "api.md").read_text()


def operations():
    return read_operations(api.get_openapi_schema())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_operation_is_on_the_page_without_any_script_of_its_own(client, language):
    page = client.get("/api/v1/", headers={"Accept-Language": language})
    text = page.content.decode()
    with override(language):
        for operation in operations():
            assert f"GET {operation.path}" in text and str(operation.summary) in text
    assert page["Content-Language"] == language
    assert re.findall(r"<script[^>]*>", text) == re.findall(r"<script src[^>]*>", text)


def test_what_a_field_means_is_said_in_dutch_too():
    with override("en"):
        english = {f.text for o in operations() for f in (*o.parameters, *o.gives) if f.text}
    with override("nl"):
        dutch = {f.text for o in operations() for f in (*o.parameters, *o.gives) if f.text}
    assert english and not english & dutch


def test_every_operation_and_every_scope_is_told_in_the_guide():
    names = [re.sub(r"/api/v1/(?:.*}/)?|/$", "", each.path) for each in operations()]
    assert [name for name in names if f"`{name}`" not in GUIDE] == []
    assert {each.scope for each in operations()} - {""} == {s.code for s in known_scopes()}
    assert [s.code for s in known_scopes() if f"| `{s.code}` |" not in GUIDE] == []


def test_the_document_is_served_in_english_whoever_asks(client):
    document = client.get("/api/v1/openapi.json", headers={"Accept-Language": "nl"}).json()
    assert document["openapi"].startswith("3.1")
    assert document["paths"]["/api/v1/me/"]["get"]["summary"].startswith("What the token")
    assert document["components"]["securitySchemes"]["Bearer"]["scheme"] == "bearer"
