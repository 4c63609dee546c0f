"""The demonstration's mailbox: a file a mail."""

from django.core.mail import EmailMessage

from core.mailbox import Backend


def test_a_mail_is_one_whole_file_however_often_it_is_sent(tmp_path):
    message = EmailMessage("Dag", "Tekst", to=["a@example.org"], headers={"Message-ID": "<x1@b.c>"})
    backend = Backend(alias="default", folder=str(tmp_path / "mail"))
    assert backend.send_messages([message]) == 1
    backend.send_messages([message])
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == "x1.eml"
    assert b"Tekst" in file.read_bytes()


def test_a_message_id_can_not_lead_out_of_the_folder(tmp_path):
    headers = {"Message-ID": "<../../x@b.c>"}
    message = EmailMessage("Dag", "Tekst", to=["a@example.org"], headers=headers)
    Backend(alias="default", folder=str(tmp_path)).send_messages([message])
    assert [file.parent for file in tmp_path.rglob("*.eml")] == [tmp_path]
