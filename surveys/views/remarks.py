"""The remarks of a closed wave: the coordinator reads them before anyone else does."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.audit import Deed, record
from surveys import queries
from surveys.domain.remarks import remarks_may_be_read
from surveys.enums import WaveState
from surveys.forms.remarks import remark_form
from surveys.models import Answer, Wave
from surveys.models.remarks import RemarkState
from surveys.views.common import frame, saved, wave_run_by, wave_url

REMARKS_A_PAGE = 20


@login_required
@require_safe
def wave_remarks(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Which remarks are still to be read, and what became of the others?"""
    wave = wave_run_by(request, code, pk)
    if wave.state != WaveState.CLOSED:
        return redirect("wave", code=code, pk=pk)
    return _page(request, wave)


@login_required
@require_POST
def wave_remark(request: HttpRequest, code: str, pk: int, answer: int) -> HttpResponse:
    """Release a remark, or keep it back."""
    wave = wave_run_by(request, code, pk)
    remark = get_object_or_404(queries.remarks_of(wave).select_related("review"), pk=answer)
    form = remark_form(remark, request.POST)
    review = saved(form, lambda: form.save(wave, remark.pk, by=request.user))
    if review is None:
        messages.error(request, " ".join(str(e) for es in form.errors.values() for e in es))
    elif review.state == RemarkState.RELEASED:
        messages.success(request, _("The remark is released."))
    else:
        messages.success(request, _("The remark is kept back."))
    page = request.POST.get("page", "")
    place = f"?page={page}" if page.isdecimal() else ""
    return redirect(f"{wave_url('wave_remarks', wave)}{place}")


def _page(request: HttpRequest, wave: Wave) -> HttpResponse:
    may_read = remarks_may_be_read(wave)
    if may_read:
        record(Deed.ANSWERS_SEEN, wave, by=request.user, scope=wave.cycle.programme)
    remarks = queries.remarks_to_review(wave) if may_read else Answer.objects.none()
    page = Paginator(remarks, REMARKS_A_PAGE).get_page(request.GET.get("page"))
    context = frame(wave.cycle.programme, wave) | {
        "may_read": may_read,
        "rows": [(remark, remark_form(remark)) for remark in page],
        "page": page,
        "unread": queries.unread_remarks(wave).count() if may_read else 0,
    }
    return render(request, "surveys/wave_remarks.html", context)
