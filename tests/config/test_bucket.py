"""Files in a bucket: written, read and taken away at a service that speaks like S3."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from config.settings.files import storages_of


class Bucket(BaseHTTPRequestHandler):
    """As much of S3 as a file needs: put, get, head, delete."""

    kept: dict = {}

    def key(self):
        return unquote(urlsplit(self.path).path)

    def answer(self, status, content=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", '"x"')
        self.send_header("Last-Modified", "Wed, 25 Nov 2026 10:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def do_PUT(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            size, _newline, rest = content.partition(b"\r\n")
            content = rest[: int(size.split(b";")[0], 16)]
        self.kept[self.key()] = (content, dict(self.headers))
        self.answer(200)

    def do_GET(self):
        if self.key() in self.kept:
            self.answer(200, self.kept[self.key()][0])
        else:
            self.answer(404)

    do_HEAD = do_GET

    def do_DELETE(self):
        self.kept.pop(self.key(), None)
        self.answer(204)

    def log_message(self, *words):
        """Quiet."""


@pytest.fixture
def bucket(monkeypatch, tmp_path):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    given = {"BUCKET": "files", "ENDPOINT": address, "REGION": "nl", "KEY": "k", "SECRET": "s"}
    for name, value in given.items():
        monkeypatch.setenv(f"BENCHLEARN_FILES_{name}", value)
    Bucket.kept = {}
    yield storages_of(tmp_path)
    server.shutdown()
    server.server_close()


def test_a_private_file_goes_there_and_back_and_is_gone_when_it_is_removed(bucket):
    private = storages.create_storage(bucket["private"])
    name = private.save("papers/1/minutes.pdf", ContentFile(b"%PDF"))
    [(key, (content, headers))] = Bucket.kept.items()
    assert key.endswith("/private/papers/1/minutes.pdf") and content == b"%PDF"
    assert not any("acl" in header.lower() for header in headers)
    assert private.exists(name) and private.open(name).read() == b"%PDF"
    # A second one of the same name replaces nothing.
    assert private.save("papers/1/minutes.pdf", ContentFile(b"other")) != name
    private.delete(name)
    assert not private.exists(name)


def test_halves_of_keys_stay_in_a_folder(bucket, tmp_path):
    assert storages_of(tmp_path)["keys"]["BACKEND"] == "core.wholefiles.WholeFiles"
    assert "s3" in bucket["default"]["BACKEND"] and "s3" in bucket["private"]["BACKEND"]
