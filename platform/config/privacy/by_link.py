"""What is kept of a respondent without an account, by their link: to see, to take, to erase."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from config.privacy.copies import forget_copies, remake_files
from config.privacy.erasing import forget_invitations, forget_mail
from config.privacy.wording import Name
from core.audit import Deed, record
from core.models import OutboxMail
from surveys.domain.links import draft_digest_of
from surveys.domain.stopping import invitation_of, stop_mail
from surveys.enums import WaveMode
from surveys.models import Answer, Invitation, Response
from surveys.structure import in_language


def kept_of(token: str) -> dict[str, Any]:
    """Whom the link was sent to and what is there of their answers. Raises UnknownLink.

    Answers that can't be told apart from others' are not here: nobody can find them.
    """
    invitation = invitation_of(token)
    draft = Response.objects.filter(draft_digest=draft_digest_of(token)).first()
    named = Response.objects.filter(invitation=invitation).exclude(invitation=None).first()
    return {
        "benchmark": str(invitation.wave.cycle.programme),
        "wave": invitation.wave.name,
        "name": invitation.name,
        "email": invitation.email,
        "organisation": str(invitation.organisation),
        "department": invitation.department,
        "function": invitation.function,
        "unfinished_answers": _answers(draft),
        "answers_with_name": _answers(named if invitation.wave.mode == WaveMode.BY_NAME else None),
    }


def with_words(kept: dict[str, Any]) -> dict[str, Any]:
    """What is kept, with the name of each field in the language of the reader, for a file."""
    fields = {
        "benchmark": _("Benchmark"),
        "wave": _("Wave"),
        "name": _("Name"),
        "email": _("E-mail address"),
        "organisation": _("Organisation"),
        "department": _("Department"),
        "function": _("Function"),
        "unfinished_answers": _("Unfinished answers"),
        "answers_with_name": _("Answers with your name"),
    }
    return {"fields": fields, **kept}


def _answers(response: Response | None) -> list[dict[str, Any]]:
    rows = (
        Answer.objects.filter(response=response) if response is not None else Answer.objects.none()
    )
    return [
        {
            "statement": in_language(row.item.text_nl, row.item.text_en),
            "answer": row.text or row.value or row.number or row.chosen or row.day,
        }
        for row in rows.select_related("item")
    ]


@transaction.atomic
def forget_by_link(token: str) -> None:
    """Send no more mail, remove unfinished answers, and take name and address out of the rest."""
    invitation = stop_mail(token)
    Response.objects.filter(draft_digest=draft_digest_of(token), submitted_on=None).delete()
    forget_mail(
        OutboxMail.objects.filter(reference=f"wave:{invitation.wave_id}:invitation:{invitation.pk}")
    )
    _forget_copies(invitation)
    forget_invitations(Invitation.objects.filter(pk=invitation.pk))
    record(Deed.ERASED, invitation, scope=invitation.wave.cycle.programme)


def _forget_copies(invitation: Invitation) -> None:
    """Files with names are made anew. Who has an account is named by it elsewhere, until that is
    erased too."""
    programme, home = invitation.wave.cycle.programme, invitation.organisation
    namesakes = home.memberships.filter(user__name=invitation.name)
    if invitation.membership is not None or namesakes.exists():
        remake_files([programme.pk])
        return
    forget_copies(Name(invitation.name, (invitation.email,)), [programme.pk], [home.pk])
