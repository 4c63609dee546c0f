"""Files are looked at for viruses, where an installation has a clamd: here one that speaks its
protocol over a real socket."""

import contextlib
import socketserver
import struct
import threading

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from core.exceptions import InvalidInput
from core.health import examine, virus_scanner
from core.recordings import check_recording
from core.scanning import PIECE, ScannerAway, check_for_viruses
from core.uploads import accepted
from learningcircles.models import ActionFile
from tests import factories as make
from tests.learningcircles import factories as meet

BAD = b"a harmless word that stands for a virus"
LARGEST = 4 * PIECE


class Clamd(socketserver.BaseRequestHandler):
    """INSTREAM, PING and VERSION of clamd(8)."""

    def handle(self):
        word = self._until_nul()
        with contextlib.suppress(ConnectionError):
            self.request.sendall(self._answer(word) + b"\0")

    def _answer(self, word):
        if word == b"zPING":
            return b"PONG"
        if word == b"zVERSION":
            return b"ClamAV 1.4.3/27000"
        content = b""
        while size := struct.unpack("!L", self._exactly(4))[0]:
            content += self._exactly(size)
            if len(content) > LARGEST:
                return b"INSTREAM size limit exceeded. ERROR"
        self.server.seen.append(content)
        return b"stream: Our-Own-Test FOUND" if BAD in content else b"stream: OK"

    def _until_nul(self):
        word = b""
        while not word.endswith(b"\0"):
            word += self._exactly(1)
        return word[:-1]

    def _exactly(self, count):
        got = b""
        while len(got) < count:
            got += self.request.recv(count - len(got)) or b"\0" * count
        return got


class Mute(socketserver.BaseRequestHandler):
    """Takes what comes and hangs up without a word."""

    def handle(self):
        self.request.recv(10)


@contextlib.contextmanager
def serving(settings, handler):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.seen, server.daemon_threads = [], True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


@pytest.fixture
def clamd(settings):
    with serving(settings, Clamd) as server:
        yield server


@pytest.fixture
def away(settings):
    """An address at which nobody listens any more."""
    with serving(settings, Clamd):
        pass


def test_without_a_scanner_nothing_is_looked_at(settings):
    settings.CLAMD = ""
    check_for_viruses(BAD)


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1, 3 * PIECE])
def test_a_file_without_one_is_seen_whole_and_kept(clamd, size):
    raw = bytes(index % 251 for index in range(size))
    check_for_viruses(raw)
    assert clamd.seen == [raw]


@pytest.mark.parametrize("place", [0, PIECE - 10, 2 * PIECE])
def test_a_file_with_one_is_refused_wherever_it_stands(clamd, place):
    with pytest.raises(InvalidInput):
        check_for_viruses(b"x" * place + BAD)


def test_shared_files_and_recordings_are_looked_at_as_they_came(clamd):
    raw = b"%PDF-1.7 " + BAD
    with pytest.raises(InvalidInput):
        accepted(ContentFile(raw, name="a.pdf"))
    sound = b"ID3" + BAD
    with pytest.raises(InvalidInput):
        check_recording(sound, "mp3")
    assert clamd.seen == [raw, sound]


def test_what_is_too_large_for_the_scanner_is_not_taken(clamd):
    with pytest.raises(ScannerAway):
        check_for_viruses(b"x" * (LARGEST + PIECE))


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1:none", "/nowhere/clamd.ctl"])
def test_an_address_that_leads_nowhere_takes_no_file(settings, address):
    settings.CLAMD = address
    with pytest.raises(ScannerAway):
        check_for_viruses(b"x")


def test_an_answer_that_is_cut_short_is_none(settings):
    with serving(settings, Mute), pytest.raises(ScannerAway):
        check_for_viruses(b"x" * PIECE)


def test_the_doctor_tells_whether_it_answers(clamd):
    found = virus_scanner()
    assert found.is_well and "ClamAV" in found.told


def test_the_doctor_says_what_to_do_when_it_does_not(away):
    assert "BENCHLEARN_CLAMD" in virus_scanner().advice


@pytest.mark.django_db
def test_the_doctor_speaks_of_it_only_where_there_is_one(settings):
    settings.CLAMD = ""
    assert virus_scanner().part not in [found.part for found in examine()]


@pytest.fixture
def share(client, db):
    """Somebody shares a file with their own action; the page that answers."""
    seat = make.MembershipFactory(roles=["participant"], user__language="en")
    cycle = make.ParticipationFactory(organisation=seat.organisation).cycle
    action = meet.ActionFactory(
        programme=cycle.programme, organisation=seat.organisation, owner=seat
    )
    client.force_login(seat.user)
    url = reverse("action_file_add", args=[action.pk])
    return lambda raw: client.post(url, {"file": ContentFile(raw, name="a.txt")}, follow=True)


def test_a_file_with_a_virus_is_refused_and_not_kept(clamd, share):
    assert "A virus was found in this file" in share(BAD).text
    assert not ActionFile.objects.exists()
    share(b"a plain text")
    assert ActionFile.objects.count() == 1


def test_while_the_scanner_is_away_no_file_is_taken(away, share):
    page = share(b"a plain text")
    assert "checked for viruses now" in page.text
    assert not ActionFile.objects.exists()
