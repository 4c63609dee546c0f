"""Waves of *here*: one that is open, one in preparation, one that is closed, with a mail in doubt,
and the personal link of somebody who was asked."""

from typing import Any

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from core.models import LeasedState, MailState
from surveys.domain.invitations import invite
from surveys.domain.openlinks import offer_places, open_token
from surveys.domain.waves import close_wave, open_wave
from surveys.forms.paper import SALT
from surveys.models import Export
from surveys.models.responses import new_row_id
from surveys.queries import mails_of
from surveys.structure import questionnaire
from tests.access.world import Visit, World, visit_to
from tests.surveys import stories


def draft(world: World) -> Any:
    def make() -> Any:
        wave = stories.prepared_wave(cycle=world.cycles["here"])
        member = world.users["participant_here"].memberships.get()
        invite(wave, memberships=[member], by=None)
        return wave

    return world.once("wave in preparation", make)


def opened(world: World) -> Any:
    def make() -> Any:
        wave = stories.prepared_wave(cycle=world.cycles["here"])
        organisation = world.organisations["here"]
        invite(wave, guests=stories.guests(organisation, 6), by=None)
        return open_wave(wave, by=None, on=stories.TODAY)

    return world.once("open wave", make)


def closed(world: World) -> Any:
    def make() -> Any:
        wave = stories.prepared_wave(cycle=world.cycles["here"])
        invite(wave, guests=stories.guests(world.organisations["here"], 6), by=None)
        wave = open_wave(wave, by=None, on=stories.TODAY)
        for token in stories.tokens_of(wave):
            stories.answer_all(token)
        return close_wave(wave, by=None, on=stories.TODAY)

    return world.once("closed wave", make)


def under(wave: Any, **kwargs: Any) -> dict[str, Any]:
    return {"code": wave.cycle.programme.code, "pk": wave.pk, **kwargs}


@visit_to("waves")
def waves(world: World) -> Visit:
    return Visit(kwargs={"code": opened(world).cycle.programme.code})


@visit_to("wave_new")
def wave_new(world: World) -> Visit:
    data = {
        "cycle": world.cycles["here"].pk,
        "name": "Another",
        "last_day": "2099-01-01",
        "target": "50",
        "mode": "anonymous",
    }
    return Visit(kwargs={"code": world.programmes["here"].code}, data=data)


@visit_to("wave", "wave_close")
def wave(world: World) -> Visit:
    return Visit(kwargs=under(opened(world)))


@visit_to("wave_invite")
def wave_invite(world: World) -> Visit:
    guest = {
        "guest0-name": "New",
        "guest0-email": "new@example.org",
        "guest0-organisation": world.organisations["here"].pk,
    }
    return Visit(kwargs=under(opened(world)), data=guest)


@visit_to("wave_open")
def wave_open(world: World) -> Visit:
    return Visit(kwargs=under(draft(world)))


@visit_to("wave_last_day")
def wave_last_day(world: World) -> Visit:
    return Visit(kwargs=under(opened(world)), data={"last_day": "2099-02-02"})


@visit_to("wave_resend")
def wave_resend(world: World) -> Visit:
    wave = opened(world)
    mail = mails_of(wave).order_by("pk").first()
    assert mail is not None
    mails_of(wave).filter(pk=mail.pk).update(state=MailState.UNSURE)
    return Visit(kwargs=under(wave, mail=mail.pk))


@visit_to("wave_texts")
def wave_texts(world: World) -> Visit:
    data = {"subject": "Dag", "body": "Dag {name}: {link}", "do": "save"}
    return Visit(kwargs=under(opened(world)), data=data)


@visit_to("wave_reminders")
def wave_reminders(world: World) -> Visit:
    return Visit(kwargs=under(opened(world)), data={"days": "3", "basis": "before_last"})


@visit_to("wave_reminder_remove")
def wave_reminder_remove(world: World) -> Visit:
    wave = opened(world)
    reminder, _new = wave.reminders.get_or_create(basis="before_last", days=9)
    return Visit(kwargs=under(wave, reminder=reminder.pk))


@visit_to("wave_upload")
def wave_upload(world: World) -> Visit:
    return Visit(kwargs=under(opened(world)), data={})


@visit_to("wave_open_link")
def wave_open_link(world: World) -> Visit:
    return Visit(kwargs=under(opened(world)), data={"places": "7"})


@visit_to("wave_readdress")
def wave_readdress(world: World) -> Visit:
    wave = opened(world)
    mail = mails_of(wave).order_by("-pk").first()
    assert mail is not None
    mails_of(wave).filter(pk=mail.pk).update(state=MailState.REFUSED)
    return Visit(kwargs=under(wave, mail=mail.pk), data={"email": f"right{mail.pk}@example.org"})


@visit_to("survey_open")
def survey_open(world: World) -> Visit:
    wave = opened(world)
    offered = offer_places(wave, places=1000, by=None)
    assert offered is not None
    data = {"organisation": world.organisations["here"].code}
    return Visit(kwargs={"token": open_token(offered, wave)}, data=data)


@visit_to("survey_unsubscribe")
def survey_unsubscribe(world: World) -> Visit:
    return Visit(kwargs={"token": link(world)})


@visit_to("survey_open", "survey_unsubscribe", case="guessed")
def link_guessed(world: World) -> Visit:
    return Visit(kwargs={"token": "B" * 32})


@visit_to("wave_results", "wave_counting")
def wave_results(world: World) -> Visit:
    return Visit(kwargs=under(closed(world)))


@visit_to("wave_remarks")
def wave_remarks(world: World) -> Visit:
    return Visit(kwargs=under(closed(world)))


@visit_to("wave_remark")
def wave_remark(world: World) -> Visit:
    wave = closed(world)
    remark = world.once("remark", lambda: stories.remark_in(wave).pk)
    return Visit(kwargs=under(wave, answer=remark), data={"text": "So be it.", "release": "yes"})


@visit_to("wave_results", case="still open")
def wave_results_open(world: World) -> Visit:
    return Visit(kwargs=under(opened(world)))


def link(world: World) -> str:
    return world.once("personal link", lambda: stories.tokens_of(opened(world))[0])


@visit_to("survey_start", "survey_thanks")
def survey_start(world: World) -> Visit:
    return Visit(kwargs={"token": link(world)}, data={"language": "en"})


@visit_to("survey_answer")
def survey_answer(world: World) -> Visit:
    return Visit(kwargs={"token": link(world)}, data={"item": "right-themes", "value": "4"})


@visit_to("survey_step")
def survey_step(world: World) -> Visit:
    data = {"right-themes": "4", "go": "leave"}
    return Visit(kwargs={"token": link(world), "step": "1"}, data=data)


@visit_to("survey_start", "survey_thanks", "survey_answer", case="guessed")
def survey_guessed(world: World) -> Visit:
    return Visit(kwargs={"token": "A" * 32})


@visit_to("wave_exports")
def wave_exports(world: World) -> Visit:
    return Visit(kwargs=under(closed(world)), data={"format": "csv", "shape": "wide"})


@visit_to("export_progress")
def export_progress(world: World) -> Visit:
    return Visit(kwargs=under(closed(world)))


@visit_to("export_file", "export_cancel")
def export_of_the_coordinator(world: World) -> Visit:
    wave = closed(world)
    name = storages["private"].save("exports/world.csv", ContentFile(b"response\r\n1\r\n"))
    export = Export.objects.create(
        wave=wave,
        requested_by=world.users["coordinator_here"],
        format="csv",
        state=LeasedState.DONE,
        file=name,
    )
    return Visit(kwargs=under(wave, export=export.pk))


@visit_to("wave_paper", "wave_paper_enter")
def paper(world: World) -> Visit:
    wave = opened(world)
    asked = questionnaire(wave.version_id)
    code = next(item.code for item in asked.items if item.is_statement)
    data = {
        "organisation": world.organisations["here"].code,
        "sheet": signing.dumps(new_row_id(), salt=SALT),
        f"answer-{code}": "4",
    }
    return Visit(kwargs=under(wave), data=data)
