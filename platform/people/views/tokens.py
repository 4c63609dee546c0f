"""The tokens with which programmes read the API in one's name."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from core.exceptions import InvalidInput
from people.domain.tokens import withdraw_token
from people.forms import TokenForm
from people.models import AccessToken


@login_required
@never_cache
@sensitive_post_parameters("password")
@sensitive_variables("made")
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens, and a form to make one. What was made is shown in the answer to the form and
    never again: it isn't kept, so it can't be redirected to."""
    form = TokenForm(request.POST if request.method == "POST" else None, request=request)
    made = _made(form) if form.is_bound else None
    context = {
        "form": form if made is None else TokenForm(request=request),
        "made": made,
        "tokens": AccessToken.objects.visible_to(request.user),
        "today": timezone.localdate(),
        "crumbs": [(_("My account"), reverse("account"))],
    }
    status = 422 if form.is_bound and made is None else 200
    return render(request, "account/tokens.html", context, status=status)


def _made(form: TokenForm) -> tuple[AccessToken, str] | None:
    """The row and the token, or None with the reasons in the form."""
    if not form.is_valid():
        return None
    try:
        return form.save()
    except InvalidInput as error:
        form.add_error(None, str(error.message))
        return None


@login_required
@require_POST
def token_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a token open nothing from now on."""
    user: Any = request.user
    token = get_object_or_404(AccessToken.objects.visible_to(user), pk=pk)
    withdraw_token(token, by=user)
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("tokens")
