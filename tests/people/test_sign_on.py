"""An organisation's own sign-in: with a provider on this machine that tells the truth, or lies."""

from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.urls import reverse

from core.exceptions import InvalidInput
from people.domain.signons import end_sign_on, set_sign_on
from people.models import Membership, SignOn, User
from people.sealed import seal, unseal
from tests import factories as make
from tests.people.provider import Provider

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server():
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(server, settings):
    settings.SIGN_ON_ON_LOOPBACK = True
    server.forget()
    return server


@pytest.fixture
def zwolle(provider):
    row = SignOn.objects.create(
        organisation=make.OrganisationFactory(name="Zwolle", code="zwolle"),
        issuer=provider.address,
        client_id="benchlearn",
        secret=seal("very secret"),
        domain="zwolle.example",
    )
    return row.organisation


def come(client, provider, zwolle, *, nonce=None, **claims):
    """Go there and come back; the answer of the last page."""
    page = client.post(reverse("sign_on"), {"email": "who@zwolle.example"})
    asked = {k: v[0] for k, v in parse_qs(urlsplit(page.context["way"]).query).items()}
    provider.nonce = asked["nonce"] if nonce is None else nonce
    provider.claims = {"email": "wil@zwolle.example", "email_verified": True, **claims}
    url = reverse("sign_on_return", args=[zwolle.code])
    return client.get(url, {"code": "c", "state": asked["state"]})


def is_in(client):
    return client.get(reverse("account")).status_code == 200


def test_somebody_new_is_member_and_nothing_more(client, provider, zwolle):
    answer = come(client, provider, zwolle, name="Wil", roles=["coordinator"], groups=["admin"])
    assert answer.status_code == 302 and is_in(client)
    user = User.objects.get(email="wil@zwolle.example")
    membership = user.memberships.get()
    assert membership.organisation == zwolle and not membership.roles.exists()
    assert not user.appointments.exists() and not user.is_superuser and not user.is_staff
    assert not user.has_usable_password()
    assert provider.token_request["code_verifier"]
    assert provider.token_request["client_secret"] == "very secret"


def test_a_member_comes_back_as_themselves_in_the_roles_that_they_had(client, provider, zwolle):
    wil = make.UserFactory(email="wil@zwolle.example")
    make.MembershipFactory(user=wil, organisation=zwolle, roles=["management"])
    for _time in range(2):
        come(client, provider, zwolle)
        assert is_in(client)
        client.post(reverse("account_logout"))
    assert Membership.objects.count() == 1
    assert Membership.objects.get().roles.get().role == "management"


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": "wil@kampen.example"},
        {"email": "wil@zwolle.example@evil.example"},
        {"email": ""},
        {"aud": "somebody else"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"nonce": "another"},
    ],
    ids=str,
)
def test_a_token_that_is_not_right_lets_nobody_in(client, provider, zwolle, claims):
    answer = come(client, provider, zwolle, **claims)
    assert answer.status_code in (400, 409)
    assert not is_in(client)
    assert not User.objects.exists()


def test_a_token_that_another_signed_lets_nobody_in(client, provider, zwolle):
    provider.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert come(client, provider, zwolle).status_code == 400
    assert not is_in(client)


def test_a_signature_of_a_kind_that_is_not_on_the_list_lets_nobody_in(
    client, provider, zwolle, monkeypatch
):
    monkeypatch.setattr("people.signon.ALGORITHMS", {"ES256"})  # the provider signs with RS256
    assert come(client, provider, zwolle).status_code == 400
    assert not is_in(client)


def test_the_answer_to_another_question_lets_nobody_in(client, provider, zwolle):
    assert come(client, provider, zwolle, nonce="").status_code == 400
    url = reverse("sign_on_return", args=[zwolle.code])
    assert client.get(url, {"code": "c", "state": "guessed"}).status_code == 400
    assert not is_in(client)


def test_a_provider_that_calls_itself_something_else_is_not_gone_to(client, provider, zwolle):
    provider.told_issuer = "https://evil.example"
    page = client.post(reverse("sign_on"), {"email": "who@zwolle.example"})
    assert page.status_code == 400 and "evil" not in page.text


def test_a_provider_that_leads_elsewhere_is_not_followed(client, provider, zwolle):
    provider.redirects = True
    assert client.post(reverse("sign_on"), {"email": "who@zwolle.example"}).status_code == 400


def test_without_tls_nothing_is_asked(client, provider, zwolle, settings):
    settings.SIGN_ON_ON_LOOPBACK = False
    assert client.post(reverse("sign_on"), {"email": "who@zwolle.example"}).status_code == 400


@pytest.mark.parametrize("whose", ["of another", "gone", "closed"])
def test_an_account_that_is_not_of_this_organisation_is_not_opened(client, provider, zwolle, whose):
    wil = make.UserFactory(email="wil@zwolle.example", is_active=whose != "closed")
    place = make.OrganisationFactory() if whose == "of another" else zwolle
    left = "2026-01-01" if whose == "gone" else None
    make.MembershipFactory(user=wil, organisation=place, left_on=left)
    assert come(client, provider, zwolle).status_code == 409
    assert not is_in(client)


def test_who_left_does_not_come_in_by_what_once_let_them_in(client, provider, zwolle):
    come(client, provider, zwolle)
    client.post(reverse("account_logout"))
    Membership.objects.update(left_on="2026-01-01")
    assert come(client, provider, zwolle).status_code == 409
    assert not is_in(client)


def test_a_coordinator_without_second_factor_is_not_let_in_on_its_word(client, provider, zwolle):
    wil = make.AppointmentFactory(user__email="wil@zwolle.example").user
    make.MembershipFactory(user=wil, organisation=zwolle)
    assert come(client, provider, zwolle).status_code == 409
    assert not is_in(client)


def test_an_unknown_domain_and_one_that_was_ended_are_told_apart_from_nothing(client, zwolle):
    end_sign_on(zwolle)
    for address in ("who@zwolle.example", "who@nowhere.example"):
        page = client.post(reverse("sign_on"), {"email": address})
        assert page.status_code == 200 and "way" not in page.context
    assert client.get(reverse("sign_on_return", args=["zwolle"])).status_code == 404


def test_setting_one_down_asks_for_tls_a_domain_and_nobody_elses():
    here = make.OrganisationFactory()
    right = {
        "issuer": "https://login.example",
        "client_id": "a",
        "secret": "b",
        "domain": "zwolle.example",
    }
    row = set_sign_on(here, **right)
    assert row.secret != "b" and unseal(row.secret) == "b"
    for wrong in ({"issuer": "http://login.example"}, {"domain": "zwolle"}, {"secret": ""}):
        with pytest.raises(InvalidInput):
            set_sign_on(here, **{**right, **wrong})
    with pytest.raises(InvalidInput):
        set_sign_on(make.OrganisationFactory(), **right)
