"""A result that is read back says everything in the order in which it was computed."""

import json

import pytest

from evaluation.models import Run
from tests import factories as make

pytestmark = pytest.mark.django_db
RESULT = {"support": {"zz": 1, "a": [None, "é"]}, "b": 2.5, "aa": "x", "empty": {}}


def test_keys_stay_in_their_order_on_every_database():
    run = Run.objects.create(programme=make.ProgrammeFactory(), seed=1, result=RESULT)
    assert json.dumps(Run.objects.get(pk=run.pk).result) == json.dumps(RESULT)
    Run.objects.filter(pk=run.pk).update(result={"z": 1, "b": {}})
    assert list(Run.objects.get(pk=run.pk).result) == ["z", "b"]
    assert Run.objects.values_list("result", flat=True).get() == {"z": 1, "b": {}}
    assert Run.objects.create(programme=make.ProgrammeFactory(), seed=2).result == {}
