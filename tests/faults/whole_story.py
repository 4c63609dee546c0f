"""What stands in the database before the faults begin; runs as a process of the stage."""

import json
import sys

from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tests import factories as make
from tests.surveys.stories import opened_wave, tokens_of


def begin(people: int) -> None:
    """Tables, a wave with so many personal links, and a manager who is signed in; prints both."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("createcachetable", verbosity=0)
    wave = opened_wave(sizes=(people,))
    programme = wave.cycle.programme
    organisation = make.ParticipationFactory(cycle=wave.cycle).organisation
    member = make.MembershipFactory(organisation=organisation, roles=["participant", "management"])
    client = Client()
    client.force_login(member.user)
    told = {
        "tokens": tokens_of(wave),
        "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "cookies": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME],
        "new_action": f"/programmes/{programme.code}/actions/new/",
        "organisation": organisation.pk,
    }
    sys.stdout.write(json.dumps(told))
