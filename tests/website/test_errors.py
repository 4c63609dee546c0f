"""Error pages: the right status, in the user's language, and never a second failure."""

import errno

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from core.exceptions import EditConflict, Gone, InvalidInput, NotNow
from tests import factories as make
from website.middleware import DomainErrorMiddleware
from website.views import errors


@pytest.fixture
def request_of_a_visitor(db):
    request = RequestFactory().get("/x/")
    request.user = make.UserFactory.build()
    return request


@pytest.mark.parametrize(
    ("error", "status"),
    [(InvalidInput, 400), (NotNow, 409), (EditConflict, 409), (Gone, 410)],
)
def test_a_domain_error_becomes_a_page_with_its_message_and_status(
    request_of_a_visitor, error, status
):
    middleware = DomainErrorMiddleware(lambda request: None)
    page = middleware.process_exception(request_of_a_visitor, error("This <wave> is closed."))
    assert page.status_code == status
    assert "This &lt;wave&gt; is closed." in page.content.decode()


def test_another_error_is_not_ours_to_show(request_of_a_visitor):
    middleware = DomainErrorMiddleware(lambda request: None)
    assert middleware.process_exception(request_of_a_visitor, ValueError("x")) is None


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_404_in_the_visitor_s_language(client):
    page = client.get("/no/such/page/", headers={"accept-language": "en"})
    assert page.status_code == 404
    assert '<html lang="en">' in page.content.decode()


@pytest.mark.parametrize(
    ("error", "status"), [(SuspiciousOperation, 400), (RequestDataTooBig, 413)]
)
def test_too_much_at_once_is_said_as_such(request_of_a_visitor, error, status):
    assert errors.bad_request(request_of_a_visitor, error()).status_code == status


@pytest.mark.django_db
def test_one_megabyte_of_text_is_refused_with_413(client):
    answer = client.post(reverse("account_login"), {"login": "x" * 1_100_000, "password": "x"})
    assert answer.status_code == 413


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_with_an_explanation():
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    page = strict.post(reverse("set_language"), {"language": "en"})
    assert page.status_code == 403
    assert "This form has expired" in page.content.decode()


def test_the_page_of_a_failure_of_ours_needs_no_database_and_speaks_both_languages():
    page = errors.server_error(RequestFactory().get("/"))
    text = page.content.decode()
    assert page.status_code == 500
    assert "Er ging iets mis" in text
    assert "Something went wrong" in text


def test_forbidden_says_whom_to_ask(request_of_a_visitor):
    with translation.override("en"):
        page = errors.forbidden(request_of_a_visitor, PermissionError())
    assert page.status_code == 403
    assert "coordinator" in page.content.decode()


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (OperationalError("server closed the connection"), 503, "even niet bereikbaar"),
        (InterfaceError("connection already closed"), 503, "even niet bereikbaar"),
        (OSError(errno.ENOSPC, "No space left on device"), 507, "geen ruimte"),
        (OSError(errno.ENOENT, "No such file"), 500, "iets mis"),
        (ValueError("a mistake of ours"), 500, "iets mis"),
    ],
)
def test_what_failed_is_said_without_a_database_or_its_words(
    client, monkeypatch, error, status, says
):
    def fail():
        raise error

    monkeypatch.setattr("website.views.health.database", fail)
    client.raise_request_exception = False
    page = client.get(reverse("health_ready"))
    text = page.content.decode()
    assert page.status_code == status and says in text
    assert str(error) not in text
    assert page.headers.get("Retry-After") == ("60" if status == 503 else None)
