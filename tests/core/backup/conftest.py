"""An installation with something of every room in it, and the key of its backups."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from core.backup.archive import new_identity
from core.models import MailState, OutboxMail
from learningcircles.models import Action
from surveys.domain.locked_files import attach_file
from tests import factories as make
from tests.core.backup.stories import lose_files
from tests.surveys.interviews.test_talks import SECRET, TODAY, Held
from tests.surveys.stories import answer_all, opened_wave, tokens_of

REMARK = "Meer tijd om na te denken: één uur, 'echt' — ✓"


@pytest.fixture(autouse=True)
def no_files_of_other_stories():
    """Storages of the test run are in memory, and are those of all stories."""
    lose_files()
    yield
    lose_files()


@pytest.fixture
def key(tmp_path):
    """A key: its secret half is a file, its public half a word."""
    return tmp_path / "secret", new_identity(tmp_path / "secret")


@pytest.fixture
def filled():
    """Something of every room: a wave with a submitted answer and a draft, mail that waits and that
    was sent, an interview with a recording, an action, files."""
    wave = opened_wave(sizes=(2,))
    first, second = tokens_of(wave)
    answer_all(first, remark=REMARK)
    answer_all(second, submit=False)
    sent = {"state": MailState.SENT, "body": "", "unsubscribe_url": ""}
    OutboxMail.objects.filter(pk=OutboxMail.objects.first().pk).update(**sent)
    held = Held()
    attach_file(
        held.interview, name="talk.txt", raw=SECRET, last_day=TODAY, today=TODAY, by=held.holder
    )
    Action.objects.create(
        programme=held.programme,
        organisation=make.OrganisationFactory(),
        title="Bel de buurgemeente",
        status="agreed",
        agreed_on=TODAY,
        due=TODAY,
        original_due=TODAY,
    )
    storages["private"].save("papers/1/minutes.pdf", ContentFile(bytes(range(256)) * 500))
    storages["default"].save("images/town.png", ContentFile(b"\x89PNG"))
    return wave, [first, second]
