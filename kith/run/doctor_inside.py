"""The doctor's looks that need Django and its database."""

import os
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from kith.connect import api as connect
from kith.launch import api as launch
from kith.run.doctor import OLDEST_POSTGRES, Finding, Level, skew
from kith.run.migrations import pending

FAILED = """
    SELECT count(*), max(task_name) FROM procrastinate_jobs j
    WHERE status = 'failed' AND EXISTS (
        SELECT FROM procrastinate_events e WHERE e.job_id = j.id AND e.at > now() - interval '1 day')
"""
SIZE = "SELECT pg_size_pretty(pg_database_size(current_database()))"


def _one(query: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row: tuple[object, ...] = cursor.fetchone()
        return row


def server() -> Finding:
    connection.ensure_connection()
    info = connection.connection.info
    major, minor = divmod(info.server_version, 10000)
    (size,) = _one(SIZE)
    if major < OLDEST_POSTGRES:
        says = f"PostgreSQL {major} is too old; Kith needs {OLDEST_POSTGRES} or newer."
        return Finding("database", Level.BAD, says)
    encoding = info.parameter_status("server_encoding")
    if encoding != "UTF8":
        return Finding("database", Level.BAD, f"Its encoding is {encoding}; make one with ENCODING 'UTF8'.")
    return Finding("database", Level.OK, f"PostgreSQL {major}.{minor} answers; it holds {size}.")


def tables() -> Finding:
    waiting = pending()
    if waiting:
        says = f"{len(waiting)} migrations are pending, from {waiting[0]}; `kith serve` or `kith prepare` applies them."
        return Finding("tables", Level.WARN, says)
    return Finding("tables", Level.OK, "All migrations are applied.")


def clock() -> Finding:
    with connection.cursor() as cursor:
        before = timezone.now()
        cursor.execute("SELECT clock_timestamp()")
        (there,) = cursor.fetchone()
        middle = before + (timezone.now() - before) / 2
    return skew(there - middle)


def mail() -> Finding:
    backend = settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2]
    if backend == "filebased":
        says = f"Nobody gets mail: it is written to files in {settings.EMAIL_FILE_PATH}. Set KITH_SMTP to send it."
        return Finding("mail", Level.WARN, says)
    if backend != "smtp":
        return Finding("mail", Level.WARN, f"Nobody gets mail: the backend is {backend}. Set KITH_SMTP to send it.")
    says = f"Goes out by {settings.EMAIL_HOST}:{settings.EMAIL_PORT}."
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        return Finding("mail", Level.WARN, f"{says} Others refuse a sender at localhost: set KITH_MAIL_FROM.")
    return Finding("mail", Level.OK, says)


def address() -> Finding:
    """Look where links in mails lead; invitations and claims are copied from a page that knows where it stands."""
    if urlsplit(settings.ADDRESS).scheme not in {"http", "https"}:
        says = f"KITH_ADDRESS is “{settings.ADDRESS}”, which is none: it begins with https:// or http://."
        return Finding("address", Level.BAD, says)
    if settings.ADDRESS_IS_REACHED:
        return Finding("address", Level.OK, f"Links in mails begin with {settings.ADDRESS}.")
    says = f"Links in mails would lead to {settings.ADDRESS}, which nobody else reaches; set KITH_ADDRESS."
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return Finding("address", Level.BAD, f"{says} Until then no weekly letter goes out.")
    return Finding("address", Level.WARN, says)


def names() -> Finding:
    if "*" in settings.ALLOWED_HOSTS:
        says = "Kith answers to any host name; set KITH_HOSTS to yours before others can reach it."
        return Finding("host names", Level.WARN, says)
    return Finding("host names", Level.OK, "Answers to " + ", ".join(settings.ALLOWED_HOSTS) + ".")


def paying() -> Finding:
    """Look whether ways to pay that somebody began to set up are whole, and whose money they take."""
    found = launch.providers_lacking()
    for name, lacks in found.items():
        if lacks:
            return Finding("paying", Level.BAD, f"{name} is not offered: {', '.join(lacks)} is missing.")
    if not found:
        return Finding("paying", Level.OK, "By transfer; no payment service is set up (docs/paying.md).")
    if not settings.PAY_FOR:
        says = (
            "KITH_PAY_FOR names no community: say whose merchant accounts these are. Until then nobody can pay by them."
        )
        return Finding("paying", Level.BAD, says)
    if urlsplit(settings.ADDRESS).scheme != "https" or not settings.ADDRESS_IS_REACHED:
        says = f"Payment services cannot tell {settings.ADDRESS} anything; set KITH_ADDRESS to an https address."
        return Finding("paying", Level.BAD, says)
    return Finding("paying", Level.OK, f"By {', '.join(found)}, for {', '.join(sorted(settings.PAY_FOR))}.")


def push() -> Finding:
    """Look whether notices can be shown on devices."""
    if not connect.push_key():
        return Finding("web push", Level.OK, "Not offered; `pip install kith[push]` brings it (docs/notifications.md).")
    if urlsplit(settings.ADDRESS).scheme != "https" or not settings.ADDRESS_IS_REACHED:
        says = f"Browsers take notices only from https pages, and KITH_ADDRESS is {settings.ADDRESS}."
        return Finding("web push", Level.WARN, says)
    return Finding("web push", Level.OK, f"Ready; {connect.count_devices()} devices are told of notices.")


def tasks() -> Finding:
    if "procrastinate_jobs" not in connection.introspection.table_names():
        return Finding("background work", Level.WARN, "Its tables are not there yet.")
    count, name = _one(FAILED)
    if count:
        says = f"{count} tasks failed within a day, {name} for one; the log of `kith work` says why."
        return Finding("background work", Level.WARN, says)
    return Finding("background work", Level.OK, "No task failed within a day.")


def debug() -> Finding:
    if settings.DEBUG:
        module = os.environ.get("DJANGO_SETTINGS_MODULE", "")
        return Finding("settings", Level.BAD, f"{module} shows errors with secrets to everybody (DEBUG).")
    return Finding("settings", Level.OK, "Errors show no secrets.")


LOOKS: list[Callable[[], Finding]] = [server, tables, clock, mail, address, names, paying, push, tasks, debug]
