"""The coordinator's pages around a wave: texts of mails, reminders, a list of people, open link."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.csvfiles import InvalidFile
from core.exceptions import InvalidInput
from surveys.domain.links import address_of
from surveys.domain.mails import LANGUAGES, PLACEHOLDERS, preview_mail, words_of, write_words
from surveys.domain.openlinks import open_token, places_taken
from surveys.domain.reminders import cancel_reminder
from surveys.enums import MailKind, WaveState
from surveys.forms.fieldwork import AddressForm, OpenLinkForm, ReminderForm, TextForm, UploadForm
from surveys.models import Invitation, Wave
from surveys.views.common import frame, saved, wave_run_by

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def _context(wave: Wave, **further: object) -> dict[str, object]:
    return frame(wave.cycle.programme, wave, **further)


def _status(form: object) -> HTTPStatus:
    wrong = getattr(form, "is_bound", False) and getattr(form, "errors", None)
    return HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


@login_required
@READ_OR_POST
def wave_texts(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What do the mails say? Each kind in each language, shown as somebody who is asked gets it."""
    found = wave_run_by(request, code, pk)
    kind = request.GET.get("kind", MailKind.INVITATION)
    language = request.GET.get("language", "nl")
    if kind not in MailKind.values or language not in LANGUAGES:
        raise Http404
    words = words_of(found, kind=kind, language=language)
    form = TextForm(request.POST or None, initial={"subject": words.subject, "body": words.body})
    if request.method == "POST":
        if request.POST.get("do") == "reset":
            write_words(found, kind=kind, language=language, words=None, by=request.user)
            return redirect(request.get_full_path())
        if request.POST.get("do") == "save" and saved(
            form,
            lambda: form.save(found, kind=kind, language=language, by=request.user),
        ):
            messages.success(request, _("The text is kept."))
            return redirect(request.get_full_path())
        if form.is_valid():
            words = form.words
    person = _somebody(found, language, request.POST.get("person", ""))
    context = _context(
        found,
        form=form,
        kind=kind,
        language=language,
        kinds=MailKind.choices,
        placeholders=PLACEHOLDERS,
        people=found.invitations.filter(language=language).exclude(email="")[:50],
        person=person,
        mail=person and preview_mail(person, found, kind=kind, words=words),
    )
    return render(request, "surveys/wave_texts.html", context, status=_status(form))


def _somebody(wave: Wave, language: str, chosen: str) -> Invitation | None:
    """Who the preview is for: who was chosen, else the first with this language."""
    people = wave.invitations.filter(language=language).exclude(email="")
    people = people.select_related("organisation")
    wanted = people.filter(pk=int(chosen)) if chosen.isdecimal() else people.none()
    return wanted.first() or people.first()


@login_required
@READ_OR_POST
def wave_reminders(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """When is who hasn't answered reminded?"""
    found = wave_run_by(request, code, pk)
    form = ReminderForm(request.POST or None)
    if request.method == "POST" and saved(form, lambda: form.save(found, by=request.user)):
        messages.success(request, _("The reminder is planned."))
        return redirect("wave_reminders", code=code, pk=pk)
    planned = sorted(
        found.reminders.select_related("wave"), key=lambda row: (row.due_on is None, row.due_on)
    )
    context = _context(found, form=form, reminders=planned)
    return render(request, "surveys/wave_reminders.html", context, status=_status(form))


@login_required
@require_POST
def wave_reminder_remove(request: HttpRequest, code: str, pk: int, reminder: int) -> HttpResponse:
    """Don't send it after all."""
    found = wave_run_by(request, code, pk)
    cancel_reminder(get_object_or_404(found.reminders, pk=reminder), by=request.user)
    messages.success(request, _("The reminder won't be sent."))
    return redirect("wave_reminders", code=code, pk=pk)


@login_required
@READ_OR_POST
def wave_upload(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Ask everyone in a file, or nobody and say what is wrong with each row."""
    found = wave_run_by(request, code, pk)
    is_posted, errors = request.method == "POST", []
    form = UploadForm(request.POST, request.FILES) if is_posted else UploadForm()
    if is_posted and form.is_valid():
        try:
            new = form.save(found, by=request.user)
        except InvalidFile as error:
            errors = error.errors
        except InvalidInput as error:
            errors = [str(error.message)]
        else:
            text = ngettext("%(n)d person was added.", "%(n)d people were added.", len(new))
            messages.success(request, text % {"n": len(new)})
            return redirect("wave", code=code, pk=pk)
    context = _context(found, form=form, errors=errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else _status(form)
    return render(request, "surveys/wave_upload.html", context, status=status)


@login_required
@READ_OR_POST
def wave_open_link(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A link that anyone may use who has it, for so many people."""
    found = wave_run_by(request, code, pk)
    link = getattr(found, "open_link", None)
    form = OpenLinkForm(request.POST or None, initial={"places": link.places if link else 50})
    if request.method == "POST" and form.is_valid():
        form.save(found, by=request.user)
        return redirect("wave_open_link", code=code, pk=pk)
    shown = link and found.state != WaveState.CLOSED
    context = _context(
        found,
        form=form,
        link=link,
        address=_open_address(open_token(link, found)) if link and shown else "",
        taken=places_taken(found),
    )
    return render(request, "surveys/wave_open_link.html", context, status=_status(form))


def _open_address(token: str) -> str:
    return address_of(f"open/{token}")


@login_required
@require_POST
def wave_readdress(request: HttpRequest, code: str, pk: int, mail: int) -> HttpResponse:
    """Send the invitation of a mail that can't arrive to the right address."""
    found = wave_run_by(request, code, pk)
    form = AddressForm(request.POST)
    if saved(form, lambda: form.save(found, mail=mail, by=request.user)) is None:
        wrong = [str(error) for errors in form.errors.values() for error in errors]
        messages.error(request, " ".join(wrong))
    else:
        messages.success(request, _("The invitation is sent to the new address."))
    return redirect("wave", code=code, pk=pk)
