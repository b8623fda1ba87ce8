"""What `kith doctor` finds."""

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kith.postgres.api import is_running, running
from kith.run import doctor, doctor_inside
from kith.run.doctor import Level
from kith.settings import base  # noqa: TID251 -- how the environment is read is what is asked
from tests.run.world import Kith


def findings(kith: Kith, code: int, **environment: str) -> dict[str, tuple[str, str]]:
    done = kith.run("doctor", "--json", **environment)
    assert done.returncode == code, done.stdout + done.stderr
    facts: list[dict[str, Any]] = json.loads(done.stdout)
    return {fact["about"]: (fact["level"], fact["sentence"]) for fact in facts}


def test_a_sound_kith_has_nothing_bad_and_is_told_where_its_mail_goes(kith: Kith) -> None:
    found = findings(kith, 0)
    assert {about for about, (level, _) in found.items() if level == "bad"} == set()
    assert found["database"][0] == "ok"
    assert found["tables"] == ("ok", "All migrations are applied.")
    assert found["clock"][0] == "ok"
    assert found["mail"][0] == "warn"
    assert f"{kith.data}/mail" in found["mail"][1]
    assert not is_running(kith.data)


def test_without_json_it_speaks_a_line_for_each(kith: Kith) -> None:
    mail = {"KITH_SMTP": "smtp://mail.example.org:2525", "KITH_MAIL_FROM": "Kith <kith@example.org>"}
    done = kith.run("doctor", **mail, KITH_HOSTS="kith.example.org")
    assert "ok    mail             Goes out by mail.example.org:2525.\n" in done.stdout
    assert "ok    address          Links in mails begin with http://kith.example.org.\n" in done.stdout
    assert "ok    host names       Answers to kith.example.org.\n" in done.stdout


@pytest.mark.parametrize(
    ("given", "mails", "level", "says"),
    [
        ("", False, Level.WARN, "Links in mails would lead to http://localhost:8000, which nobody else reaches; set KITH_ADDRESS."),
        ("", True, Level.BAD, "set KITH_ADDRESS. Until then no weekly letter goes out."),
        ("kith.example.org", True, Level.BAD, "KITH_ADDRESS is “kith.example.org”, which is none"),
        ("https://kith.example.org/", True, Level.OK, "Links in mails begin with https://kith.example.org."),
    ],
)  # fmt: skip
def test_mail_whose_links_lead_nowhere_is_told(
    settings: Any, monkeypatch: pytest.MonkeyPatch, given: str, *, mails: bool, level: Level, says: str
) -> None:
    monkeypatch.setenv("KITH_ADDRESS", given)
    found = base.public_address()
    settings.ADDRESS, settings.ADDRESS_IS_REACHED = found, base.is_reached(found)
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if mails else 'filebased'}.EmailBackend"
    told = doctor_inside.address()
    assert (told.level, says in told.sentence) == (level, True)


def test_a_sender_that_others_refuse_is_told(settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.DEFAULT_FROM_EMAIL = (
        "django.core.mail.backends.smtp.EmailBackend",
        "Kith <kith@localhost>",
    )
    assert (doctor_inside.mail().level, "set KITH_MAIL_FROM" in doctor_inside.mail().sentence) == (Level.WARN, True)


def test_what_is_bad_makes_the_exit_code_one(kith: Kith) -> None:
    (kith.data / "secret.key").chmod(0o644)
    kith.data.chmod(0o777)
    with running(kith.data) as url, psycopg.connect(url) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        connection.execute("DROP TABLE django_session")
    found = findings(kith, 1)
    assert found["secret key"] == (
        "bad",
        f"Others can read {kith.data}/secret.key and sign in as anybody: chmod 600 it.",
    )
    assert found["data folder"][0] == "bad"
    assert found["tables"][0] == "warn"
    assert "1 migrations are pending, from sessions.0001_initial" in found["tables"][1]


def test_a_failed_task_is_named(kith: Kith) -> None:
    with running(kith.data) as url, psycopg.connect(url) as connection:
        connection.execute(
            "WITH job AS (INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
            " VALUES ('default', 'see.refresh_all', 'doing') RETURNING id)"
            " SELECT id FROM job"
        )
        connection.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    found = findings(kith, 0)
    assert found["background work"][0] == "warn"
    assert "1 tasks failed within a day, see.refresh_all for one" in found["background work"][1]


def test_a_database_that_does_not_answer_is_a_finding_not_a_crash(tmp_path: Path) -> None:
    found = findings(Kith(tmp_path / "data"), 1, DATABASE_URL="postgresql://127.0.0.1:1/kith")
    assert found["database"][0] == "bad"
    assert "does not answer" in found["database"][1]
    assert found["data folder"][0] == "warn"


def test_a_full_disk_and_a_wrong_clock_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    for free, level in [(100_000_000, Level.BAD), (1_000_000_000, Level.WARN), (9_000_000_000, Level.OK)]:
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: usage._replace(free=free))
        assert doctor.disk(tmp_path / "not" / "yet").level is level
    for seconds, level in [(1, Level.OK), (-5, Level.WARN), (31, Level.BAD)]:
        assert doctor.skew(dt.timedelta(seconds=seconds)).level is level


def test_an_empty_key_is_bad(tmp_path: Path) -> None:
    (tmp_path / "secret.key").touch(mode=0o600)
    found = doctor.secret_key(tmp_path)
    assert (found.level, "is empty" in found.sentence) == (Level.BAD, True)
