"""Who uses the product while things break, and remembers what they were told *yes* to."""

import json
import re
import threading
import time
import uuid
from random import Random

from tests.benchmarks.client import steps_of
from tests.faults.asking import PATIENCE, Asker, with_file

TIMES = re.compile(r'name="starts" value="([^"]+)"')
BOOKERS = 2


def answers_of(token, form):
    """What this respondent says: everybody says something else."""
    dice = Random(f"{token} {sorted(form)}")
    return {code: str(dice.randint(1, 5)) for code in form}


class Visitors(Asker):
    """In threads: respondents with their links, people who book an interview with theirs, a manager
    who logs actions, somebody who shares files and a facilitator who types minutes."""

    def __init__(self, port, told, *, at_once=4):
        super().__init__(port, told["cookies"])
        self.told, self.lock, self.going = told, threading.Lock(), True
        self.tokens, self.candidates = iter(told["tokens"]), iter(told["candidates"])
        self.answers, self.actions, self.files = [], [], {}
        self.minutes, self.bookings = {}, {}
        deeds = [self.respond] * at_once + [self.book] * BOOKERS
        deeds += [self.log_actions, self.share_files, self.type_minutes]
        self.threads = [threading.Thread(target=deed, daemon=True) for deed in deeds]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        """Who began goes on to the end."""
        self.going = False
        for thread in self.threads:
            thread.join(PATIENCE * 3)

    def has_begun(self):
        """Was each of them told yes?"""
        return all((self.answers, self.actions, self.files, self.minutes, self.bookings))

    def respond(self):
        """Only the answer that somebody gets who submits (302) is a yes, also to who asks again."""
        while self.going:
            with self.lock:
                token = next(self.tokens, None)
            if token is None:
                return
            said = {}
            for name, method, path, form, expected in steps_of("product", token):
                if name.startswith("post"):
                    form = answers_of(token, form)
                    said |= form
                if not self.insist(name, method, path, form, wanted={expected}):
                    return
                if name == "submit":
                    self.answers.append(said)

    def log_actions(self):
        headers = self.signed_in(self.told["session"])
        while self.going:
            key = str(uuid.uuid4())
            form = {"key": key, "organisation": self.told["organisation"], "title": f"Do {key}"}
            form |= {"horizon": "short", "due": "2099-01-01", "owner_name": "Jan"}
            address = self.told["new_action"]
            if not self.insist("action", "POST", address, form, wanted={302}, headers=headers):
                return
            self.actions.append(f"Do {key}")
            time.sleep(0.1)

    def share_files(self):
        headers = self.signed_in(self.told["session"])
        while self.going:
            key = str(uuid.uuid4())
            name, content = f"{key}.txt", f"Verslag {key}\n" * 100
            form = with_file({"key": key}, name, content)
            address = self.told["files"]
            if not self.insist("file", "POST", address, form, wanted={302}, headers=headers):
                return
            self.files[name] = content
            time.sleep(0.3)

    def type_minutes(self):
        """One text after the other grows, and is saved as the page does: with its version."""
        told = self.told["facilitator"]
        headers = self.signed_in(told["session"], Accept="application/json")
        typed = dict.fromkeys(told["items"], ("", 0))
        while self.going:
            for item, (text, version) in typed.items():
                longer = f"{text} En toen zei nummer {len(text)} iets.".strip()
                form = {"text": longer, "version": version}
                address = f"{told['address']}live/{item}/text/"
                found = self.insist("minutes", "POST", address, form, wanted={200}, headers=headers)
                if not found:
                    return
                typed[item] = self.minutes[item] = (longer, json.loads(found[1])["version"])
                time.sleep(0.1)

    def book(self):
        """Choose one of the times that are shown; whose time was taken meanwhile chooses again."""
        while self.going:
            with self.lock:
                candidate, token = next(self.candidates, (None, None))
            if candidate is None or not self.choose_time(candidate, f"/i/{token}/"):
                return
            time.sleep(0.1)

    def choose_time(self, candidate, address):
        """Whether they were told that it is theirs. Who is told that they have a time already, by
        what they asked for before, asks for that one again."""
        found, dice = self.insist("times", "GET", address, wanted={200}), Random(candidate)
        starts = ""
        while found:
            times = TIMES.findall(found[1])
            starts = dice.choice(times) if times else starts
            form = {"starts": starts, "way": "video"}
            found = self.insist("booking", "POST", address, form, wanted={302, 409})
            if found and found[0] == 302:
                self.bookings[candidate] = starts
                return True
        return False
