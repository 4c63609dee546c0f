"""Signing in by a link in a mail."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from people.domain.links import LIFETIME, ask_for_link, find_link, use_link
from people.forms import LinkForm


def next_path_of(request: HttpRequest) -> str:
    """Where somebody was going, when that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    known = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if known else ""


@never_cache
@require_http_methods(["GET", "POST"])
def ask_for_link_view(request: HttpRequest) -> HttpResponse:
    """Ask for a link; whoever asks gets the same answer, known here or not."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = LinkForm(request.POST or None)
    next_path = next_path_of(request)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not ratelimit.consume(request, action="request_login_code", key=email.lower()):
            return render(request, "429.html", status=429)
        ask_for_link(email, next_path=next_path)
        context = {"email": email, "minutes": int(LIFETIME.total_seconds() // 60)}
        return render(request, "account/link_sent.html", context)
    return render(request, "account/link_ask.html", {"form": form, "next_path": next_path})


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page behind the link. Opening it stores nothing; the button signs in."""
    if request.method != "POST":
        return render(request, "account/link_open.html", {"link": find_link(token)})
    link = use_link(token)
    return perform_login(request, link.user, redirect_url=link.next_path or None)
