"""`kith letter` shows the letter of the week, and sends it by hand."""

import json
import os
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from django.db import connection
from django.utils import timezone

from kith.cli.commands.letter import command
from kith.cli.main import main
from kith.connect import api as connect
from kith.see import api as see
from kith.see.models import Letter
from tests.conftest import Cast


@pytest.fixture(autouse=True)
def _test_database(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command greet the database this test is in."""
    url, name = os.environ["DATABASE_URL"], str(connection.settings_dict["NAME"])
    plain = name.removeprefix("test_")
    monkeypatch.setenv("DATABASE_URL", url.replace(f"/{plain}", f"/{name}") if f"/{name}" not in url else url)


@pytest.fixture
def moving(cast: Cast) -> Cast:
    now = timezone.now()
    connect.post(community=cast.home, text="谁去过昆明？", by=cast.member, now=now - timedelta(days=2), kind="ask")
    see.make_report(community=cast.home, now=now)
    return cast


def run(*words: str) -> Result:
    return CliRunner().invoke(command, words)


def test_a_dry_run_prints_the_letter_and_sends_nothing(moving: Cast) -> None:
    done = run("shanye", "--dry-run", "--to", "Olga@example.org", "--json")
    assert done.exit_code == 0, done.output
    facts: dict[str, Any] = json.loads(done.stdout)
    assert facts["to"] == "olga@example.org"
    assert "/letters/" in facts["text"]
    assert "<h1" in facts["html"]
    assert (mail.outbox, Letter.objects.count()) == ([], 0)
    assert run("shanye", "--dry-run").stdout.startswith(f"Subject: {facts['subject']}\n")


def test_it_sends_what_has_not_gone_this_week_and_one_once_more_when_named(moving: Cast) -> None:
    assert json.loads(run("shanye", "--json").stdout) == {"sent": ["luo@example.org", "olga@example.org"], "failed": {}}
    assert run("shanye").stdout == ""
    assert run("shanye", "--to", "luo@example.org").stdout == "sent to luo@example.org\n"
    assert [message.to[0] for message in mail.outbox] == ["luo@example.org", "olga@example.org", "luo@example.org"]


def test_what_cannot_be_sent_is_told_and_ends_with_one(moving: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.web.test_letters.Refusing"
    done = run("shanye", "--json")
    assert done.exit_code == 1
    facts = json.loads(done.stdout)
    assert facts["sent"] == ["olga@example.org"]
    assert "no such user" in facts["failed"]["luo@example.org"]


def test_an_address_that_takes_no_letter_is_refused(moving: Cast) -> None:
    done = CliRunner().invoke(main, ["letter", "shanye", "--to", "su@example.org"])
    assert (done.exit_code, mail.outbox) == (2, [])
    assert "su@example.org" in done.stderr
