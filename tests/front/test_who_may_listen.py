"""Who is let in, and what the others are told: the same, whatever the reason."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kith.lib.passes import issue
from tests.conftest import Cast
from tests.front.serving import Server, front, key_of, listen

NO_SUCH_STREAM = {
    "error": "NoSuchStream",
    "sentence": "There is no such stream, or it is not yours to hear. Reload the page.",
}


def refusal(server: Server, path: str) -> tuple[int, dict[str, str]]:
    status, found, body = server.request("GET", path)
    assert found["Content-Type"] == "application/json"
    answer: dict[str, str] = json.loads(body)
    return status, answer


def test_a_member_is_let_in_to_the_own_community_only(server: Server, people: Cast) -> None:
    token = key_of(people.home, people.member)
    ear = listen(server, "shanye", token)
    assert ear.answer.status == 200
    ear.close()
    assert refusal(server, f"/live/duian?token={token}") == (404, NO_SUCH_STREAM)


def test_every_wrong_pass_gets_the_same_answer_as_no_community(server: Server, people: Cast) -> None:
    good = key_of(people.home, people.member)
    foreign = issue(key="guessed", community_id=people.home.pk, person_id=people.member.pk, now=datetime.now(UTC))
    wrong = [
        key_of(people.home, people.member, datetime.now(UTC) - timedelta(hours=12, seconds=1)),
        key_of(people.rival, people.member),
        key_of(people.home, people.stranger),
        key_of(people.home, None),
        foreign, good[:-1], good + "A", "", "x" * 5000,
    ]  # fmt: skip
    for token in wrong:
        assert refusal(server, f"/live/shanye?token={token}") == (404, NO_SUCH_STREAM), token
    for path in (
        "/live/",
        "/live/nobody-here",
        "/live/shanye",
        f"/live/SHANYE?token={good}",
        f"/live/a%00b?token={good}",
    ):
        assert refusal(server, path) == (404, NO_SUCH_STREAM), path
    assert refusal(server, f"/live/shanye?token={good}" + "&a=b" * 50) == (404, NO_SUCH_STREAM)


def test_visitors_hear_a_public_community(server: Server, people: Cast) -> None:
    people.home.visible_to = "public"
    people.home.save()
    for who in (None, people.stranger):
        ear = listen(server, "shanye", key_of(people.home, who))
        assert ear.answer.status == 200
        ear.close()


def test_an_account_that_was_closed_hears_nothing(server: Server, people: Cast) -> None:
    people.member.is_active = False
    people.member.save()
    assert refusal(server, f"/live/shanye?token={key_of(people.home, people.member)}") == (404, NO_SUCH_STREAM)


def test_only_get_opens_a_stream(server: Server, people: Cast) -> None:
    token = key_of(people.home, people.member)
    status, _, body = server.request("POST", f"/live/shanye?token={token}", b"x")
    assert (status, json.loads(body)) == (404, NO_SUCH_STREAM)


@pytest.mark.parametrize(
    ("limits", "names", "via"),
    [
        ({"streams": 2}, ["member", "other", "core"], ""),
        ({"per_address": 2}, ["member", "other", "core"], ""),
        ({"per_address": 2}, ["member", "other", "core"], "198.51.100.7, 203.0.113.9"),
        ({"per_person": 2}, ["member"] * 3, ""),
    ],
)
def test_beyond_the_limit_one_is_told_when_to_come_back(
    people: Cast, tmp_path: Path, limits: dict[str, float], names: list[str], via: str
) -> None:
    with front(tmp_path, **limits) as small:
        tokens = [key_of(people.home, getattr(people, name)) for name in names]
        ears = [listen(small, "shanye", token, via=via).greeted() for token in tokens[:2]]
        third = listen(small, "shanye", tokens[2], via=via)
        assert third.answer.status == 503
        assert json.loads(third.answer.read())["error"] == "TooManyStreams"
        assert 15 <= int(third.answer.headers["Retry-After"]) < 30
        third.close()
        if "per_address" in limits:
            elsewhere = listen(small, "shanye", tokens[2], via="203.0.113.9, 198.51.100.7")
            assert elsewhere.answer.status == 200
            elsewhere.close()
        for ear in ears:
            ear.close()


def test_a_place_that_is_left_is_free_again(people: Cast, tmp_path: Path) -> None:
    token = key_of(people.home, people.member)
    with front(tmp_path, streams=1) as small:
        for _ in range(20):
            ear = listen(small, "shanye", token)
            while ear.answer.status == 503:
                ear.close()
                ear = listen(small, "shanye", token)
            ear.greeted().close()
        for _ in range(20):
            assert small.request("GET", "/live/shanye?token=wrong")[0] == 404
