"""What stands in the database before the faults begin; runs as a process of the stage."""

import datetime as dt
import json
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command

from benchmarks.models import Cycle
from learningcircles.models import Action
from surveys.domain.interview_mails import token_of_candidate
from tests import factories as make
from tests.benchmarks.day.world import session_now, signed_in
from tests.faults.interviews import ask_people
from tests.surveys.interviews.stories import Scene
from tests.surveys.stories import opened_wave, tokens_of


def begin(people: int, talks: int) -> None:
    """Tables, a wave with so many personal links, a round with so many people to talk to, a session
    with its facilitator, and a manager; prints what visitors need to know of them."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("createcachetable", verbosity=0)
    wave = opened_wave(sizes=(people,))
    leader = make.AppointmentFactory(programme=wave.cycle.programme, role="facilitator").user
    told = {
        "tokens": tokens_of(wave),
        "cookies": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME],
        "facilitator": session_now(wave.cycle.programme, leader, []),
        "candidates": candidates(wave.cycle, talks),
    }
    sys.stdout.write(json.dumps(told | manager(wave.cycle)))


def manager(cycle: Cycle) -> dict[str, Any]:
    """Somebody who logs actions, and shares files with one of them."""
    organisation = make.ParticipationFactory(cycle=cycle).organisation
    member = make.MembershipFactory(organisation=organisation, roles=["participant", "management"])
    due = dt.date(2099, 1, 1)
    action = Action.objects.create(
        programme=cycle.programme,
        organisation=organisation,
        title="Gather the files",
        owner=member,
        agreed_on=dt.date(2026, 11, 1),
        due=due,
        original_due=due,
    )
    return {
        "session": signed_in(member.user),
        "new_action": f"/programmes/{cycle.programme.code}/actions/new/",
        "files": f"/actions/{action.pk}/files/",
        "organisation": organisation.pk,
    }


def candidates(cycle: Cycle, talks: int) -> list[tuple[int, str]]:
    """Who is asked for an interview, with the word in their link."""
    round = ask_people(Scene(cycle, towns=1, contacts=0), talks, minutes=30)
    people = round.candidates.order_by("pk")
    return [(one.pk, token_of_candidate(one, round)) for one in people]
