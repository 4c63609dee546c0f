"""The files of an action."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learningcircles.domain.action_files import remove_action_file
from learningcircles.forms.materials import ActionFileForm
from learningcircles.models import ActionFile
from learningcircles.views.actions import action_page, changeable_action
from learningcircles.views.common import saved
from learningcircles.views.files import private_file


def _to(pk: int) -> HttpResponse:
    return redirect(reverse("action", args=[pk]) + "#files")


@login_required
@require_POST
def action_file_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a file with it."""
    action = changeable_action(request, pk)
    form = ActionFileForm(request.POST, request.FILES)
    row = saved(form, lambda: form.save(action, request.user))
    if row is None:
        return action_page(request, action, file_form=form)
    messages.success(request, _("%(title)s is shared.") % {"title": row})
    return _to(pk)


@login_required
@require_safe
def action_file(request: HttpRequest, pk: int, file_pk: int) -> FileResponse:
    """The file itself."""
    files = ActionFile.objects.visible_to(request.user).filter(action=pk)
    return private_file(get_object_or_404(files, pk=file_pk))


@login_required
@require_POST
def action_file_remove(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Take it away: who shared it, or who leads the programme."""
    action = changeable_action(request, pk)
    row = get_object_or_404(ActionFile.objects.visible_to(request.user), action=pk, pk=file_pk)
    leads = request.user.has_perm("learningcircles.lead", action)
    if not leads and row.shared_by_id != request.user.pk:
        raise Http404
    remove_action_file(row, by=request.user)
    messages.success(request, _("%(title)s is not shared any more.") % {"title": row})
    return _to(pk)
