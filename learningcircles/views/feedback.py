"""Three questions after a session, from the mail: no sign-in, and nothing else is opened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from learningcircles import said
from learningcircles.domain.afterwards import QUESTIONS, attendance_of, give_feedback
from learningcircles.models import SessionFeedback
from learningcircles.views.common import page

ANSWERS = {"yes": True, "no": False}


def _told(answers: dict[str, str]) -> dict[str, bool]:
    """The answers among what was posted or stands in the address."""
    return {
        question: ANSWERS[answers[question]]
        for question in QUESTIONS
        if answers.get(question) in ANSWERS
    }


@require_http_methods(["GET", "HEAD", "POST"])
def session_feedback(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at the page stores nothing: mail scanners open links. Where scripts run, the answer
    that was tapped in the mail is sent by itself; else by one button."""
    attendance = attendance_of(token)
    if request.method == "POST":
        give_feedback(attendance, _told(request.POST.dict()))
        return redirect("session_feedback", token=token)
    given = SessionFeedback.objects.filter(attendance=attendance).first()
    tapped = _told(request.GET.dict())
    rows = [
        {
            "name": name,
            "label": said.label_of(name),
            "given": getattr(given, name) if given else None,
            "tapped": tapped.get(name),
        }
        for name in QUESTIONS
    ]
    context = {
        "session": attendance.session,
        "rows": rows,
        "tapped": bool(tapped),
        "complete": all(row["given"] is not None for row in rows),
    }
    response = page(request, "feedback", context)
    # The address is personal, so no other site hears it. "no-referrer" would go further and make
    # browsers send the answer with the origin "null", which is refused as somebody else's form.
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
