"""Every bad input ends in JSON with a code, a sentence in the caller's language and the facts; never a page, never a 500."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from kith.connect import api as connect
from kith.people import api as people
from tests.conftest import NOW, Cast
from tests.rest.calling import ROOT, Calls, token_of

HOME = "/communities/shanye"


@pytest.fixture
def member(cast: Cast) -> Calls:
    return Calls(cast.member)


def raw(cast: Cast, method: str, path: str, content: bytes, kind: str = "application/json") -> tuple[int, Any]:
    client = Client(headers={"Authorization": f"Bearer {token_of(cast.member)}", "Accept-Language": "en"})
    answer = client.generic(method, ROOT + path, content, kind)
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    return answer.status_code, answer.json()


def test_a_refusal_is_a_code_a_sentence_and_facts_in_the_callers_language(cast: Cast) -> None:
    calls = Calls(cast.member, "read")
    assert calls("GET", f"{HOME}/posts/1") == {
        "error": "PostGone", "sentence": "This post is not here any more.", "facts": {},
    }  # fmt: skip
    assert calls.status == 404
    calls("POST", f"{HOME}/posts", {"text": "x"})
    assert calls.headers["Content-Language"] == "en"
    chinese = Calls(cast.member, language="zh-CN")
    chinese("GET", f"{HOME}/posts/1")
    assert chinese.headers["Content-Language"] == "zh-hans"


def test_without_a_person_the_answer_says_how_to_come_as_one(cast: Cast) -> None:
    stranger = Calls()
    assert stranger("GET", "/me")["error"] == "SignInFirst"
    assert (stranger.status, stranger.headers["WWW-Authenticate"]) == (401, 'Bearer realm="kith"')
    for header in ("Bearer nonsense", "Basic bHVvOng=", "Bearer", "Bearer  ", "Bearer kith_a_b c"):
        assert stranger("GET", "/communities", Authorization=header)["error"] == "BadToken", header
        assert stranger.headers["WWW-Authenticate"] == 'Bearer realm="kith", error="invalid_token"'


def test_the_fields_say_which_and_why(member: Calls) -> None:
    found = member("POST", "/communities", {"slug": "A", "name": 7, "values": [{"word": "x" * 21}], "more": 1})
    assert member.status == 422
    assert found["error"] == "InvalidInput"
    assert {f["field"]: f["why"] for f in found["facts"]["fields"]} == {
        "body.slug": "This is not of the form that is asked.",
        "body.name": "This must be a text.",
        "body.pursuit": "This is missing.",
        "body.values.0.word": "At most 20 characters are taken.",
        "body.more": "There is no such field here.",
    }
    found = member("GET", f"{HOME}/posts?limit=1000&kind=shout&unanswered=perhaps&before=yesterday")
    assert {f["field"]: f["why"] for f in found["facts"]["fields"]} == {
        "query.limit": "This must be at most 100.",
        "query.kind": "This must be one of: '', 'talk', 'ask', 'viewpoint', 'idea', 'announcement', 'event', 'chain' or 'checkin'.",
        "query.unanswered": "This must be true or false.",
        "query.before": "This is not of the form that is asked.",
    }


def test_no_body_at_all_is_named_too(cast: Cast) -> None:
    status, found = raw(cast, "POST", f"{HOME}/posts", b"")
    assert (status, found["facts"]) == (422, {"fields": [{"field": "body", "why": "This is missing."}]})


@pytest.mark.parametrize(
    "content",
    [b"{", b"nonsense", b'{"text": NaN}', b"\xff\xfe\x00", b"[" * 100_000, b'{"text": ' + b"9" * 5000 + b"}", b'{"text": "\xe4"}'],
    ids=["cut", "words", "nan", "bytes", "deep", "digits", "half"],
)  # fmt: skip
def test_malformed_json_is_400(cast: Cast, content: bytes) -> None:
    status, found = raw(cast, "POST", f"{HOME}/posts", content)
    assert (status, found["error"]) == (400, "Unreadable")


@pytest.mark.parametrize("content", [b"[]", b'"x"', b"1", b"null", b"true"])
def test_json_that_is_no_object_is_422(cast: Cast, content: bytes) -> None:
    status, found = raw(cast, "POST", f"{HOME}/posts", content)
    assert (status, found["error"]) == (422, "InvalidInput")


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("POST", f"{HOME}/posts", rb'{"text": "a\u0000b"}'),
        ("POST", f"{HOME}/posts", rb'{"text": "a\ud800b"}'),
        ("POST", f"{HOME}/posts", rb'{"text": "a", "space": "\udfff"}'),
        ("POST", f"{HOME}/posts", rb'{"text": "a", "\u0000": "a"}'),
        ("POST", f"{HOME}/posts", rb'{"text": "a", "\ud800": "a"}'),
        ("POST", "/communities", rb'{"name":"a","slug":"abc","pursuit":"p","values":[{"word":"\u0000"}]}'),
        ("PUT", f"{HOME}/drafts/new", rb'{"text": "\u0000"}'),
        ("PUT", f"{HOME}/drafts/reply-1%00", b'{"text": "a"}'),
        ("GET", f"{HOME}/members?search=%00", b""),
        ("GET", f"{HOME}/members?after=%00", b""),
        ("GET", f"{HOME}/posts?space=%00", b""),
        ("GET", f"{HOME}/members/%00", b""),
        ("GET", f"{HOME}/members/a%00b/ties", b""),
        ("GET", "/communities/a%00bc", b""),
        ("GET", "/communities/%ff%fe%fd", b""),
    ],
)
def test_nul_and_half_characters_never_reach_the_database(cast: Cast, method: str, path: str, content: bytes) -> None:
    status, found = raw(cast, method, path, content)
    assert (status, found["error"]) == (422, "InvalidInput")
    assert found["facts"]["fields"]


@pytest.mark.parametrize("number", ["0", "-1", str(2**63), "9" * 5000, "1.5", "x", "%00", "٣٣"])
def test_numbers_that_are_no_ids_are_422(member: Calls, number: str) -> None:
    for path in ("", "/thread", "/thanks"):
        assert member("GET", f"{HOME}/posts/{number}{path}")["error"] in {"InvalidInput", "PostGone"}
        assert member.status in {404, 422}
    assert member("DELETE", f"/tokens/{number}")["error"] in {"InvalidInput", "TokenGone"}
    assert member("PUT", f"{HOME}/posts/1/answer", {"answer_id": 2**63})["error"] == "InvalidInput"


def test_the_largest_id_is_simply_not_there(member: Calls) -> None:
    assert member("GET", f"{HOME}/posts/{2**63 - 1}")["error"] == "PostGone"


def test_unknown_addresses_and_wrong_methods_are_json(cast: Cast) -> None:
    calls = Calls(cast.member)
    for path in ("/nowhere", "/communities/shanye/nowhere", "/me/", "/docs/x", "//", "/communities/"):
        found = calls("GET", path)
        assert (calls.status, found["error"]) == (404, "NoSuchRoute"), path
    found = calls("PUT", "/communities", {})
    assert (calls.status, found["error"], calls.headers["Allow"]) == (405, "MethodNotAllowed", "GET, HEAD, POST")
    for path in ("", "/docs", "/openapi.json"):
        assert Client().post(f"{ROOT}{path or '/'}").json()["error"] == "MethodNotAllowed"


def test_head_answers_like_get_without_a_body(cast: Cast) -> None:
    answer = Client().head(f"{ROOT}/communities")
    assert (answer.status_code, answer.content) == (200, b"")


def test_what_one_may_see_is_kept_by_no_cache(member: Calls) -> None:
    member("GET", f"{HOME}/posts")
    assert member.headers["Cache-Control"] == "no-store"
    assert {"Authorization", "Cookie", "Accept-Language"} <= set(member.headers["Vary"].split(", "))


def test_a_body_too_large_is_413(cast: Cast) -> None:
    status, found = raw(cast, "POST", f"{HOME}/posts", b'{"text": "' + b"x" * 2_600_000 + b'"}')
    assert (status, found["error"]) == (413, "TooLarge")


def test_an_unforeseen_fault_is_json_and_told_to_the_log(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr(people, "public_communities", broken)
    calls = Calls(cast.member)
    found = calls("GET", "/communities")
    assert (calls.status, found["error"]) == (500, "Fault")
    assert "secret words" not in str(found)
    assert "secret words" in caplog.text


@pytest.fixture
def pictures(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def upload(cast: Cast, file: BytesIO, name: str = "a.png") -> tuple[int, Any]:
    client = Client(headers={"Authorization": f"Bearer {token_of(cast.member)}", "Accept-Language": "en"})
    file.name = name
    answer = client.post(f"{ROOT}{HOME}/images", {"file": file})
    return answer.status_code, answer.json()


@pytest.mark.usefixtures("pictures")
def test_a_picture_is_kept_small_and_may_be_shown_in_a_post(cast: Cast) -> None:
    file = BytesIO()
    Image.new("RGB", (2000, 1000), "red").save(file, "PNG")
    file.seek(0)
    status, found = upload(cast, file)
    assert (status, found["width"], found["height"]) == (201, 1600, 800)
    assert found["markdown"] == f"![]({found['address']})"
    said = Calls(cast.member)("POST", f"{HOME}/posts", {"text": found["markdown"]})
    assert f'src="{found["address"]}"' in said["html"]


@pytest.mark.usefixtures("pictures")
def test_what_is_no_picture_is_415_and_too_much_is_413(cast: Cast) -> None:
    assert upload(cast, BytesIO(b"<svg onload=alert(1)>"))[1]["error"] == "NotAnImage"
    status, found = upload(cast, BytesIO(b"\0" * 10_000_001))
    assert (status, found["error"]) == (413, "ImageTooLarge")
    status, found = upload(cast, BytesIO(b"\0" * 12_000_000))
    assert (status, found["error"]) == (413, "TooLarge")
    assert not connect.has_image(cast.home, "x")


def test_an_upload_without_a_file_or_cut_off_is_named(cast: Cast) -> None:
    status, found = raw(cast, "POST", f"{HOME}/images", b"")
    assert (status, found["facts"]["fields"][0]["field"]) == (422, "file.file")
    status, found = raw(cast, "POST", f"{HOME}/images", b"--x\r\n", "multipart/form-data")
    assert (status, found["error"]) == (400, "Unreadable")


def test_the_same_key_and_text_is_the_same_post(cast: Cast, member: Calls) -> None:
    key = "0b2f6e0c-7d3c-4d9b-9a3f-0a4f0b1f2c3d"
    first = member("POST", f"{HOME}/posts", {"text": "好"}, **{"Idempotency-Key": key})
    again = member("POST", f"{HOME}/posts", {"text": "好"}, **{"Idempotency-Key": key})
    assert (member.status, again["id"]) == (201, first["id"])
    other = member("POST", f"{HOME}/posts", {"text": "不好"}, **{"Idempotency-Key": key})
    assert (member.status, other["error"]) == (409, "SentAlready")
    bad = member("POST", f"{HOME}/posts", {"text": "好"}, **{"Idempotency-Key": "mine"})
    assert bad["facts"]["fields"] == [
        {"field": "header.Idempotency-Key", "why": "This is not of the form that is asked."}
    ]
    assert len(connect.feed(cast.home, reader=None).posts) == 1


def test_a_hidden_community_is_told_from_none_by_no_answer(cast: Cast) -> None:
    people.found(
        name="暗", slug="hidden", pursuit="不见", by=cast.enemy, now=NOW, visible_to="members", entered_by="invitation"
    )
    for calls in (Calls(), Calls(cast.member)):
        for method, path, data in [
            ("GET", "", None),
            ("GET", "/door", None),
            ("GET", "/posts", None),
            ("GET", "/members/%E6%95%8C", None),
            ("GET", "/network", None),
            ("POST", "/posts", {"text": "x"}),
            ("POST", "/join", {}),
            ("POST", "/applications", {}),
            ("GET", "/applications", None),
            ("POST", "/invitations", {}),
            ("POST", "/invitations/accept", {"token": "x"}),
            ("POST", "/claims/look", {"token": "x"}),
            ("POST", "/claims/accept", {"token": "x"}),
            ("GET", "/drafts/new", None),
        ]:
            there = calls(method, f"/communities/hidden{path}", data), calls.status
            nowhere = calls(method, f"/communities/nowhere{path}", data), calls.status
            assert there == nowhere, path
            assert there[1] in {401, 404}
