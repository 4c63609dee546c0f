"""Taking a name out of what every room relies on: mails that name it, lines of the activity log."""

import json
import re

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from core.models import ActivityEntry, MailState, OutboxMail

GONE = "[…]"
"""What stands where a name was, in any language."""
FOLD = re.compile(r"\r?\n[ \t]")
"""A long line of a calendar file goes on in the next one."""
AT_WORK = (MailState.CLAIMED, MailState.DELIVERING)
IN_MAIL = ("subject", "body", "server_answer")


def forget_in_mails(pattern: re.Pattern[str], words: list[str]) -> int:
    """Take a name out of mails to others; how many had it. `words` are what it surely holds one
    of, for the database. One that a worker has in hand is as good as sent."""
    asked = _with_any([*IN_MAIL, "attachment"], words) | ~Q(attachment="")
    count = 0
    for mail in OutboxMail.objects.filter(asked).exclude(state__in=AT_WORK):
        text = FOLD.sub("", mail.attachment)
        new = {name: pattern.sub(GONE, getattr(mail, name)) for name in IN_MAIL}
        new["attachment"] = pattern.sub(GONE, text) if pattern.search(text) else mail.attachment
        if any(getattr(mail, name) != told for name, told in new.items()):
            OutboxMail.objects.filter(pk=mail.pk).exclude(state__in=AT_WORK).update(**new)
            count += 1
    return count


def forget_in_activity(pattern: re.Pattern[str], words: list[str]) -> int:
    """Take a name out of what lines of the activity log say; how many had it."""
    plain = [*words, *(json.dumps(word)[1:-1] for word in words)]
    rows = ActivityEntry.objects.annotate(told=Cast("details", models.TextField()))
    count = 0
    for entry in rows.filter(_with_any(["told"], plain)):
        new = {
            key: pattern.sub(GONE, told) if isinstance(told, str) else told
            for key, told in entry.details.items()
        }
        if new != entry.details:
            ActivityEntry.objects.filter(pk=entry.pk).update(details=new)
            count += 1
    return count


def _with_any(fields: list[str], words: list[str]) -> Q:
    asked = Q(pk__in=())
    for name in fields:
        for word in words:
            asked |= Q(**{f"{name}__icontains": word})
    return asked
