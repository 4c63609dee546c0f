"""People who have actions that are past their date, for the workers to remind."""

import datetime as dt

from django.utils import timezone

from benchmarks.models import Programme
from learningcircles.domain.rounds import begin_round
from learningcircles.models import Action
from people.models import Membership, Organisation, User


def make(people, each):
    """Make them, and begin the round of today."""
    programme = Programme.objects.create(code="p", name="P")
    place = Organisation.objects.create(code="o", name="O")
    users = User.objects.bulk_create(
        User(email=f"person{number}@example.org", name=f"Person {number}")
        for number in range(people)
    )
    members = Membership.objects.bulk_create(
        Membership(user=user, organisation=place) for user in users
    )
    today = timezone.localdate()
    late = today - dt.timedelta(days=3)
    Action.objects.bulk_create(
        Action(
            programme=programme,
            organisation=place,
            title="Phone them back",
            owner=member,
            due=late,
            original_due=late,
            agreed_on=late,
        )
        for member in members
        for _number in range(each)
    )
    begin_round(today)
