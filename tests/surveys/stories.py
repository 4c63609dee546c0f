"""Waves and respondents for the stories of this room."""

import datetime as dt
import itertools

from people.models import Membership
from surveys.content import ShippedBlock, ShippedItem
from surveys.domain.instruments import publish_version, write_version
from surveys.domain.invitations import Guest, invite
from surveys.domain.links import token_of
from surveys.domain.opened import find_link
from surveys.domain.responses import save_page, submit_response
from surveys.domain.waves import open_wave, prepare_wave
from surveys.given import Given
from surveys.models import Answer, Instrument, Invitation, Item, Response, Wave
from tests import factories as make

TODAY = dt.date(2026, 11, 22)
LAST_DAY = dt.date(2099, 12, 31)
_numbers = itertools.count()


def prepared_wave(cycle=None, **fields):
    """A wave that is being prepared, in a cycle of its own unless one is given."""
    cycle = cycle or make.CycleFactory()
    coordinator = make.AppointmentFactory(programme=cycle.programme).user
    fields = {"name": f"Wave {next(_numbers)}", "last_day": LAST_DAY} | fields
    return prepare_wave(cycle, by=coordinator, **fields)


def guests(organisation, count):
    """People without an account, of one organisation."""
    return [
        Guest(f"Guest {number}", f"guest{number}@{organisation.code}.example.org", organisation)
        for number in range(count)
    ]


def organisation_in(wave):
    """An organisation that takes part in the wave's cycle."""
    return make.ParticipationFactory(cycle=wave.cycle).organisation


def opened_wave(sizes=(1,), **fields):
    """An open wave with an organisation for each size, and so many invited people in it."""
    wave = prepared_wave(**fields)
    for size in sizes:
        invite(wave, guests=guests(organisation_in(wave), size), by=None)
    return open_wave(wave, by=None, on=TODAY)


def tokens_of(wave, organisation=None):
    """The personal links of a wave, of one organisation or of all."""
    rows = Invitation.objects.filter(wave=wave).order_by("pk")
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    return [token_of(invitation, wave) for invitation in rows]


def open_link():
    """The personal link of one person in a wave of their own."""
    wave = opened_wave()
    return wave, tokens_of(wave)[0]


def answer_all(token, value=4, *, submit=True, remark=""):
    """Answer every statement the same, and submit."""
    for block in find_link(token).asked.blocks:
        given = {item: Given(value=value) for item in block.items if item.is_statement}
        if remark:
            given |= {item: Given(text=remark) for item in block.items if not item.is_statement}
        save_page(token, page=block.page, given=given, done=True, today=TODAY)
    return submit_response(token, today=TODAY) if submit else None


def _items(block, size):
    for item in range(size):
        yield ShippedItem(f"s{block}-{item}", "c", f"Stelling {item}.", f"Statement {item}.")
    yield ShippedItem(f"remark-{block}", "", "Nog iets?", "Anything else?", kind="open_text")


def version_of(*sizes):
    """A published version with so many statements in each block, and a remark after them."""
    number = next(_numbers)
    instrument = Instrument.objects.create(code=f"long-{number}", title_nl="Lang", title_en="Long")
    blocks = [
        ShippedBlock(f"Blok {block}", f"Block {block}", "", "", _items(block, size))
        for block, size in enumerate(sizes)
    ]
    return publish_version(write_version(instrument, number=1, blocks=blocks), on=TODAY)


def member_of(organisation, *roles):
    """Somebody with an account in an organisation."""
    return make.MembershipFactory(organisation=organisation, roles=roles or ["participant"])


def memberships(*members):
    return Membership.objects.filter(pk__in=[member.pk for member in members])


def fresh(wave):
    return Wave.objects.select_related("cycle__programme").get(pk=wave.pk)


def remark_in(wave, text="Well done."):
    """A remark that somebody wrote in a wave, whatever the state of the wave."""
    item = Item.objects.filter(block__version=wave.version, kind="open_text").first()
    response = Response.objects.create(
        wave=wave,
        organisation=wave.invitations.first().organisation,
        state="submitted",
        submitted_on=TODAY,
    )
    return Answer.objects.create(response=response, item=item, text=text)
