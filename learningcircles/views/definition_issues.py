"""Definition issues: parked in the talk, settled here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learningcircles.forms.definition_issues import SettleForm
from learningcircles.models import DefinitionIssue
from learningcircles.views.common import crumbs, led_programme, page, saved


@login_required
@require_safe
def definition_issues(request: HttpRequest, code: str) -> HttpResponse:
    """What is in doubt, and what came of earlier doubts."""
    programme = led_programme(request, code)
    issues = DefinitionIssue.objects.visible_to(request.user).filter(programme=programme)
    issues = issues.select_related("indicator", "session", "definition")
    issues = issues.prefetch_related("indicator__definitions")
    context = {
        "programme": programme,
        "crumbs": crumbs(programme),
        "parked": issues.parked(),
        "settled": issues.exclude(settled_at=None).order_by("-settled_at"),
    }
    return page(request, "definition_issues", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def definition_issue(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Settle one: say how, and change the definition if that came of it."""
    programme = led_programme(request, code)
    issues = DefinitionIssue.objects.visible_to(request.user).filter(programme=programme)
    issue = get_object_or_404(issues.select_related("indicator", "session"), pk=pk)
    form = SettleForm(request.POST or None, issue=issue, user=request.user)
    if request.method == "POST" and (settled := saved(form)):
        made = settled.definition
        said = (
            _("Settled, with version %(n)d of the definition.") % {"n": made.version}
            if made
            else _("Settled; the definition stays as it is.")
        )
        messages.success(request, said)
        return redirect("definition_issues", code=code)
    context = {
        "programme": programme,
        "issue": issue,
        "form": form,
        "crumbs": crumbs(
            programme, (_("Definition issues"), reverse("definition_issues", args=[code]))
        ),
    }
    return page(request, "definition_issue", context, form)
