"""The demonstration programme is drawn with the same dice each time."""

import pytest
from django.db import transaction

from benchmarks.models import Figure
from config.demo.load import load_demo
from learningcircles.models import Action, Session
from surveys.models import Answer

pytestmark = pytest.mark.django_db


def story():
    """What was drawn by chance, without keys and moments of writing."""
    return {
        "actions": list(
            Action.objects.order_by("pk").values_list("title", "status", "due", "owner__user__name")
        ),
        "figures": list(Figure.objects.order_by("pk").values_list("period", "value")),
        "answers": list(
            Answer.objects.order_by("item__code", "value", "text").values_list("value", "text")
        ),
        "presences": list(
            Session.objects.order_by("pk", "attendances__pk").values_list(
                "title", "attendances__presence"
            )
        ),
    }


def test_each_loading_draws_the_same():
    stories = []
    for _loading in range(2):
        with transaction.atomic():
            load_demo()
            stories.append(story())
            transaction.set_rollback(True)
    assert stories[0]["actions"]
    assert stories[0] == stories[1]
