"""What closing a wave destroys, so that an anonymous answer can't be traced to a person any more.

docs/privacy.md says what holds before and after, and against whom; tests/surveys/adversary tries.
"""

import datetime as dt
from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import QuerySet

from core.models import ActivityEntry, MailState, OutboxMail, log_activity
from surveys.coarsening import UNTOLD, coarsen, perhaps_too_few
from surveys.enums import Channel, InvitationState, ResponseState, WaveMode, WaveState
from surveys.keys import destroy_share
from surveys.models import Answer, Invitation, Response, UsedLink, Wave
from surveys.queries import mails_of

SEAL_TASK = "surveys.tasks.seal_waves"
PAPER_ENTERED = "paper entered"
"""In the activity log: a line a sheet, and one for all of them once an anonymous wave is closed."""
BY_PEOPLE = (Channel.LINK, Channel.PAPER, Channel.UNTOLD)
IN_FLIGHT = (MailState.CLAIMED, MailState.DELIVERING)
TOLD = ("organisation", "department", "role", "function")


def seal_wave(wave: Wave, *, on: dt.date) -> None:
    """In the transaction that closes the wave: end its links, and cut what still ties."""
    # Whoever is answering at this moment holds a lock on the invitation: this waits for them, and
    # they find the invitation closed after it.
    Invitation.objects.filter(wave=wave).update(state=InvitationState.CLOSED)
    Response.objects.filter(wave=wave, state=ResponseState.DRAFT).delete()
    UsedLink.objects.filter(wave=wave).delete()
    Response.objects.filter(wave=wave, minutes__isnull=False).update(minutes=None)
    empty_mails(wave)
    if wave.mode == WaveMode.ANONYMOUS:
        _tell_less(wave)
        _mix_channels(wave)
        _forget_who_entered(wave)
        given = Response.objects.filter(wave=wave, channel__in=BY_PEOPLE)
        given.update(submitted_on=on, pages_done=0)
        lay_in_order_of_chance(given, Answer.objects.filter(response__in=given))


def empty_mails(wave: Wave) -> None:
    """Mails hold links, and reminders tell who hadn't answered: neither is kept after closing."""
    settled = mails_of(wave).exclude(state__in=IN_FLIGHT)
    settled.filter(state=MailState.WAITING).update(state=MailState.CANCELLED)
    if wave.mode == WaveMode.ANONYMOUS:
        settled.filter(dedupe_key__startswith="reminder:").delete()
    settled.exclude(body="").update(body="", attachment="", unsubscribe_url="")


def _tell_less(wave: Wave) -> None:
    """Leave answers nothing of a person that too few were asked with."""
    minimum = wave.cycle.programme.minimum_group
    invited = list(wave.invitations.values_list(*TOLD))
    on_paper = list(wave.responses.filter(channel=Channel.PAPER).values_list(*TOLD))
    perhaps = perhaps_too_few(invited, on_paper, minimum)
    counted = {
        person: (UNTOLD, *person[1:]) if person[0] in perhaps else person
        for person in (*invited, *on_paper)
    }
    less = coarsen([counted[person] for person in (*invited, *on_paper)], minimum)
    for person, as_counted in counted.items():
        told = less[as_counted]
        if person != told:
            organisation, *rest = told
            fields = dict(zip(TOLD[1:], rest, strict=True))
            mine = wave.responses.filter(channel__in=BY_PEOPLE)
            mine = mine.filter(**dict(zip(TOLD, person, strict=True)))
            mine.update(organisation=organisation or None, **fields)


def _mix_channels(wave: Wave) -> None:
    """Leave "on paper" only where it, and "by link" beside it, is said of enough people."""
    minimum = wave.cycle.programme.minimum_group
    given = wave.responses.filter(channel__in=BY_PEOPLE).order_by()
    kinds: dict[tuple, dict[str, int]] = defaultdict(dict)
    for *person, channel, n in given.values_list(*TOLD, "channel").annotate(n=models.Count("pk")):
        kinds[tuple(person)][channel] = n
    for person, sizes in kinds.items():
        if Channel.PAPER in sizes and min(sizes.values()) < minimum:
            mine = {
                f"{name}__isnull" if value is None else name: value is None or value
                for name, value in zip(TOLD, person, strict=True)
            }
            given.filter(**mine).update(channel=Channel.UNTOLD)


def _forget_who_entered(wave: Wave) -> None:
    """Leave of the sheets how many there were: the number that each person entered, beside the
    number of each organisation, would tell whose sheets somebody has read."""
    kind = ContentType.objects.get_for_model(Wave)
    lines = ActivityEntry.objects.filter(
        target_type=kind, target_id=str(wave.pk), verb=PAPER_ENTERED
    )
    sheets, _by_kind = lines.delete()
    if sheets:
        log_activity(wave, PAPER_ENTERED, sheets=sheets)


def lay_in_order_of_chance(*several: QuerySet) -> None:
    """Write rows anew in the order of their keys, which are chance (models.responses.new_row_id).

    SQLite keeps a table in that order anyway. PostgreSQL keeps rows as they came, and shows that
    in a dump; the constraints on them are deferred, so keys and all that refers to them stay.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        kept = [_put_aside(cursor, rows) for rows in several]
        for table, aside in reversed(kept):
            cursor.execute(f"DELETE FROM {table} WHERE id IN (SELECT id FROM {aside})")  # noqa: S608
        for table, aside in kept:
            cursor.execute(f"INSERT INTO {table} SELECT * FROM {aside} ORDER BY id")  # noqa: S608
            cursor.execute(f"DROP TABLE {aside}")


def _put_aside(cursor: object, rows: QuerySet[models.Model]) -> tuple[str, str]:
    """Copy rows to a table of this transaction; the names of both."""
    table = connection.ops.quote_name(rows.model._meta.db_table)
    aside = connection.ops.quote_name(f"aside_{rows.model._meta.model_name}")
    sql, parameters = rows.order_by().values_list("pk").query.sql_with_params()
    cursor.execute(  # type: ignore[attr-defined]
        f"CREATE TEMPORARY TABLE {aside} ON COMMIT DROP AS "  # noqa: S608
        f"SELECT * FROM {table} WHERE id IN ({sql})",
        parameters,
    )
    return table, aside


def destroy_shares() -> int:
    """Destroy the file halves of closed waves' keys, and what their last mails still hold.

    Called after the closing transaction, and again by beat until it has been done: the other half
    is gone with the transaction, so in between no link can be made either.
    """
    destroyed = 0
    for wave in unsealed_waves():
        if mails_of(wave).filter(state__in=IN_FLIGHT).exists():
            continue  # a worker holds a mail at this moment; the next round looks again
        empty_mails(wave)
        destroy_share(wave.key_share)
        Wave.objects.filter(pk=wave.pk).update(key_share="")
        destroyed += 1
    return destroyed


def unsealed_waves() -> QuerySet[Wave]:
    """Closed waves of which something is left to destroy."""
    return Wave.objects.filter(state=WaveState.CLOSED).exclude(key_share="")


def wipe_free_pages() -> None:
    """Let the database let go of what rows held before: SQLite's log, PostgreSQL's dead rows."""
    if connection.in_atomic_block:
        return  # within a transaction neither can be done
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for model in (Wave, Invitation, UsedLink, Response, Answer, OutboxMail, ActivityEntry):
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
