"""Is everything there that Benchlearn needs, and if not, what to do about it.

Each look answers for one part and changes nothing that lasts. `core` knows no room: what a room
needs beyond this, it says where it fails.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from celery import current_app
from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError

from core.models import MailState, OutboxMail, Pulse
from core.scanning import scanner_answers
from core.stolen_passwords import stolen_list_answers

logger = logging.getLogger(__name__)

LONGEST_SILENCE = dt.timedelta(minutes=2)
"""Beat asks for a round every ten seconds; a worker that is busy may be a few late."""
LONGEST_WAIT = dt.timedelta(minutes=15)
MOST_APART = dt.timedelta(seconds=5)
PROBE = "doctor"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one part: `advice` is empty when it is well."""

    part: str
    told: str
    advice: str = ""

    @property
    def is_well(self) -> bool:
        return not self.advice


def examine() -> Iterator[Finding]:
    """Look at every part; without a database there is nothing to say of what stands in it."""
    yield (found := database())
    if found.is_well:
        yield (tables := migrations())
        yield clock()
        if tables.is_well:
            yield from (worker(timezone.now()), outbox(timezone.now()))
    yield broker()
    yield mail_server()
    for alias in ("default", "private", "keys"):
        yield storage(alias)
    if settings.CLAMD:
        yield virus_scanner()
    if settings.STOLEN_PASSWORDS:
        yield stolen_passwords()


def _look(part: str, advice: str, look: Callable[[], str], *errors: type[Exception]) -> Finding:
    """What `look` tells; when it fails with one of these, the error with the advice."""
    try:
        return Finding(part, look())
    except errors as error:
        logger.warning("%s: %s", part, error)
        return Finding(part, str(error).strip() or type(error).__name__, advice)


def database() -> Finding:
    """Does the database answer?"""

    def look() -> str:
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        version = ".".join(map(str, connection.get_database_version()))
        return f"{connection.display_name} {version}"

    advice = _("Start the database, or mend BENCHLEARN_DATABASE_URL.")
    return _look(_("database"), advice, look, DatabaseError, InterfaceError, OSError)


def migrations() -> Finding:
    """Are all tables as this version needs them?"""
    missing = pending_migrations()
    if missing:
        told = _("%d migrations still have to be carried out") % missing
        return Finding(_("tables"), told, _("Run benchlearn prepare."))
    if lacks_cache():
        told = _("the table in which tries to sign in are counted isn't there")
        return Finding(_("tables"), told, _("Run benchlearn prepare."))
    return Finding(_("tables"), _("up to date"))


def pending_migrations() -> int:
    """How many migrations this version has that the database hasn't."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def lacks_cache() -> bool:
    """Is there no table for a cache that stands in the database?"""
    there = connections[DEFAULT_DB_ALIAS].introspection.table_names()
    kept = [caches[alias] for alias in settings.CACHES]
    return any(
        each._table not in there  # type: ignore[attr-defined]
        for each in kept
        if isinstance(each, BaseDatabaseCache)
    )


def clock() -> Finding:
    """Do this machine and the database's tell the same time?"""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(_now_sql())
        [(there,)] = cursor.fetchall()
    if isinstance(there, str):
        there = dt.datetime.fromisoformat(there).replace(tzinfo=dt.UTC)
    return compare_clocks(timezone.now(), there)


def _now_sql() -> str:
    vendor = connections[DEFAULT_DB_ALIAS].vendor
    return "SELECT CURRENT_TIMESTAMP" if vendor == "sqlite" else "SELECT clock_timestamp()"


def compare_clocks(here: dt.datetime, there: dt.datetime) -> Finding:
    """Dates and reminders are reckoned here and kept there."""
    apart = abs(here - there)
    told = _("%d seconds apart from the database") % apart.total_seconds()
    if apart > MOST_APART:
        return Finding(_("clock"), told, _("Let both machines take their time from one server."))
    return Finding(_("clock"), told)


def worker(now: dt.datetime) -> Finding:
    """Did beat's round reach a worker, not long ago?"""
    part, advice = _("worker and beat"), _("Start the worker and beat; see their logs.")
    last = Pulse.objects.filter(name=Pulse.ROUND).values_list("at", flat=True).first()
    if last is None:
        return Finding(part, _("no sign of life yet"), advice)
    told = _("last sign of life %d seconds ago") % max(0, (now - last).total_seconds())
    return Finding(part, told, advice if now - last > LONGEST_SILENCE else "")


def outbox(now: dt.datetime) -> Finding:
    """Does any mail wait too long?"""
    ripe = OutboxMail.objects.filter(state=MailState.WAITING).exclude(not_before__gt=now)
    late = ripe.filter(created_at__lt=now - LONGEST_WAIT).count()
    told = _("%(late)d mails wait longer than a quarter of an hour") % {"late": late}
    advice = _("Look at the worker and at the mail server; nothing is lost meanwhile.")
    return Finding(_("outbox"), told, advice if late else "")


def broker() -> Finding:
    """Can a worker be woken?"""

    def look() -> str:
        with current_app.connection_for_write(connect_timeout=3) as connection:
            connection.ensure_connection(max_retries=1, timeout=3)
            return str(connection.as_uri())

    advice = _("Start the broker, or mend BENCHLEARN_BROKER_URL; until then beat's work waits.")
    return _look(_("broker"), advice, look, KombuError, OSError)


def mail_server() -> Finding:
    """Does the mail server let us in? Nothing is sent."""

    def look() -> str:
        connection = mail.mailers.default
        connection.open()
        connection.close()
        return _("lets us in")

    advice = _("Start the mail server, or mend BENCHLEARN_EMAIL_HOST and its user and password.")
    return _look(_("mail server"), advice, look, OSError)


def virus_scanner() -> Finding:
    """Does the clamd answer that looks at files?"""
    advice = _("Start clamd, or mend BENCHLEARN_CLAMD; until then no file is taken.")
    return _look(_("virus scanner"), advice, scanner_answers, OSError)


def stolen_passwords() -> Finding:
    """Can the list be read, and is it one?"""
    advice = _("Mend BENCHLEARN_STOLEN_PASSWORDS; until then nobody can choose a password.")
    return _look(_("stolen passwords"), advice, stolen_list_answers, OSError, ValueError)


def storage(alias: str) -> Finding:
    """Can a file be written, read and taken away?"""

    def look() -> str:
        store, text = storages[alias], get_random_string(20)
        name = store.save(f"{PROBE}-{text}.txt", ContentFile(text.encode()))
        try:
            with store.open(name) as file:
                if file.read() != text.encode():
                    raise OSError(_("what was written can't be read back"))
        finally:
            store.delete(name)
        return _("written, read and taken away again")

    part = _("files (%s)") % alias
    return _look(
        part,
        _("Give the folder to who runs Benchlearn, and see that it isn't full."),
        look,
        OSError,
    )
