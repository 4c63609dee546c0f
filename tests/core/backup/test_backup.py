"""A restore drill: fill, back up, lose everything, restore elsewhere, compare record by record."""

import stat
import tarfile

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from core.backup import carry, records
from core.backup.archive import new_identity, reading
from core.exceptions import InvalidInput, NotNow
from core.models import MailState, OutboxMail
from core.outbox import queue_mail
from surveys.domain.waves import close_wave
from surveys.models import LockedFile, Response, Vault
from tests import factories as make
from tests.core.backup.stories import files, lose_files, snapshot
from tests.surveys.interviews.test_talks import SECRET, TODAY
from tests.surveys.stories import answer_all, fresh

pytestmark = pytest.mark.django_db


def lose_everything():
    """The server burns down. Another one has empty tables and no files."""
    for model in records.tables():
        records.empty(model)
    lose_files()


def test_everything_comes_back_as_it_was_and_life_goes_on(filled, key, tmp_path):
    secret, public = key
    before, files_before = snapshot(), files()
    told = carry.back_up(tmp_path / "b.age", recipient=public)
    lose_everything()
    assert not get_user_model().objects.exists() and not files()

    assert carry.restore(tmp_path / "b.age", identity=secret) == told
    assert snapshot() == before
    assert files() == files_before
    assert told["records"] == sum(lines.count(b"\n") for lines in before.values())
    # The next record gets a key of its own, and a link from a mailbox still leads to its draft.
    make.UserFactory()
    wave, (_first, second) = filled
    answer_all(second)
    assert Response.objects.filter(wave=wave, state="submitted").count() == 2


def contents(file, secret):
    with reading(file, secret) as tar:
        return {member.name: member.isfile() and tar.extractfile(member).read() for member in tar}


def test_a_backup_keeps_what_an_anonymous_wave_promised(filled, key, tmp_path):
    """Made while the wave was open, and read by somebody who has the key of the backup."""
    secret, public = key
    wave, tokens = filled
    carry.back_up(tmp_path / "b.age", recipient=public)
    shares = [storages["keys"].open(name).read() for name in carry.names_in("keys")]
    assert len(shares) >= 2
    inside = b"\n".join(contents(tmp_path / "b.age", secret).values())
    for never in [*shares, *(token.encode() for token in tokens), SECRET]:
        assert never not in inside
    assert wave.link_key.encode() in inside  # its half that stands in the database, worth nothing
    # What was closed before the backup has lost that too.
    close_wave(fresh(wave), by=None, on=TODAY)
    carry.back_up(tmp_path / "later.age", recipient=public)
    later = b"\n".join(contents(tmp_path / "later.age", secret).values())
    assert wave.link_key.encode() not in later


def test_after_a_restore_no_mail_goes_out_twice_and_no_recording_can_be_read(filled, key, tmp_path):
    secret, public = key
    queue_mail(to="a@example.org", subject="x", body="link", reference="x", dedupe_key="late")
    carry.back_up(tmp_path / "b.age", recipient=public)
    lose_everything()
    carry.restore(tmp_path / "b.age", identity=secret)
    states = set(OutboxMail.objects.values_list("state", flat=True))
    assert states == {MailState.SENT, MailState.FAILED}
    late = OutboxMail.objects.get(dedupe_key="late")
    assert (late.body, late.server_answer) == ("", records.IN_NO_BACKUP)
    assert LockedFile.objects.exists() and Vault.objects.exists()
    assert not list(carry.names_in("keys"))


def test_a_file_that_was_changed_cut_short_or_locked_for_another_changes_nothing(
    filled, key, tmp_path
):
    secret, public = key
    file = tmp_path / "b.age"
    carry.back_up(file, recipient=public)
    lose_everything()
    whole = file.read_bytes()
    for spoiled in (whole[:-1000], whole[:5000], flipped(whole)):
        file.write_bytes(spoiled)
        with pytest.raises(InvalidInput):
            carry.restore(file, identity=secret)
        assert not files() and not get_user_model().objects.exists()
    file.write_bytes(whole)
    other = tmp_path / "other"
    new_identity(other)
    with pytest.raises(InvalidInput):
        carry.restore(file, identity=other)


def flipped(whole):
    middle = len(whole) // 2
    return whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]


def test_a_restore_goes_into_an_empty_installation_of_the_same_version(key, tmp_path, monkeypatch):
    secret, public = key
    carry.back_up(tmp_path / "b.age", recipient=public)
    make.UserFactory()
    with pytest.raises(NotNow):
        carry.restore(tmp_path / "b.age", identity=secret)
    get_user_model().objects.all().delete()
    monkeypatch.setattr(carry, "_state", lambda: ["another"])
    with pytest.raises(NotNow):
        carry.restore(tmp_path / "b.age", identity=secret)


def test_a_backup_that_fails_leaves_nothing_behind(key, tmp_path, monkeypatch):
    _secret, public = key

    def full(*args, **options):
        raise OSError("No space left on device")

    monkeypatch.setattr(carry, "add", full)
    with pytest.raises(OSError, match="No space"):
        carry.back_up(tmp_path / "b.age", recipient=public)
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]


def test_the_commands(key, tmp_path, settings, capsys):
    settings.BACKUP_RECIPIENT = ""
    with pytest.raises(CommandError, match="BENCHLEARN_BACKUP_RECIPIENT"):
        call_command("backup", str(tmp_path))
    call_command("backup", "--new-key", str(tmp_path / "mine"), "--json")
    told = capsys.readouterr().out
    assert "age1" in told and stat.S_IMODE((tmp_path / "mine").stat().st_mode) == 0o600
    settings.BACKUP_RECIPIENT = key[1]
    call_command("backup", str(tmp_path))
    [file] = tmp_path.glob("benchlearn-*.age")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(tarfile.TarError):
        tarfile.open(file).close()
    call_command("restore", str(file), "--key", str(key[0]))
