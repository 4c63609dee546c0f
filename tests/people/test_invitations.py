"""An account that nobody comes for runs out, with its roles."""

import datetime as dt

import pytest
from django.utils import timezone

from benchmarks.domain.appointments import appoint
from core.audit import Deed
from core.models import AuditEntry
from people.domain.invitations import expire_invitations
from people.domain.links import ask_for_link
from people.domain.memberships import join_organisation
from people.models import SignInLink, User
from tests import factories as make

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(days=15)


@pytest.fixture
def programme():
    return make.AppointmentFactory().programme


def new(programme, **more):
    appoint(programme, by=None, email="new@example.org", role="evaluator", **more)
    return User.objects.get(email="new@example.org")


def test_nobody_came_in_time(programme):
    user = new(programme)
    here = make.OrganisationFactory()
    join_organisation(here, by=None, email=user.email, roles=["management"])
    assert expire_invitations(timezone.now()) == 0
    assert expire_invitations(timezone.now() + LATER) == 1
    assert expire_invitations(timezone.now() + LATER) == 0
    user.refresh_from_db()
    assert not user.is_active
    assert not user.appointments.exists()
    membership = user.memberships.get()
    assert membership.left_on and not membership.roles.exists()
    ask_for_link(user.email)
    assert not SignInLink.objects.exists()
    assert AuditEntry.objects.filter(verb=Deed.INVITATION_ENDED).count() == 1


def test_who_came_stays(client, programme):
    user = new(programme)
    client.force_login(user)
    assert expire_invitations(timezone.now() + LATER) == 0
    assert user.appointments.exists()


def test_asked_again_the_account_is_open_again(programme):
    new(programme)
    expire_invitations(timezone.now() + LATER)
    user = new(programme)
    assert user.is_active and user.appointments.exists()
    assert expire_invitations(timezone.now()) == 0


def test_a_closed_account_is_not_opened_by_asking_again(programme):
    from core.exceptions import InvalidInput

    make.UserFactory(email="new@example.org", is_active=False)
    with pytest.raises(InvalidInput):
        new(programme)
