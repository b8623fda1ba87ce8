"""The page of the API: every operation, in both languages, without a script of its own."""

import re
from html import escape

from django.test import Client
from ninja import Schema

from kith.rest.api import api
from tests.conftest import Cast, signed_in


def test_the_page_shows_every_operation(db: None) -> None:
    page = Client(headers={"Accept-Language": "en"}).get("/api/v1/docs")
    assert page.status_code == 200
    assert page["Content-Type"] == "text/html; charset=utf-8"
    text = page.content.decode()
    schema = api.get_openapi_schema()
    operations = [o for methods in schema["paths"].values() for o in methods.values()]
    assert set(re.findall(r'<details class="card op" id="(\w+)">', text)) == {o["operationId"] for o in operations}
    for operation in operations:
        assert operation["description"], operation["operationId"]
        assert all(p["description"] for p in operation["parameters"]), operation["operationId"]
        assert escape(operation["summary"]).replace("&#x27;", "&#39;") in text


def test_the_address_without_its_last_slash_leads_to_the_api(db: None) -> None:
    assert Client().get("/api/v1")["Location"] == "/api/v1/"


def test_the_page_runs_no_script_or_style_of_its_own(db: None) -> None:
    page = Client().get("/api/v1/docs")
    text = page.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)
    assert not re.search(r'(?:src|href)="https?:', text)
    assert "script-src 'self'" in page["Content-Security-Policy"]


def test_the_page_is_framed_in_the_readers_language(cast: Cast) -> None:
    page = signed_in(cast.member).get("/api/v1/docs", headers={"Accept-Language": "zh-hans"})
    assert '<html lang="zh-Hans"' in page.content.decode()
    assert "苏杭" in page.content.decode()


def test_each_body_has_an_example_and_each_answer_its_status(db: None) -> None:
    text = Client(headers={"Accept-Language": "en"}).get("/api/v1/docs").content.decode()
    invite = text[text.index('id="invite"') :].split("</details>")[0]
    assert "&#34;uses&#34;: 1" in invite
    assert re.findall(r'<dt class="num[ bad]*">(\d+)</dt>', invite) == [
        "201",
        "400",
        "401",
        "403",
        "404",
        "409",
        "413",
        "422",
        "429",
    ]


def test_the_schema_tells_scopes_and_what_strangers_may(db: None) -> None:
    schema = Client().get("/api/v1/openapi.json").json()
    assert schema["openapi"] == "3.1.0"
    assert set(schema["components"]["securitySchemes"]) == {"PersonalToken", "Session"}
    feed, invite = (schema["paths"][f"/api/v1/communities/{{slug}}/{p}"] for p in ("posts", "invitations"))
    assert feed["get"]["security"] == [{"PersonalToken": ["read"]}, {"Session": []}, {}]
    assert invite["post"]["security"] == [{"PersonalToken": ["admin"]}, {"Session": []}]


def test_no_schema_hides_another_of_its_name() -> None:
    seen: dict[str, object] = {}
    kinds = {kind for kind in below(Schema) if kind.__module__.startswith("kith.")}
    assert len(kinds) > 100
    for kind in kinds:
        whole = kind.model_json_schema(mode="serialization")
        parts = whole.pop("$defs", {})
        for name, told in (parts | {kind.__name__: whole}).items():
            assert seen.setdefault(name, told) == told, name


def below(kind: type[Schema]) -> set[type[Schema]]:
    found: set[type[Schema]] = set()
    for child in kind.__subclasses__():
        found |= {child} | below(child)
    return found


def test_each_operation_has_a_name_of_its_own() -> None:
    schema = api.get_openapi_schema(path_prefix="")
    names = [o["operationId"] for operations in schema["paths"].values() for o in operations.values()]
    assert len(names) == len(set(names))
