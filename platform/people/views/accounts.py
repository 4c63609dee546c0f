"""One's own account, and the language of the pages."""

from typing import Any

from axes.helpers import get_cool_off
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as set_language_cookie

from people.domain.accounts import change_language
from people.forms import AccountForm


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Name, telephone, language; the way to one's password; what roles one has."""
    user: Any = request.user
    form = AccountForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        translation.activate(form.cleaned_data["language"])
        messages.success(request, _("Your account has been changed."))
        return redirect("account")
    memberships = user.memberships.filter(left_on=None).select_related("organisation")
    context = {"form": form, "memberships": memberships.prefetch_related("roles")}
    return render(request, "account/account.html", context)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Change the language of the page one is on, and of the account when one is signed in."""
    response = set_language_cookie(request)
    if request.user.is_authenticated:
        change_language(request.user, language=request.POST.get("language", ""))
    return response


def locked(
    request: HttpRequest, response: Any = None, credentials: Any = None, **kwargs: Any
) -> HttpResponse:
    """Too many wrong passwords for one name from one address: say when to try again."""
    cool_off = get_cool_off(request)
    context = {"until": timezone.localtime(timezone.now() + cool_off) if cool_off else None}
    return render(request, "account/locked.html", context, status=429)
