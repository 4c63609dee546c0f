"""What Benchlearn itself made with somebody's name in it: records, files and mails. What people
typed is found by typed.py and told to who runs the programme."""

from collections.abc import Iterable
from typing import Any

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from benchmarks.domain import programme_files
from benchmarks.models import Programme, ProgrammeFile, StandingName
from config.privacy.typed import find_typed
from config.privacy.wording import Name
from core.forgetting import forget_in_activity, forget_in_mails
from learningcircles.domain.forgetting import forget_name
from people.models import User
from surveys.domain.forgetting import forget_person, remake_named_files


def forget_copies(name: Name, programmes: Iterable[int], organisations: Any) -> None:
    """Take a name out of what was made with it in these programmes, and have files made anew;
    then note where people typed it."""
    held = list(programmes)
    forget_name(name.is_theirs, programmes=held, organisations=organisations)
    remake_files(held)
    if name.in_full is not None:
        words = [each for each in (*name.full.split()[-1:], *name.addresses) if each]
        forget_in_mails(name.in_full, words)
        forget_in_activity(name.in_full, words)
    note_typed(name, held)


def remake_files(programmes: Iterable[int]) -> None:
    """Files with names in them that somebody may still fetch are made anew."""
    held = list(programmes)
    programme_files.make_again(ProgrammeFile.objects.filter(programme__in=held))
    remake_named_files(held)


def note_typed(name: Name, programmes: Iterable[int]) -> int:
    """A line for who runs the programme for each text in which the name stands; how many."""
    there = Programme.objects.filter(pk__in=list(programmes))
    today = timezone.localdate()
    found = [
        StandingName(
            programme_id=programme,
            record_type=ContentType.objects.get_for_model(place.kind),
            record_id=number,
            field=field,
            spans=spans,
            found_on=today,
        )
        for place, number, programme, field, spans in find_typed(name, there)
    ]
    return len(StandingName.objects.bulk_create(found, batch_size=500))


def forget_own_files(user: User, name: Name) -> None:
    """Codings, pseudonyms and files that belong to this person."""
    forget_person(user, name.is_theirs)
    for row in ProgrammeFile.objects.filter(requested_by=user):
        programme_files.take_away(row)


def forget_traces(user: User) -> None:
    """Where they were signed in, where signing in failed, and what the editor of pages notes."""
    sessions = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(sessions)).delete()
    for rows in (AccessAttempt, AccessFailureLog):
        rows.objects.filter(username__iexact=user.email).delete()
    about = ContentType.objects.get_for_model(User)
    edits = ModelLogEntry.objects.filter(content_type=about, object_id=str(user.pk))
    edits.update(label="", data={})
    for profile in UserProfile.objects.filter(user=user):
        profile.avatar.delete(save=False)
        profile.delete()
