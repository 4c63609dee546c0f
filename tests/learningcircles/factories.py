"""Makers of circles, sessions and actions for the stories of this room."""

import datetime as dt

import factory
from django.utils import timezone

from learningcircles.domain.practices import publish_practice, write_practice
from learningcircles.models import (
    Action,
    Attendance,
    Circle,
    CircleMember,
    Decision,
    Reading,
    Session,
    Signal,
    Topic,
)
from tests import factories as make


class CircleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Circle

    programme = factory.SubFactory(make.ProgrammeFactory)
    theme = factory.Sequence(lambda n: f"Theme {n}")


class CircleMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CircleMember

    circle = factory.SubFactory(CircleFactory)
    membership = factory.SubFactory(make.MembershipFactory, roles=["participant"])
    joined_on = dt.date(2026, 1, 10)


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session

    circle = factory.SubFactory(CircleFactory)
    programme = factory.SelfAttribute("circle.programme")
    kind = "learning_circle"
    title = factory.Sequence(lambda n: f"Session {n}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + dt.timedelta(hours=2))


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    session = factory.SubFactory(SessionFactory)
    membership = factory.SubFactory(make.MembershipFactory, roles=["participant"])


class SignalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Signal

    session = factory.SubFactory(SessionFactory)
    text = factory.Sequence(lambda n: f"Signal {n}")
    raised_at = factory.LazyFunction(timezone.now)


class ActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Action

    programme = factory.SubFactory(make.ProgrammeFactory)
    organisation = factory.SubFactory(make.OrganisationFactory)
    title = factory.Sequence(lambda n: f"Action {n}")
    agreed_on = dt.date(2026, 1, 20)
    due = dt.date(2026, 3, 1)
    original_due = factory.SelfAttribute("due")


class ReadingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reading

    session = factory.SubFactory(SessionFactory)
    text = factory.Sequence(lambda n: f"Reading {n}")
    noted_at = factory.LazyFunction(timezone.now)


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Decision

    session = factory.SubFactory(SessionFactory)
    text = factory.Sequence(lambda n: f"Decision {n}")
    decided_at = factory.LazyFunction(timezone.now)


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    circle = factory.SubFactory(CircleFactory)
    title = factory.Sequence(lambda n: f"Topic {n}")
    proposed_at = factory.LazyFunction(timezone.now)


def practice(programme, organisation, *, live=True, **fields):
    """A good practice, published unless told otherwise."""
    told = {"title": "Phone first", "what": "Phone before a letter.", **fields}
    made = write_practice(programme, by=None, organisation=organisation, **told)
    return publish_practice(made, by=None, public=fields.get("is_public", False)) if live else made
