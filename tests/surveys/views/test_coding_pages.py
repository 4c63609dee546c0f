"""The pages on coding: what a coder, a colleague and a stranger get; nothing shows too early."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from surveys.models import Coding, CodingTask
from tests import factories as make
from tests.surveys.coding.stories import BODY, LEARN, TIME, Scene

pytestmark = pytest.mark.django_db


def page(name, scene, *args):
    return reverse(name, args=[scene.programme.code, *args])


def test_a_coder_keeps_a_value_and_is_done(client):
    scene = Scene()
    text = scene.text()
    client.force_login(scene.ann)
    url = page("coding_text", scene, text.pk)
    assert LEARN in client.get(url).text
    said = {"variable": scene.motivation.pk, "values": "++", "passage": LEARN, "remark": "stellig"}
    assert client.post(url, said | {"passage": "Niet gezegd."}).status_code == 400
    assert client.post(url, said)["Location"] == f"{url}#v{scene.motivation.pk}"
    assert client.post(url, {"variable": scene.effects.pk, "values": ["contacts", "mirror"],
                             "passage": TIME}).status_code == 302  # fmt: skip
    assert Coding.objects.count() == 3
    client.post(page("coding_finish", scene, text.pk))
    assert CodingTask.objects.get(coder=scene.ann).finished_at
    assert "stellig" not in client.get(url).text
    client.force_login(scene.bob)
    assert "stellig" not in client.get(url).text


def test_coders_stand_side_by_side_and_the_decision_with_its_reason(client):
    scene = Scene()
    text = scene.text()
    scene.coded(text, scene.ann, "++")
    client.force_login(scene.cleo)
    url = page("coding_variable", scene, "motivation")
    assert LEARN not in client.get(url).text
    scene.coded(text, scene.bob, "--")
    shown = client.get(url)
    assert shown.text.count(LEARN) == 2
    place = shown.context["rows"][0][0].key
    said = {"place": place, "values": "+-", "how": "third", "reason": "Het slot weegt mee."}
    post = page("coding_adjudicate", scene, "motivation")
    assert client.post(post, said | {"reason": ""}).status_code == 400
    assert client.post(post, said).status_code == 302
    assert "Het slot weegt mee." in client.get(url).text
    assert client.post(post, said).status_code == 409


def test_an_evaluator_sees_what_was_coded_and_no_text(client):
    scene = Scene()
    text = scene.text()
    for coder in (scene.ann, scene.bob):
        scene.coded(text, coder)
    client.force_login(scene.appoint("evaluator"))
    assert LEARN in client.get(page("coding_variable", scene, "motivation")).text
    assert client.get(page("coding_text", scene, text.pk)).status_code == 404
    assert text.title not in client.get(page("coding", scene)).text


def test_the_list_asks_as_much_of_the_database_for_three_texts_as_for_one(
    client, django_assert_max_num_queries
):
    scene = Scene()
    client.force_login(scene.cleo)
    scene.text()
    with django_assert_max_num_queries(16):
        client.get(page("coding", scene))
    for _more in range(2):
        scene.text()
    with django_assert_max_num_queries(16):
        client.get(page("coding", scene))


def test_the_coordinator_adds_a_text_and_its_coders_see_it_on_now(client):
    scene = Scene()
    client.force_login(scene.cleo)
    said = {
        "cycle": scene.cycle.pk, "organisation": scene.organisation.pk, "title": "Wethouder",
        "body": BODY, "first": scene.ann.pk, "second": scene.bob.pk,
    }  # fmt: skip
    url = page("coding_text_new", scene)
    assert client.post(url, said | {"second": scene.ann.pk}).status_code == 400
    assert client.post(url, said).status_code == 302
    client.force_login(scene.bob)
    task = CodingTask.objects.get(coder=scene.bob)
    assert page("coding_text", scene, task.text_id) in client.get(reverse("now")).text


@pytest.mark.parametrize("format", ["json", "qdc", "xlsx"])
def test_a_codebook_goes_out_and_comes_back_in_as_the_same_version(client, format):
    scene = Scene()
    client.force_login(scene.cleo)
    raw = client.get(page("codebook_file", scene, 1, format)).content
    file = SimpleUploadedFile(f"book.{format}", raw)
    assert client.post(page("codebook_import", scene), {"file": file}).status_code == 302
    assert scene.programme.codebooks.count() == 1
    wrong = SimpleUploadedFile("book.json", json.dumps({"variables": [{"code": "a b"}]}).encode())
    shown = client.post(page("codebook_import", scene), {"file": wrong})
    assert shown.status_code == 400 and "values" in shown.text


def test_a_new_programme_takes_the_codebook_that_ships(client):
    appointment = make.AppointmentFactory()
    client.force_login(appointment.user)
    code = appointment.programme.code
    assert reverse("codebook_ship", args=[code]) in client.get(reverse("coding", args=[code])).text
    shown = client.post(reverse("codebook_ship", args=[code]), follow=True)
    assert "room_for_ideas" in shown.text
