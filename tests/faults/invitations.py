"""What the coordinator does in the story of the 2,000 invitations; each runs as a process."""

import datetime as dt
import json

from django.core.management import call_command

from core.delivery import sweep_mail
from core.models import MailState
from surveys.domain.invitations import Guest, invite, resend_mail
from surveys.domain.waves import open_wave, prepare_wave
from surveys.models import Wave
from surveys.queries import mails_in_trouble
from tests import factories as make


def make_tables() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)


def open_for(count: int) -> None:
    """Open a wave for so many people; one address is refused, one is answered by silence."""
    cycle = make.CycleFactory()
    organisation = make.ParticipationFactory(cycle=cycle).organisation
    names = ["refused", "silent", *(f"person{number}" for number in range(count - 2))]
    people = [Guest(name, f"{name}@example.org", organisation) for name in names]
    today = dt.date(2026, 11, 25)
    wave = prepare_wave(cycle, name="Large", last_day=dt.date(2099, 1, 1), by=None)
    invite(wave, guests=people, by=None)
    open_wave(wave, by=None, on=today)


def send_unsure_again() -> None:
    """On the coordinator's word; prints what they saw of each mail, and those that were refused."""
    sweep_mail()
    wave = Wave.objects.get()
    seen = [(mail.state, mail.message_id, mail.server_answer) for mail in mails_in_trouble(wave)]
    for mail in list(mails_in_trouble(wave)):
        if mail.state == MailState.UNSURE:
            resend_mail(wave, mail_id=mail.pk, by=None)
    print(json.dumps(seen))
