"""An answer belongs to a response and an item that are there: the database itself sees to it."""

import threading
import time

import pytest
from django.db import IntegrityError, connection, transaction

from surveys.bulk import insert_values
from surveys.domain.responses import find_link
from surveys.models import Answer, Item, Response
from surveys.models.responses import new_row_id
from surveys.references import look_at_each_row, look_once_a_statement
from tests.surveys import stories

pytestmark = pytest.mark.django_db(transaction=True)
NOWHERE = 10**9
IN = {"state": "submitted", "submitted_on": stories.TODAY}


@pytest.fixture
def answered():
    """A response, and the items that it has answered and not answered."""
    wave, token = stories.open_link()
    first, second, *_rest = (item.id for item in find_link(token).asked.blocks[0].items)
    response = Response.objects.create(wave=wave, **IN)
    insert_values([(response.pk, first, 4)])
    return response, first, second


def delete(table, pk):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [pk])


def test_an_answer_to_what_is_not_there_is_refused_and_all_that_came_with_it(answered):
    response, _first, second = answered
    for row in ((NOWHERE, second, 3), (response.pk, NOWHERE, 3)):
        with pytest.raises(IntegrityError), transaction.atomic():
            insert_values([(response.pk, second, 4), row])
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.update(item=NOWHERE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.update(response=NOWHERE)
    assert list(Answer.objects.values_list("value", flat=True)) == [4]


def test_neither_response_nor_item_goes_while_an_answer_refers_to_it(answered):
    response, first, _second = answered
    for table, pk in (("surveys_response", response.pk), ("surveys_item", first)):
        with pytest.raises(IntegrityError), transaction.atomic():
            delete(table, pk)
    assert Response.objects.filter(pk=response.pk).exists()
    assert Item.objects.filter(pk=first).exists()


def test_what_goes_together_with_its_answers_may_go(answered):
    response, first, _second = answered
    kept = Response.objects.values_list("wave").get(pk=response.pk)
    with transaction.atomic():  # first gone, then there again, as when a wave is closed
        if connection.vendor == "postgresql":
            delete("surveys_response", response.pk)
            Response.objects.create(pk=response.pk, wave_id=kept[0], **IN)
    assert Answer.objects.get().response_id == response.pk
    response.delete()
    assert not Answer.objects.exists()
    assert Item.objects.filter(pk=first).exists()


def test_who_deletes_waits_for_who_is_answering_and_is_refused_then(answered):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    _response, _first, second = answered
    wave_id = _response.wave_id
    empty = Response.objects.create(pk=new_row_id(), wave_id=wave_id, **IN)
    refused = []

    def withdraw():
        try:
            delete("surveys_response", empty.pk)
        except IntegrityError as error:
            refused.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=withdraw)
    with transaction.atomic():
        insert_values([(empty.pk, second, 2)])
        other.start()
        time.sleep(0.3)
        assert other.is_alive(), "it must wait for this transaction"
    other.join()
    assert len(refused) == 1
    assert Answer.objects.filter(response=empty).count() == 1


def test_the_way_back_are_the_foreign_keys_of_postgresql(answered):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps its foreign keys")
    response, _first, _second = answered
    look_at_each_row(connection)
    try:
        with pytest.raises(IntegrityError), transaction.atomic():
            insert_values([(response.pk, NOWHERE, 3)])
    finally:
        look_once_a_statement(connection)
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Answer._meta.db_table)
    assert not [name for name, about in found.items() if about["foreign_key"]]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_values([(response.pk, NOWHERE, 3)])
