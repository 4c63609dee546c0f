"""Addresses of people and website."""

from datetime import timedelta
from hashlib import sha256

from django.utils import timezone

from people.domain.tokens import make_token
from people.models import SignInLink
from tests import factories as make
from tests.access.world import Visit, World, visit_to

TOKEN = "a-link-of-somebody-here"


def link_here(world: World) -> SignInLink:
    now = timezone.now()
    return SignInLink.objects.create(
        user=world.users["participant_here"],
        digest=sha256(TOKEN.encode()).hexdigest(),
        asked_at=now,
        expires_at=now + timedelta(minutes=30),
    )


@visit_to("sign_in_link")
def sign_in_link(world: World) -> Visit:
    world.once("sign_in_link", lambda: link_here(world))
    return Visit(kwargs={"token": TOKEN})


@visit_to("tokens")
def tokens(world: World) -> Visit:
    data = {"name": "In R", "scopes": ["figures:read"], "days": "30", "password": make.PASSWORD}
    return Visit(data=data)


@visit_to("token_withdraw")
def token_withdraw(world: World) -> Visit:
    last_day = timezone.localdate() + timedelta(days=30)
    row, _token = make_token(
        world.users["participant_here"], name="R", scopes=["runs:read"], expires_on=last_day
    )
    return Visit(kwargs={"pk": row.pk})


@visit_to("participation_list")
def programme(world: World) -> Visit:
    return Visit(kwargs={"code": world.programmes["here"].code})


@visit_to("participation")
def participation(world: World) -> Visit:
    here = world.participations["here"]
    return Visit(kwargs={"code": world.programmes["here"].code, "pk": here.pk})


@visit_to("demo_mail")
def mail_of_a_demonstration(world: World) -> Visit:
    return Visit(kwargs={"name": "guessed"})


@visit_to("data_by_link")
def kept_of_a_respondent(world: World) -> Visit:
    return Visit(kwargs={"token": "guessed"})


@visit_to("manual")
def manual(world: World) -> Visit:
    return Visit(kwargs={"name": "coordinator"})
