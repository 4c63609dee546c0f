"""An organisation's own sign-in by OpenID Connect: who may come in by it, and as what.

allauth speaks the protocol (code with PKCE and state). What it leaves open is closed here: the
issuer must be the one that was set down, the signature is always checked, the answer must bear the
nonce of the question, and nothing is believed that isn't in the signed token.
"""

import secrets
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.exceptions import DomainError, InvalidInput
from people.domain.signons import arrive
from people.models import SignOn
from people.sealed import unseal

NONCE = "sign_on_nonce"
ALGORITHMS = frozenset(
    f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512)
) | {"EdDSA"}
"""Signatures with a public key; whatever else a token says it has is refused before it is read."""


def sign_on_for(address: str) -> SignOn:
    """The sign-in of the organisation whose domain an address lies in. Raises InvalidInput."""
    domain = address.strip().lower().rpartition("@")[2]
    found = SignOn.objects.filter(domain=domain, is_active=True).select_related("organisation")
    sign_on = found.first()
    if sign_on is None:
        raise InvalidInput(_("No organisation signs in its own people with such an address."))
    return sign_on


def _app_of(sign_on: SignOn) -> SocialApp:
    """What allauth must know of it; kept nowhere else."""
    return SocialApp(
        provider="openid_connect",
        provider_id=sign_on.organisation.code,
        name=sign_on.organisation.name,
        client_id=sign_on.client_id,
        secret=unseal(sign_on.secret),
        settings={
            "server_url": sign_on.issuer.rstrip("/"),
            "fetch_userinfo": False,
            "oauth_pkce_enabled": True,
        },
    )


class SignOnAdapter(DefaultSocialAccountAdapter):
    """Only organisations that an administrator set down; an error is a page of ours."""

    def list_apps(
        self, request: HttpRequest, provider: Any = None, client_id: Any = None
    ) -> list[SocialApp]:
        rows = SignOn.objects.filter(organisation__code=provider, is_active=True)
        return [_app_of(row) for row in rows.select_related("organisation")]

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        """Nothing is taken over yet: `arrive` decides what is believed."""
        return sociallogin.user

    def get_requests_session(self) -> requests.Session:
        """No answer may lead elsewhere: a redirect is refused, and so is waiting for long."""
        session = super().get_requests_session()
        session.max_redirects = 0
        session.trust_env = False
        return session

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        told = _("Your organisation did not sign you in. Try again, or sign in by a mailed link.")
        raise ImmediateHttpResponse(_refused(request, DomainError(told)))

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Whose account it is, made for who has none; or a refusal in words."""
        code = sociallogin.provider.app.provider_id
        sign_on = SignOn.objects.select_related("organisation").get(organisation__code=code)
        claims = sociallogin.account.extra_data["id_token"]
        try:
            user = arrive(
                sign_on, claims, known=sociallogin.user if _is_known(sociallogin) else None
            )
        except DomainError as error:
            raise ImmediateHttpResponse(_refused(request, error)) from error
        if not _is_known(sociallogin):
            sociallogin.user = user
            sociallogin.account.user = user
            sociallogin.account.extra_data = {}
            sociallogin.account.save()


def _is_known(sociallogin: Any) -> bool:
    return bool(sociallogin.is_existing)


def _refused(request: HttpRequest, error: DomainError) -> Any:
    context = {"message": error.message, "status": error.status.value}
    return render(request, "errors/domain.html", context, status=error.status)


class CarefulAdapter(OpenIDConnectOAuth2Adapter):
    """allauth's part of the conversation, with everything checked that the standard lets one
    leave out."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself: as its issuer, and nowhere but over TLS."""
        config: dict[str, Any] = super().openid_config
        issuer = self.get_provider().app.settings["server_url"]
        if str(config.get("issuer", "")).rstrip("/") != issuer:
            raise OAuth2Error("another issuer")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not is_safe(str(config.get(name, ""))):
                raise OAuth2Error(f"{name} is not over TLS")
        return config

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """With its signature, however it came, and with the nonce that was asked with."""
        self.did_fetch_access_token = False
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
        except jwt.InvalidTokenError as error:
            raise OAuth2Error("no token") from error
        if algorithm not in ALGORITHMS:
            raise OAuth2Error("another algorithm")
        claims: dict[str, Any] = super()._decode_id_token(app, id_token)
        nonce = self.request.session.pop(NONCE, None)
        given = str(claims.get("nonce", ""))
        if nonce is None or not secrets.compare_digest(given.encode(), nonce.encode()):
            raise OAuth2Error("another nonce")
        return claims

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("no id_token")
        return super().complete_login(request, app, token, **kwargs)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """The installation's own address, whatever the request's host says."""
        return settings.BASE_URL + reverse("sign_on_return", args=[self.provider_id])


def is_safe(address: str) -> bool:
    """Over TLS; without it only on this machine, and only where a demonstration allows it."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return settings.SIGN_ON_ON_LOOPBACK and parts.hostname == "127.0.0.1"


def way_to(request: HttpRequest, sign_on: SignOn, *, next_path: str) -> str:
    """The address at the organisation where somebody signs in."""
    adapter = CarefulAdapter(request, sign_on.organisation.code)
    provider = adapter.get_provider()
    provider.get_oauth2_adapter = lambda _request: adapter
    nonce = request.session[NONCE] = secrets.token_urlsafe(24)
    try:
        answer = provider.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=next_path or None,
            auth_params={**provider.get_auth_params(), "nonce": nonce},
        )
    except (OAuth2Error, requests.RequestException) as error:
        told = _("The sign-in of your organisation does not answer as it should. Try again later.")
        raise DomainError(told) from error
    return str(answer.url)
