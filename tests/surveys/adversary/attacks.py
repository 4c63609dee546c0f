"""What somebody can try who has everything: every table, file, log line and mail of an
installation after closing, a copy of the database from before, and the links from the mailboxes.

An attack is a function from that loot to the pairs (address, answers) it believes in.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections import Counter, defaultdict

from django.apps import apps
from django.db import connection


def all_rows():
    """The whole database, as a dump gives it: each table in the order in which it is kept."""
    tables = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            tables[table] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return tables


def remarks(tables):
    """What each response says: its answers, by the primary key of the response."""
    said = defaultdict(list)
    for answer in tables["surveys_answer"]:
        if answer["text"]:
            said[answer["response_id"]].append(answer["text"])
    return said


def text_of(tables):
    return json.dumps(tables, default=str)


def digests(token):
    """Everything the product makes of a link."""
    yield token
    for start in ("", "draft:", "used:"):
        yield hashlib.sha256(f"{start}{token}".encode()).hexdigest()


def by_token(loot):
    """With the link from a mailbox: does any row of answers know it, or anything made of it?"""
    for email, token in loot["tokens"].items():
        known = set(digests(token))
        for table in ("surveys_response", "surveys_answer", "surveys_usedlink"):
            for row in loot["tables"][table]:
                if known & {str(value) for value in row.values()}:
                    yield email, row.get("id", row)


def by_old_copy(loot):
    """With a copy of the database made while the wave was open: make the links again from what
    stood in it, and find the drafts and used links behind them."""
    before = loot["before"]
    keys = {wave["id"]: wave["link_key"] for wave in before["surveys_wave"] if wave["link_key"]}
    rows = before["surveys_response"] + before["surveys_usedlink"]
    known = {value for row in rows for value in map(str, row.values())}
    for invitation in before["surveys_invitation"]:
        half = bytes.fromhex(keys[invitation["wave_id"]])
        for key in (half, *(hmac.digest(share, half, "sha256") for share in loot["files"])):
            code = hmac.digest(key, bytes.fromhex(invitation["nonce"]), "sha256")[:24]
            token = urlsafe_b64encode(code).decode()
            if known & set(digests(token)):
                yield invitation["email"], token


def by_order(loot):
    """Is the order of rows or of primary keys the order in which people answered?"""
    said = remarks(loot["tables"])
    rows = loot["tables"]["surveys_response"]
    for order in (rows, sorted(rows, key=lambda row: row["id"])):
        shown = [said[row["id"]][0] for row in order]
        if shown in (loot["sequence"], loot["sequence"][::-1]):
            yield "order", shown


def by_time(loot):
    """Does anything about answers hold a time, or a day that others don't share?"""
    days = {str(row["submitted_on"]) for row in loot["tables"]["surveys_response"]}
    if len(days) > 1:
        yield "days", days
    for row in loot["tables"]["surveys_response"] + loot["tables"]["surveys_answer"]:
        for name, value in row.items():
            if hasattr(value, "hour") or (name.endswith(("_at", "begun", "minutes")) and value):
                yield name, value


def by_invitation(loot):
    """Does anything in the rows of people differ between who answered and who didn't?"""
    answered = loot["answered"]
    seen = {True: set(), False: set()}
    for row in loot["tables"]["surveys_invitation"]:
        seen[row["email"] in answered].add((row["state"], str(row["modified_at"])[:10]))
    if seen[True] != seen[False]:
        yield "invitations", seen


def by_mail(loot):
    """Does the mail queue still hold links, or who was reminded and so hadn't answered?"""
    for mail in loot["tables"]["core_outboxmail"]:
        if any(token in str(mail.values()) for token in loot["tokens"].values()):
            yield mail["to"], "link"
        if "reminder" in mail["dedupe_key"]:
            yield mail["to"], "hadn't answered"


def by_small_group(loot):
    """Whose organisation, role, department and function were asked of too few people? On paper
    more may have answered than were asked by mail, but not more than there are sheets."""
    columns = ("organisation_id", "role", "department", "function")
    asked = loot["tables"]["surveys_invitation"]
    sheets = Counter(loot["sheets"].values())
    for row in loot["tables"]["surveys_response"]:
        told = {name: row[name] for name in columns if row[name]}
        fits = [one for one in asked if all(one[name] == value for name, value in told.items())]
        papers = sheets[row["organisation_id"]] if set(told) == {"organisation_id"} else 0
        if max(len(fits), papers) < loot["minimum"]:
            yield [one["email"] for one in fits], row["id"]


def by_what_is_missing(loot):
    """Who fits an answer of which something was taken away: those of whom it would be, only?"""
    names = ("organisation_id", "role", "department", "function")
    asked, rows = loot["tables"]["surveys_invitation"], loot["tables"]["surveys_response"]
    told = {tuple(row[name] or "" for name in names) for row in rows}
    for row in rows:
        mine = tuple(row[name] or "" for name in names)
        fits = [
            person
            for person in asked
            if all(part in ("", person[name]) for part, name in zip(mine, names, strict=True))
            # Of somebody whose whole background is told elsewhere, nothing would be missing here.
            and tuple(person[name] or "" for name in names) not in told - {mine}
        ]
        if len(fits) < loot["minimum"]:
            yield [person["email"] for person in fits], row["id"]


def by_typist(loot):
    """Who typed in which sheets: by as many lines of a person in the log as an organisation has
    sheets, by their order, or by a row elsewhere that knows the number of a sheet?"""
    rows = {row["id"]: row for row in loot["tables"]["surveys_response"]}
    on_paper = [row for row in rows.values() if row["channel"] == "paper"]
    log = loot["tables"]["core_activityentry"]
    entered = [line for line in log if line["verb"] == "paper entered"]
    typed = Counter(line["actor_id"] for line in entered if line["actor_id"])
    for organisation, sheets in Counter(row["organisation_id"] for row in on_paper).items():
        for typist, n in typed.items():
            if n == sheets:
                yield typist, organisation
    said = remarks(loot["tables"])
    shown = [said[key][0] for key in sorted(rows) if said[key] and "paper" in said[key][0]]
    if shown in (list(loot["sheets"]), list(loot["sheets"])[::-1]):
        yield "order", shown
    for table, others in loot["tables"].items():
        if table not in ("surveys_response", "surveys_answer"):
            numbers = {value for row in others for value in map(str, row.values())}
            for key in rows.keys() & {int(one) for one in numbers if one.isdigit()}:
                yield table, key


def by_mark(loot):
    """Is "on paper", or "by link" beside it, said of so few that it would tell who they are?"""
    kinds = defaultdict(Counter)
    for row in loot["tables"]["surveys_response"]:
        told = tuple(row[name] for name in ("organisation_id", "role", "department", "function"))
        kinds[told][row["channel"]] += 1
    for told, sizes in kinds.items():
        if "paper" in sizes and min(sizes.values()) < loot["minimum"]:
            yield told, dict(sizes)


def by_files_and_log(loot):
    """Does a file or a log line hold a key, a link, an address together with anything?"""
    for name, content in loot["left"].items():
        for email, token in loot["tokens"].items():
            if token in content or email in content:
                yield email, name
        if any(key in content for key in loot["keys"]):
            yield "key", name


ATTACKS = (
    by_token,
    by_old_copy,
    by_order,
    by_time,
    by_invitation,
    by_mail,
    by_small_group,
    by_what_is_missing,
    by_typist,
    by_mark,
    by_files_and_log,
)
