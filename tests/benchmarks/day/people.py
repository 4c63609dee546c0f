"""Who uses the product on a day, with locust: respondents, facilitators, participants, management
and an evaluator.

A process of its own: `python -m tests.benchmarks.day.people` reads a task as JSON on standard input
and writes what it measured, and what it was answered *yes* to, on standard output. Only 127.0.0.1
is ever asked. Nobody is cut off in the middle of a request, so that what was answered is known.
"""

import json
import logging
import sys
import time
import uuid
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import urlencode

import gevent
from locust import FastHttpUser, between, constant_pacing, task
from locust.env import Environment

from tests.benchmarks.client import steps_of

TASK: dict[str, Any] = {}
FOUND: dict[str, Any] = {
    "times": {},
    "requests": 0,
    "survey_requests": 0,
    "errors": [],
    "responses": 0,
    "actions": [],
    "minutes": {},
    "presences": {},
    "runs": 0,
}
OVER = gevent.event.Event()
"""The time is over: who is between two requests makes no further one."""
LONGEST_REQUEST = 30.0
SPAWNED_IN, SETTLED = 3.0, 5.0
"""Seconds in which all have come, and after which their times count: nobody's day begins with
everybody at the door."""
CSRF = "c" * 32


def in_turn(name: str) -> Iterator[Any]:
    """Links or accounts of the task, one for each who asks."""
    yield from TASK[name]


TURNS: dict[str, Iterator[Any]] = {}


def next_of(name: str) -> Any:
    """The next one of them; a day with too few of them is no day."""
    return next(TURNS.setdefault(name, in_turn(name)))


class Person(FastHttpUser):
    """Somebody with a browser, behind the proxy that speaks TLS; `session` is who is signed in."""

    abstract = True
    network_timeout = connection_timeout = LONGEST_REQUEST
    session = ""

    def ask(
        self,
        name: str,
        address: str,
        form: dict[str, Any] | None = None,
        *,
        expected: int = 200,
        accept: str = "text/html",
    ) -> Any:
        """One request, a POST when it has a form; the answer, or None when it isn't as expected."""
        if OVER.is_set():
            return None
        headers = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "127.0.0.1",
            "Accept": accept,
            "Accept-Language": "nl",
            "Connection": "close",
        }
        if self.session:
            session, csrf = TASK["cookies"]
            headers["Cookie"] = f"{session}={self.session}; {csrf}={CSRF}"
            headers["X-CSRFToken"] = CSRF
            headers["Referer"] = "https://127.0.0.1/"
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form)
        with self.client.request(
            "GET" if form is None else "POST",
            address,
            name=name,
            data=body,
            headers=headers,
            allow_redirects=False,
            catch_response=True,
        ) as answer:
            if answer.status_code != expected:
                answer.failure(f"{answer.status_code} instead of {expected}")
                return None
            answer.success()
            return answer


class Respondent(Person):
    """Answers a survey by a personal link, and then somebody else does."""

    wait_time = between(1, 3)

    @task
    def answer(self) -> None:
        for name, _method, path, form, expected in steps_of("product", next_of("tokens")):
            if self.ask(f"survey: {name}", path, form, expected=expected) is None:
                return
            if name == "submit":
                FOUND["responses"] += 1
            OVER.wait(self.wait_time())


class Facilitator(Person):
    """Leads a session: what is said is saved while it is typed, and who is there is ticked."""

    wait_time = constant_pacing(2.5)  # as typing.js saves

    def on_start(self) -> None:
        told = next_of("facilitators")
        self.session, self.address = told["session"], told["address"]
        self.items, self.guests = told["items"], told["guests"]
        self.typed = {item: TASK["minutes"].get(str(item), ["", 0]) for item in self.items}
        self.item, self.dice = self.items[0], Random(self.address)
        self.turn_to()

    @task(2)
    def turn_to(self) -> None:
        """The next item of the agenda."""
        self.item = self.items[(self.items.index(self.item) + 1) % len(self.items)]
        self.ask("session: live", f"{self.address}live/?item={self.item}")

    @task(7)
    def type_on(self) -> None:
        text, version = self.typed[self.item]
        longer = f"{text} En toen zei nummer {len(text)} iets.".strip()
        answer = self.ask(
            "session: minutes",
            f"{self.address}live/{self.item}/text/",
            {"text": longer, "version": version},
            accept="application/json",
        )
        if answer is not None:
            self.typed[self.item] = [longer, json.loads(answer.text)["version"]]
            FOUND["minutes"][self.item] = self.typed[self.item]

    @task(1)
    def tick(self) -> None:
        guest = self.dice.choice(self.guests)
        presence = self.dice.choice(["present", "excused", "absent"])
        form = {f"presence-{guest}": presence, f"seen-{guest}": ""}
        address = f"{self.address}attendance/"
        if self.ask("session: attendance", address, form, expected=302) is not None:
            FOUND["presences"][guest] = presence


class Participant(Person):
    """Logs actions of their organisation and looks at their own."""

    wait_time = between(3, 8)

    def on_start(self) -> None:
        told = next_of("participants")
        self.session, self.organisation = told["session"], told["organisation"]

    @task(2)
    def log_action(self) -> None:
        address, key = TASK["new_action"], str(uuid.uuid4())
        if self.ask("action: form", address) is None:
            return
        OVER.wait(self.wait_time())
        form = {"key": key, "organisation": self.organisation, "title": f"Do {key}"}
        form |= {"horizon": "short", "due": "2099-01-01", "owner_name": "Jan"}
        if self.ask("action: log", address, form, expected=302) is not None:
            FOUND["actions"].append(f"Do {key}")

    @task(1)
    def look_at_own(self) -> None:
        self.ask("action: mine", "/actions/")


class Manager(Person):
    """Reads what became of the actions, and the report."""

    wait_time = between(3, 8)

    def on_start(self) -> None:
        self.session = next_of("managers")["session"]

    @task(2)
    def follow_up(self) -> None:
        self.ask("management: follow-up", TASK["follow_up"])

    @task(1)
    def report(self) -> None:
        self.ask("management: report", TASK["report"])


class Evaluator(Person):
    """Has the report made, looks how far it is, and has it made again."""

    wait_time = constant_pacing(2)

    def on_start(self) -> None:
        self.session = next_of("evaluators")["session"]
        self.has_made = self.make()

    def make(self) -> bool:
        address = f"{TASK['full_report']}make/"
        return self.ask("report: make", address, {}, expected=302) is not None

    @task
    def look(self) -> None:
        answer = self.ask("report: progress", f"{TASK['full_report']}progress/")
        if answer is not None and "HX-Redirect" in answer.headers:
            FOUND["runs"] += 1
            self.make()


KINDS = {
    "respondents": Respondent,
    "facilitators": Facilitator,
    "participants": Participant,
    "managers": Manager,
    "evaluators": Evaluator,
}


def note(name: str, response_time: float, exception: Any, **more: Any) -> None:
    """What locust tells of each request."""
    FOUND["requests"] += 1
    FOUND["survey_requests"] += name.startswith("survey:")
    if time.monotonic() > TASK["settled"]:
        FOUND["times"].setdefault(name, []).append(response_time)
    if exception is not None:
        FOUND["errors"].append(f"{name}: {exception}")


def live(seconds: float) -> None:
    """All come within some seconds, go on for the time of the task, and finish their request."""
    kinds = [kind for name, kind in KINDS.items() if TASK["people"].get(name)]
    for name, kind in KINDS.items():
        kind.fixed_count = TASK["people"].get(name, 0)
        # As the proxy does: respondents have web processes of their own.
        kind.host = TASK["survey_host" if kind is Respondent else "host"]
    environment = Environment(
        user_classes=kinds, stop_timeout=LONGEST_REQUEST, catch_exceptions=False
    )
    environment.events.request.add_listener(note)
    runner = environment.create_local_runner()
    began, before = time.monotonic(), time.process_time()
    many, TASK["settled"] = sum(TASK["people"].values()), began + SETTLED
    runner.start(many, spawn_rate=max(1.0, many / SPAWNED_IN))
    gevent.sleep(SETTLED + seconds)
    OVER.set()
    runner.quit()
    runner.greenlet.join()
    FOUND["seconds"] = time.monotonic() - began
    FOUND["errors"] += [str(error) for error in runner.exceptions.values()]
    FOUND["own_cpu"] = time.process_time() - before


if __name__ == "__main__":
    logging.disable(logging.INFO)
    TASK |= json.load(sys.stdin)
    live(TASK["seconds"])
    json.dump(FOUND, sys.stdout)
