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

from core.exceptions import InvalidInput
from people.domain.links import (
    LIFETIME,
    ask_for_link,
    code_of,
    find_link,
    new_mark,
    use_link,
    was_asked_by,
)
from people.forms import LinkCodeForm, LinkForm


def next_path_of(request: HttpRequest) -> str:
    """Where somebody was going, when that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    known = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if known else ""


MARK = "link_mark"
"""What a session remembers that asked for links."""


def _mark_of(request: HttpRequest) -> str:
    """That of this browser; a new one when it asks for the first time."""
    return str(request.session.setdefault(MARK, new_mark()))


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
        mark = _mark_of(request)
        ask_for_link(email, next_path=next_path, mark=mark)
        minutes = int(LIFETIME.total_seconds() // 60)
        context = {"email": email, "minutes": minutes, "code": code_of(mark)}
        return render(request, "account/link_sent.html", context)
    mark = request.session.get(MARK, "")
    context = {"form": form, "next_path": next_path, "code": code_of(mark) if mark else ""}
    return render(request, "account/link_ask.html", context)


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page behind the link. Opening it stores nothing; the button signs in, and in another
    browser than that in which the link was asked for, with a code."""
    mark = request.session.get(MARK, "")
    link = find_link(token)
    form = None if was_asked_by(link, mark) else LinkCodeForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        code = form.cleaned_data["code"] if form is not None else ""
        try:
            used = use_link(token, mark=mark, code=code)
        except InvalidInput as error:
            if form is not None:
                form.add_error("code", str(error.message))
        else:
            request.session.pop(MARK, None)
            return perform_login(request, used.user, redirect_url=used.next_path or None)
    return render(request, "account/link_open.html", {"link": link, "form": form})
