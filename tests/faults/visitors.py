"""Who uses the product while things break: they ask until they are answered, as people do, and
remember what they were told *yes* to."""

import http.client
import re
import threading
import time
import uuid
from collections import Counter
from urllib.parse import urlencode

from tests.benchmarks.client import steps_of

PATIENCE = 150.0
"""Seconds that somebody goes on asking the same."""
CLEAR = re.compile(r"<h1>[^<]+</h1>")


class Visitors:
    """Respondents with their links and one manager who logs actions, in threads."""

    def __init__(self, port, told, *, at_once=4):
        self.port, self.told = port, told
        self.tokens, self.lock = iter(told["tokens"]), threading.Lock()
        self.submitted, self.actions = [], []
        self.seen, self.unclear, self.failed = Counter(), [], []
        self.slowest, self.going = 0.0, True
        self.threads = [threading.Thread(target=self.respond) for _ in range(at_once)]
        self.threads.append(threading.Thread(target=self.log_actions))

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        """Who began goes on to the end."""
        self.going = False
        for thread in self.threads:
            thread.join(PATIENCE * 3)

    def respond(self):
        while self.going:
            with self.lock:
                token = next(self.tokens)
            for name, method, path, form, expected in steps_of("product", token):
                # Who submitted and didn't hear of it is told that it was done already.
                also = {302, 410, 409, 200} if name == "submit" else set()
                if not self.insist(method, path, form, {expected} | also):
                    return
                if name == "submit":
                    self.submitted.append(token)

    def log_actions(self):
        session, csrf = self.told["cookies"]
        token = "c" * 32
        headers = {
            "Cookie": f"{session}={self.told['session']}; {csrf}={token}",
            "X-CSRFToken": token,
            "Referer": "https://127.0.0.1/",
        }
        while self.going:
            key = str(uuid.uuid4())
            form = {"key": key, "organisation": self.told["organisation"], "title": f"Do {key}"}
            form |= {"horizon": "short", "due": "2099-01-01", "owner_name": "Jan"}
            if not self.insist("POST", self.told["new_action"], form, {302}, headers):
                return
            self.actions.append(f"Do {key}")
            time.sleep(0.05)

    def insist(self, method, path, form, wanted, headers=None):
        """Ask until the answer is one of these; whether it came."""
        began = time.monotonic()
        status, page = None, ""
        while time.monotonic() - began < PATIENCE:
            status, page = self.ask(method, path, form, headers or {})
            self.seen[status] += 1
            if status in wanted:
                self.slowest = max(self.slowest, time.monotonic() - began)
                return True
            if status is not None and not CLEAR.search(page):
                self.unclear.append((status, page[:300]))
            time.sleep(0.1)
        self.failed.append((method, path.split("/")[1], status, page[-1500:]))
        return False

    def ask(self, method, path, form, headers):
        """One request; status None when nobody answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request(
                method,
                path,
                urlencode(form) if form is not None else None,
                {
                    "X-Forwarded-Proto": "https",
                    "Accept-Language": "nl",
                    "Content-Type": "application/x-www-form-urlencoded",
                }
                | headers,
            )
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return None, ""
        finally:
            connection.close()
