"""Forgetting a person: in what this room itself wrote down with their name."""

from collections.abc import Callable, Iterable
from typing import Any

from surveys.domain.exports import cancel_export, make_again
from surveys.domain.interview_reports import forget_behind_pseudonym
from surveys.models import Coding, Export, InterviewReport


def forget_person(user: Any, is_theirs: Callable[[str], bool]) -> None:
    """Codings keep their coder apart from others, by number; a pseudonym stands for nobody any
    more; files that they asked for go."""
    Coding.objects.filter(coder_user=user).update(coder=f"#{user.pk}")
    for report in InterviewReport.objects.filter(
        interview__seats__candidate__membership__user=user
    ).distinct():
        forget_behind_pseudonym(report, is_theirs)
    for export in Export.objects.filter(requested_by=user).exclude(file=""):
        cancel_export(export)
    Export.objects.filter(requested_by=user).unfinished().update(state="cancelled")


def remake_named_files(programmes: Iterable[int]) -> None:
    """Files of answers with names are made anew."""
    named = Export.objects.filter(wave__cycle__programme__in=list(programmes), identified=True)
    make_again(named)
