"""Files with an action: for who sees the action, and nobody else."""

import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import ActivityEntry
from learningcircles.models import ActionFile
from tests.learningcircles import factories as meet


def test_a_file_with_an_action_is_for_who_sees_the_action(stage, signed_in):
    action = meet.ActionFactory(programme=stage.programme, organisation=stage.here)
    browser = signed_in(stage.member)
    add = reverse("action_file_add", args=[action.pk])
    hostile = SimpleUploadedFile("page.html", b"<script>")
    assert browser.post(add, {"file": hostile}).status_code == 422
    key = str(uuid.uuid4())
    for _twice in range(2):
        letter = SimpleUploadedFile("brief.pdf", b"%PDF-1.7 letter")
        assert browser.post(add, {"file": letter, "key": key}).status_code == 302
    (row,) = ActionFile.objects.all()
    address = reverse("action_file", args=[action.pk, row.pk])
    assert address in browser.get(reverse("action", args=[action.pk])).content.decode()
    answer = signed_in(stage.management).get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 letter"
    assert answer["Content-Type"] == "application/octet-stream"
    assert "attachment" in answer["Content-Disposition"]
    assert signed_in(stage.neighbour_participant).get(address).status_code == 404
    other = meet.ActionFactory(programme=stage.programme, organisation=stage.here)
    wrong = reverse("action_file", args=[other.pk, row.pk])
    assert signed_in(stage.member).get(wrong).status_code == 404
    remove = reverse("action_file_remove", args=[action.pk, row.pk])
    assert signed_in(stage.management).post(remove).status_code == 404
    assert signed_in(stage.member).post(remove).status_code == 302
    assert not ActionFile.objects.exists()
    assert ActivityEntry.objects.filter(verb="remove_action_file").count() == 1
