"""Two releases of one installation, the one that runs and the one that takes its place: on the same
database, Redis and files, behind our proxy."""

import signal
import subprocess
import sys
import time
import urllib.request

import psycopg

from tests.faults.stage import ROOT, until
from tests.faults.visitors import Visitors
from tests.faults.whole import Whole, commands
from tests.proxy import caddy

POOLS = ("web-survey", "web")
HOSTS = {
    "old": {"web-survey": "127.0.0.41", "web": "127.0.0.31"},
    "new": {"web-survey": "127.0.0.42", "web": "127.0.0.32"},
}
LONGEST = 60
"""Seconds that a process gets to finish: docker-compose.yml gives it as many."""
EXPAND = "ALTER TABLE {} ADD COLUMN of_the_new_release text NOT NULL DEFAULT ''"
"""What a release may do to a table while the one before it runs."""
WELL = {200, 302, 409}
"""What people are answered when all is well; 409 is a time that somebody else just took."""
BREATH = {"file": 2.0, "minutes": 0.5}
"""Seconds."""
TABLES = ("surveys_response", "surveys_answer", "learningcircles_action", "core_outboxmail")


class Releases(Whole):
    """Processes are named by release: `old web`, `new worker-mail-1`."""

    def __init__(self, folder, mail_server):
        super().__init__(folder, mail_server)
        self.kinds = commands(self.environment)
        self.commands = {
            f"{release} {kind}": words[words.index("-m") + 1 :]
            for release in HOSTS
            for kind, words in self.kinds.items()
        }
        hosts = {pool: [HOSTS[each][pool] for each in HOSTS] for pool in POOLS}
        self.proxy = caddy.Caddy(folder, self.port, **hosts)
        self.known("old")

    def environment_of(self, name):
        """Each pool of each release listens and counts somewhere else."""
        release, kind = name.split()
        own = {"BENCHLEARN_METRICS_FOLDER": str(self.folder / f"metrics {name}")}
        if kind in POOLS:
            own["BENCHLEARN_WEB_BIND"] = f"{HOSTS[release][kind]}:{self.port}"
        return super().environment_of(name) | own

    def start_release(self, release, kinds):
        """All of these, and until the web processes among them are well."""
        for kind in kinds:
            self.start(f"{release} {kind}")
        for pool in set(kinds) & set(POOLS):
            assert until(lambda pool=pool: self.is_well(HOSTS[release][pool]), seconds=90), (
                self.logs()
            )

    def is_well(self, host):
        """As the health check of its container asks."""
        address = f"http://{host}:{self.port}/health/ready/"
        request = urllib.request.Request(address, headers={"Host": "localhost"})
        try:
            page = urllib.request.urlopen(request, timeout=20)
        except OSError:
            return False
        return page.status == 200

    def finish(self, *names):
        """They are told to stop (TERM), and do so by themselves."""
        for name in names:
            self.processes[name].send_signal(signal.SIGTERM)
        for name in names:
            assert self.processes[name].wait(LONGEST) == 0, f"{name}\n{self.logs()}"

    def prepare(self):
        """`benchlearn prepare` of the new release: its tables, beside what the old one needs."""
        words = ["platform/manage.py", "prepare", "--keep-static"]
        subprocess.run(
            [sys.executable, *words],
            env=self.environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with psycopg.connect(self.database.url, autocommit=True) as connection:
            for table in TABLES:
                connection.execute(EXPAND.format(table))

    def known(self, *releases):
        """These releases have the name `web` now."""
        self.proxy.names.known["web"] = [HOSTS[each]["web"] for each in releases]


class Guests(Visitors):
    """Visitors who come through the proxy, and take a breath: however long it all takes, no action
    has more files and no text more words than are taken."""

    def __init__(self, stage):
        super().__init__(stage.port, stage.told)
        self.proxy, self.odd = stage.proxy, []

    def insist(self, what, *how, **more):
        time.sleep(BREATH.get(what, 0.3))
        return super().insist(what, *how, **more)

    def ask(self, method, path, form, headers):
        status, page = super().ask(method, path, form, headers)
        if status not in WELL:
            self.odd.append((time.strftime("%X"), method, path.split("/")[1], status, page[:150]))
        return status, page

    def signed_in(self, session, **more):
        referer = f"https://localhost:{self.proxy.port}/"
        return super().signed_in(session, **more) | {"Referer": referer}

    def connection_for(self, path):
        return self.proxy.connection()
