"""The API against its own schema: thousands of requests, valid and not, each answered as documented."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from kith.connect import api as connect
from kith.front.wsgi import application
from kith.gather import api as gather
from tests.conftest import NOW, Cast
from tests.rest.calling import ROOT, token_of

CONFIG = {
    "seed": 20261120,
    "generation": {
        "max-examples": 4,
        "deterministic": True,
        "with-security-parameters": False,  # the role's own token is sent; a made-up one would only ever be refused
    },
    "checks": {
        # A refusal of meaning (a text of blanks, an ask that is none) is 400, though the schema allows the words.
        "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "401", "403", "404", "409", "410"]},
    },
}
EXAMPLE_ID = 1
schema = schemathesis.openapi.from_wsgi(
    f"{ROOT}/openapi.json", application, config=SchemathesisConfig.from_dict(CONFIG)
)


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Keep the test's transaction: Django's own test client does the same around each request."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


@dataclass
class Stage:
    """What the requests meet: the ids that stand for the schema's examples, and the roles, one after the other."""

    real: dict[str, int]
    roles: Iterator[dict[str, str]]


@pytest.fixture
def stage(cast: Cast, settings: Any, tmp_path: Any) -> Stage:
    settings.MEDIA_ROOT = settings.DATA = tmp_path
    ask = connect.post(community=cast.home, text="谁有车？", kind="ask", by=cast.member, now=NOW)
    applied = gather.apply(community=cast.home, person=cast.stranger, answers=["想来"], now=NOW)
    known = [{"Authorization": f"Bearer {token_of(person)}"} for person in (cast.member, cast.operator)]
    return Stage({"post_id": ask.id, "application_id": applied.id}, cycle([*known, {}]))


@pytest.mark.usefixtures("_one_connection")
@schema.parametrize()
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_answer_is_as_documented(case: Any, stage: Stage) -> None:
    for name, value in stage.real.items():
        if case.path_parameters.get(name) == EXAMPLE_ID:
            case.path_parameters[name] = value
    case.call_and_validate(headers={"Accept-Encoding": "identity", **next(stage.roles)})
