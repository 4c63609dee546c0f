"""What a journey can't do through the browser, run in the world of the site.

`python -m tests.journeys.scene lay CODE LANGUAGE` writes a programme with three municipalities and
somebody for each role, and prints their addresses as JSON; `... ask CODE` opens a wave in it and
prints the links of three people; `... pass-time CODE` lets the sessions of a programme have begun.
"""

import datetime as dt
import json
import sys

import django


def lay(code: str, language: str) -> dict[str, str]:
    """Make the programme and its people; returns role -> e-mail address."""
    from django.db import transaction
    from django.utils import timezone

    from surveys.domain.instruments import ship_perception_survey
    from tests import factories as make

    today = timezone.localdate()
    with transaction.atomic():
        ship_perception_survey()
        programme = make.ProgrammeFactory(code=code, name=f"Benchmark {code}")
        cycle = make.CycleFactory(
            programme=programme,
            starts_on=today - dt.timedelta(100),
            ends_on=today + dt.timedelta(200),
        )
        people: dict[str, str] = {}

        def person(role: str) -> object:
            people[role] = f"{role}@{code}.example.org"
            name = role.replace("-", " ").title()
            return make.UserFactory(email=people[role], name=name, language=language)

        for role in ("coordinator", "facilitator", "evaluator"):
            make.AppointmentFactory(programme=programme, user=person(role), role=role)
        for letter in "abc":
            organisation = make.OrganisationFactory(
                name=f"Gemeente {letter.upper()} {code}", code=f"{code}-{letter}"
            )
            taking_part = make.ParticipationFactory(cycle=cycle, organisation=organisation)
            for role in ("participant", "colleague", "management"):
                membership = make.MembershipFactory(
                    user=person(f"{role}-{letter}"),
                    organisation=organisation,
                    roles=["management" if role == "management" else "participant"],
                )
                taking_part.contacts.add(membership)
    return people


def ask(code: str) -> dict[str, str]:
    """Open a wave of each mode with a statement of each sort; the links of people by name."""
    from django.utils import timezone

    from benchmarks.models import Cycle
    from surveys.domain.invitations import Guest, invite
    from surveys.domain.links import address_of, token_of
    from surveys.domain.publishing import publish_spec
    from surveys.domain.waves import open_wave, prepare_wave
    from surveys.enums import WaveMode
    from surveys.models import Instrument
    from surveys.specs import BlockSpec, InstrumentSpec, ItemSpec

    def item(code: str, kind: str = "statement", **more: object) -> ItemSpec:
        return ItemSpec(code, "", f"Dit is {code}.", f"This is {code}.", kind=kind, **more)

    first = (
        item("needed", mandatory=True, allow_na=True),
        *(item(f"s{number}") for number in range(2, 10)),
        item("remark", "open_text"),
    )
    pages = [first, (item("hours", "number"), item("last"))]
    blocks = tuple(BlockSpec("Blad", "Sheet", "", "", items) for items in pages)
    spec = InstrumentSpec(code, "Vragen", "Questions", blocks)
    instrument = Instrument.objects.create(code=code, title_nl=spec.title_nl)
    today = timezone.localdate()
    cycle = Cycle.objects.get(programme__code=code)
    version = publish_spec(instrument, spec, on=today)
    last_day = today + dt.timedelta(9)
    organisation = cycle.participations.first().organisation
    asked = {
        WaveMode.ANONYMOUS: ("line", "keys", "plain"),
        WaveMode.PSEUDONYMOUS: ("hidden",),
        WaveMode.BY_NAME: ("known",),
    }
    links = {}
    for mode, names in asked.items():
        about = {"name": f"Vragen {mode}", "last_day": last_day, "version": version, "mode": mode}
        wave = prepare_wave(cycle, by=None, **about)
        guests = [Guest(name, f"{name}@{code}.example.org", organisation, "en") for name in names]
        invite(wave, guests=guests, by=None)
        wave = open_wave(wave, by=None, on=today)
        links |= {one.name: address_of(token_of(one, wave)) for one in wave.invitations.all()}
    return links


def pass_time(code: str) -> None:
    """The hour of the planned sessions has come."""
    from django.utils import timezone

    from learningcircles.models import Session

    now = timezone.now()
    Session.objects.filter(programme__code=code, state="planned").update(
        starts_at=now - dt.timedelta(hours=2), ends_at=now - dt.timedelta(minutes=5)
    )


def promise(code: str) -> dict[str, int]:
    """A chain up to an action that participant-a carried out, and the figure a round later."""
    from django.utils import timezone

    from benchmarks.models import Figure, Indicator, IndicatorDefinition, Programme
    from people.models import Membership, Organisation
    from tests.learningcircles import factories as meet

    programme = Programme.objects.get(code=code)
    ours = Organisation.objects.get(code=f"{code}-a")
    owner = Membership.objects.get(user__email=f"participant-a@{code}.example.org")
    indicator = Indicator.objects.create(programme=programme, code="waiting")
    definition = IndicatorDefinition.objects.create(
        indicator=indicator, meaning="Dagen wachten", meaning_en="Days of waiting", unit="dagen"
    )
    today = timezone.localdate()
    told = {"indicator": indicator, "definition": definition, "organisation": ours}
    before = Figure.objects.create(period=str(today.year - 2), value=40, **told)
    Figure.objects.create(period=str(today.year - 1), value=31, **told)
    circle = meet.CircleFactory(programme=programme)
    for letter in "ab":
        member = Membership.objects.get(user__email=f"participant-{letter}@{code}.example.org")
        meet.CircleMemberFactory(circle=circle, membership=member)
    session = meet.SessionFactory(circle=circle, state="held")
    reading = meet.ReadingFactory(session=session, figure=before, text="Twee intakers waren ziek")
    signal = meet.SignalFactory(session=session, reading=reading, text="Wachten op een brief")
    topic = meet.TopicFactory(circle=circle, signal=signal, origin="signal")
    action = meet.ActionFactory(
        programme=programme,
        organisation=ours,
        owner=owner,
        session=session,
        topic=topic,
        indicator=indicator,
        title="Eerst bellen",
        status="done",
        agreed_on=dt.date(today.year - 1, 2, 1),
        done_on=dt.date(today.year - 1, 6, 1),
    )
    return {"action": action.pk, "figure": before.pk}


if __name__ == "__main__":
    django.setup()
    deed = {"lay": lay, "ask": ask, "pass-time": pass_time, "promise": promise}[sys.argv[1]]
    print(json.dumps(deed(*sys.argv[2:])))
