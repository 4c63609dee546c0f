"""A person's own data: on a page, as a file, and erased."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.privacy.by_link import forget_by_link, kept_of, with_words
from config.privacy.erasing import erase
from config.privacy.names import field_name, record_name
from config.privacy.own_data import data_of, file_of
from config.privacy.register import entries
from people.confirming import confirmed, confirmed_fetch


@login_required
@never_cache
@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    """What is kept of me, why and how long?"""
    found = data_of(request.user)
    rows = [
        {
            "name": record_name(entry.model),
            "fields": [field_name(entry.model, each) for each in entry.personal],
            "told": entry.told(),
            "count": len(found[entry.model]),
        }
        for entry in entries()
        if entry.model in found
    ]
    return render(request, "privacy/own_data.html", {"rows": rows})


@login_required
@never_cache
@require_safe
@confirmed_fetch
def own_data_file(request: HttpRequest) -> HttpResponse:
    """All of it, as a file that another program can read."""
    answer = JsonResponse(file_of(request.user), json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="benchlearn.json"'
    return answer


@login_required
@require_POST
@confirmed
def own_data_erase(request: HttpRequest) -> HttpResponse:
    """Erase me. Only with the word that says so ticked."""
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Tick that you are sure."))
        return redirect("own_data")
    user: Any = request.user
    erase(user, by=user)
    logout(request)
    messages.success(request, _("Your account is erased."))
    return redirect("/")


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def data_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What is kept of whoever got this link; the link is the authority."""
    kept = kept_of(token)
    if request.method == "POST" and "file" in request.POST:
        answer = JsonResponse(with_words(kept), json_dumps_params={"indent": 1})
        answer["Content-Disposition"] = 'attachment; filename="benchlearn.json"'
        return answer
    is_erased = request.method == "POST" and request.POST.get("sure") == "yes"
    if is_erased:
        forget_by_link(token)
        kept = kept_of(token)
    return render(request, "privacy/by_link.html", {"kept": kept, "is_erased": is_erased})
