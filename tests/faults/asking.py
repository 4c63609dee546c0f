"""Somebody who asks until they are answered, as people do."""

import http.client
import re
import time
import uuid
from collections import Counter
from urllib.parse import urlencode

PATIENCE = 150.0
"""Seconds that somebody goes on asking the same."""
CLEAR = re.compile(r"<h1>[^<]+</h1>")
FORM = "application/x-www-form-urlencoded"
CSRF = "c" * 32


def with_file(form, name, content):
    """A form with a file in it, as a browser sends it: its type and the bytes."""
    edge = uuid.uuid4().hex
    told = [f'"{key}"\r\n\r\n{value}' for key, value in form.items()]
    told.append(f'"file"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n{content}')
    parts = [f"--{edge}\r\nContent-Disposition: form-data; name={part}\r\n" for part in told]
    return f"multipart/form-data; boundary={edge}", f"{''.join(parts)}--{edge}--\r\n".encode()


class Asker:
    """What was seen by all who ask: `unclear` are pages that told nothing, `failed` what nobody
    answered as wanted within PATIENCE, `repeated` what was said yes to after silence only."""

    def __init__(self, port, cookies):
        self.port, self.cookies = port, cookies
        self.seen, self.repeated = Counter(), Counter()
        self.unclear, self.failed, self.slowest = [], [], 0.0

    def insist(self, what, method, path, form=None, *, wanted, headers=None):
        """Ask until the answer is one of these; its status and text, or None."""
        began, silent = time.monotonic(), False
        status, page = None, ""
        while time.monotonic() - began < PATIENCE:
            status, page = self.ask(method, path, form, headers or {})
            self.seen[status] += 1
            if status in wanted:
                self.slowest = max(self.slowest, time.monotonic() - began)
                self.repeated[what] += silent
                return status, page
            silent = silent or status is None
            if status is not None and not CLEAR.search(page):
                self.unclear.append((what, status, page[:300]))
            time.sleep(0.1)
        self.failed.append((what, status, page[-1500:]))
        return None

    def signed_in(self, session, **more):
        """The headers of somebody who signed in."""
        name, csrf = self.cookies
        cookie = f"{name}={session}; {csrf}={CSRF}"
        return {"Cookie": cookie, "X-CSRFToken": CSRF, "Referer": "https://127.0.0.1/"} | more

    def connection_for(self, path):
        """Where to ask for an address."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(self, method, path, form, headers):
        """One request; status None when nobody answered. A form is a dict, or a type and bytes."""
        kind, body = form if isinstance(form, tuple) else (FORM, form and urlencode(form))
        headers = {"X-Forwarded-Proto": "https", "Accept-Language": "nl"} | headers
        connection = self.connection_for(path)
        try:
            connection.request(method, path, body, headers | {"Content-Type": kind})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return None, ""
        finally:
            connection.close()
