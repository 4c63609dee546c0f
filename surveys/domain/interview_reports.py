"""The report of an interview: from the notes, with pseudonyms, released once no name is left.

Which name a pseudonym stands for is locked in the interview's vault, apart from the text. A report
that is released becomes a text to code, with coders who are chosen so that who held the interview
never codes it alone.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import InvalidInput, NotNow
from core.models import log_activity
from people.models import Membership, Organisation
from surveys.domain.coders import coders_for
from surveys.domain.coding_work import add_text
from surveys.domain.consent import check_not_withdrawn
from surveys.domain.locked_files import vault_of
from surveys.enums import InterviewState
from surveys.interviewing.naming import Left, names_left, put_back, replace
from surveys.keys import KeyMissing
from surveys.models import CodedText, Interview, InterviewReport
from surveys.vaults import Unreadable, lock, unlock

LONGEST = 100_000
PASSED = "passed"


def report_of(interview: Interview) -> InterviewReport:
    """The report of an interview that was held; the first time it is written from the notes.

    Raises NotNow before it was held.
    """
    if interview.state != InterviewState.HELD:
        raise NotNow(gettext_lazy("The report is written once the interview was held."))
    found = InterviewReport.objects.filter(interview=interview).first()
    if found is not None:
        return found
    check_not_withdrawn(interview)
    return InterviewReport.objects.get_or_create(
        interview=interview, defaults={"body": _from_notes(interview)}
    )[0]


def _from_notes(interview: Interview) -> str:
    """Each topic that something was noted of, with what was noted, under known pseudonyms."""
    notes = interview.notes.exclude(text="").select_related("topic").order_by("topic__number")
    return "\n\n".join(f"{note.topic.question}\n{note.text.strip()}" for note in notes)


def _kept(report: InterviewReport) -> dict[str, Any]:
    if not report.names:
        return {"names": {}, PASSED: []}
    plain = unlock(vault_of(report.interview), bytes(report.names))
    return json.loads(plain)


def pseudonyms_of(report: InterviewReport) -> dict[str, str]:
    """Name to pseudonym, for who may know. Raises Unreadable or KeyMissing without the key."""
    return _kept(report)["names"]


def with_names(report: InterviewReport) -> str:
    """The report with the names put back, for who may know."""
    return put_back(report.body, pseudonyms_of(report))


def _keep(report: InterviewReport, kept: Mapping[str, Any]) -> None:
    raw = json.dumps(kept, ensure_ascii=False).encode()
    report.names = lock(vault_of(report.interview), raw)
    report.save(update_fields=["body", "names", "modified_at"])


def _open_report(report: InterviewReport) -> InterviewReport:
    rows = InterviewReport.objects.select_for_update(of=("self",)).select_related(
        "interview__round__cycle"
    )
    report = rows.get(pk=report.pk)
    if report.released_at:
        raise NotNow(gettext_lazy("This report was released; it stays as it is."))
    return report


@transaction.atomic
def write_report(report: InterviewReport, *, body: str, by: Any) -> InterviewReport:
    """Keep the text; names that have a pseudonym already are replaced in it.

    Raises NotNow once it is released, InvalidInput when it is too long.
    """
    report = _open_report(report)
    if len(body) > LONGEST:
        raise InvalidInput(gettext_lazy("A report has at most 100,000 characters."))
    report.body = replace(body.replace("\r\n", "\n"), pseudonyms_of(report))
    report.save(update_fields=["body", "modified_at"])
    log_activity(report.interview, "report written", actor=by)
    return report


@transaction.atomic
def replace_name(report: InterviewReport, *, name: str, pseudonym: str, by: Any) -> InterviewReport:
    """Replace a name wherever it stands, now and when the text is kept again.

    The pseudonym gets brackets, so that everybody sees it is one. Raises InvalidInput for an empty
    one, or one that stands for another name already.
    """
    report = _open_report(report)
    kept = _kept(report)
    name, word = " ".join(name.split()), " ".join(pseudonym.strip("[] ").split())
    if not name or not word or len(name) > 120 or len(word) > 60:
        raise InvalidInput(gettext_lazy("Give a name and what stands for it."))
    if name.casefold() in word.casefold():
        raise InvalidInput(gettext_lazy("What stands for a name can't have the name in it."))
    shown = f"[{word}]"
    others = {own for own, its in kept["names"].items() if its == shown and own != name}
    if others:
        raise InvalidInput(gettext_lazy("This pseudonym stands for another name already."))
    kept["names"][name] = shown
    report.body = replace(report.body, {name: shown})
    _keep(report, kept)
    log_activity(report.interview, "name replaced", actor=by)
    return report


@transaction.atomic
def undo_name(report: InterviewReport, *, pseudonym: str, by: Any) -> InterviewReport:
    """Put one name back, for who may know it."""
    report = _open_report(report)
    kept = _kept(report)
    found = {name: its for name, its in kept["names"].items() if its == pseudonym}
    if not found:
        raise InvalidInput(gettext_lazy("There is no such pseudonym."))
    report.body = put_back(report.body, found)
    for name in found:
        del kept["names"][name]
    _keep(report, kept)
    log_activity(report.interview, "name put back", actor=by)
    return report


def forget_behind_pseudonym(report: InterviewReport, is_theirs: Callable[[str], bool]) -> None:
    """Nobody can tell any more whom a pseudonym of this report stands for. A report whose key is
    gone can tell nobody anyway."""
    try:
        kept = _kept(report)
    except (Unreadable, KeyMissing):
        return
    others = {name: its for name, its in kept["names"].items() if not is_theirs(name)}
    if others != kept["names"]:
        _keep(report, {**kept, "names": others})


@transaction.atomic
def let_pass(report: InterviewReport, *, words: Iterable[str], by: Any) -> InterviewReport:
    """These words were looked at and are no names."""
    report = _open_report(report)
    kept = _kept(report)
    known = {word.casefold() for word in known_names(report.interview)}
    fine = {word for word in words if word.casefold() not in known}
    kept[PASSED] = sorted({*kept[PASSED], *fine})
    _keep(report, kept)
    log_activity(report.interview, "words let pass", actor=by, words=len(fine))
    return report


def known_names(interview: Interview) -> list[str]:
    """Names that must not stand in a report: of who was talked to and who held it, of everybody of
    that organisation, and of the organisations that take part."""
    seats = interview.seats.select_related("candidate")
    people = [interview.interviewer.name, *(seat.candidate.name for seat in seats)]
    places = [seat.candidate.organisation_id for seat in seats]
    members = Membership.objects.filter(organisation__in=places)
    people += members.values_list("user__name", flat=True)
    towns = Organisation.objects.filter(participations__cycle=interview.round.cycle_id)
    parts = [part for name in people for part in name.split() if part[:1].isupper()]
    return sorted({*people, *parts, *towns.values_list("name", flat=True)} - {""})


def left_in(report: InterviewReport) -> list[Left]:
    """Names that may be left in the text of a report."""
    return names_left(report.body, known_names(report.interview), _kept(report)[PASSED])


@transaction.atomic
def release_report(report: InterviewReport, *, by: Any) -> InterviewReport:
    """Release a report: it changes no more, and becomes a text to code.

    Raises NotNow as long as a name may be left, or it was released already; InvalidInput without a
    text, a codebook, or people to code it.
    """
    report = _open_report(report)
    if not report.body.strip():
        raise InvalidInput(gettext_lazy("There is nothing in this report yet."))
    left = left_in(report)
    if left:
        words = ", ".join(dict.fromkeys(each.text for each in left[:5]))
        raise NotNow(_("Names may be left: %s. Replace them, or let them pass.") % words)
    report.released_at, report.released_by = timezone.now(), by
    report.save(update_fields=["released_at", "released_by", "modified_at"])
    _to_code(report, by)
    log_activity(report.interview, "report released", actor=by)
    return report


def _to_code(report: InterviewReport, by: Any) -> CodedText:
    interview = report.interview
    seat = interview.seats.select_related("candidate__organisation").first()
    if seat is None:
        raise InvalidInput(gettext_lazy("Nobody sat in this interview."))
    number = interview.round.interviews.filter(pk__lte=interview.pk).count()
    return add_text(
        interview.round.cycle,
        organisation=seat.candidate.organisation,
        title=_("Interview %(number)d of %(round)s")[:60]
        % {"number": number, "round": interview.round.name[:50]},
        body=report.body,
        coders=coders_for(interview.round, interviewer=interview.interviewer),
        by=by,
        interviewer=interview.interviewer,
        round=interview.round,
    )
