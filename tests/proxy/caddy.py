"""Caddy with our own file. Of it is changed what a machine of its own would have: where it listens,
who signs its certificate, where files stand, how the names of containers are found, and how long
it tries, so that a test needn't wait for a quarter of a minute."""

import http.client
import os
import re
import shutil
import ssl
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from tests.architecture.source import ROOT
from tests.faults.stage import free_port, until
from tests.proxy.names import Names

FOLDER = ROOT / "deploy" / "caddy"


def program():
    """The Caddy of requirements/dev.lock, or another one that is here; None where there is none."""
    places = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return shutil.which("caddy", path=places)


@cache
def version():
    """Of the Caddy that is here; zeros where there is none."""
    if program() is None:
        return (0, 0, 0)
    words = [program(), "version"]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in told.split()[0].lstrip("v").split("."))


def pinned():
    """Of the Caddy in docker-compose.yml."""
    [told] = re.findall(r"image: caddy:([\d.]+)-", (ROOT / "docker-compose.yml").read_text())
    return tuple(int(part) for part in told.split("."))


def is_there():
    """Is there one that does what the pinned one does? An older one loses forms (the Caddyfile)."""
    return version() >= pinned()


class Caddy:
    """Our proxy, for web processes on `port` of the addresses that `pools` has by name."""

    def __init__(self, folder, port, *, patience=15, **pools):
        self.patience = patience
        self.folder, self.upstream, self.pools = folder, port, pools
        self.port, self.names = free_port(), Names(web=pools["web"])
        (folder / "static").mkdir(exist_ok=True)
        self.file = folder / "Caddyfile"

    def text(self):
        """Our file with what must differ here; each change has to be made exactly once."""
        hosts = [*self.pools["web-survey"], *self.pools["web"]]
        changes = {
            "\tadmin off\n": "\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n",
            "lb_try_duration 15s": f"lb_try_duration {self.patience}s",
            "/srv/static": str(self.folder / "static"),
            "/etc/caddy": str(FOLDER),
            "web-survey:8000 web:8000": " ".join(f"{host}:{self.upstream}" for host in hosts),
            "port 8000\n": f"port {self.upstream}\nresolvers udp/127.0.0.1:{self.names.port}\n",
        }
        text = (FOLDER / "Caddyfile").read_text()
        for ours, here in changes.items():
            assert text.count(ours) == 1, ours
            text = text.replace(ours, here)
        return text

    def __enter__(self):
        self.names.__enter__()
        self.file.write_text(self.text())
        self.log = (self.folder / "caddy.log").open("wb")
        self.process = subprocess.Popen(
            [program(), "run", "--config", str(self.file), "--adapter", "caddyfile"],
            env=os.environ
            | {
                "BENCHLEARN_HOST": f"https://localhost:{self.port}",
                "XDG_DATA_HOME": str(self.folder),
                "XDG_CONFIG_HOME": str(self.folder),
            },
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
        )
        assert until(self.listens, seconds=20), self.told()
        return self

    def __exit__(self, *problem):
        self.process.terminate()
        self.process.wait(20)
        self.log.close()
        self.names.__exit__(*problem)

    def told(self):
        return (self.folder / "caddy.log").read_text()[-3000:]

    def listens(self):
        try:
            return self.ask("GET", "/health/live/")[0] == 404
        except OSError:
            return False

    def connection(self):
        """Somebody's browser; it takes the certificate that Caddy has just made for itself."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return http.client.HTTPSConnection("localhost", self.port, timeout=30, context=context)

    def ask(self, method, path, form=None, headers=None):
        """One request as a browser makes it; status, page, headers. OSError when nobody answers."""
        connection = self.connection()
        try:
            body = None if form is None else urlencode(form)
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, path, body, kind | (headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace"), answer.headers
        finally:
            connection.close()
