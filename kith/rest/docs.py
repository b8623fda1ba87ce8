"""The page that documents the API, drawn on the server from its schema: no script, so no policy to loosen."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines

HERE = Path(__file__).resolve().parent
SCHEMAS = "#/components/schemas/"
DEEP = 6


@cache
def template() -> Any:
    return engines["jinja2"].from_string((HERE / "templates" / "rest" / "docs.html").read_text(encoding="utf-8"))


def page(request: HttpRequest, schema: dict[str, Any]) -> HttpResponse:
    """Render the page."""
    reader = request.user if request.user.is_authenticated else None
    facts = {"here": None, "reader": reader, "info": schema["info"], "groups": groups(schema)}
    return HttpResponse(template().render(facts, request))


def groups(schema: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the operations by subject, each ready to show."""
    found: dict[str, list[dict[str, Any]]] = {}
    for address, operations in schema["paths"].items():
        for method, operation in operations.items():
            found.setdefault(operation["tags"][0], []).append(_operation(method, address, operation, schema))
    return found


def _operation(method: str, address: str, operation: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    named = {name: part for name, part in operation.items() if name in {"operationId", "summary", "description"}}
    ways = operation["security"]
    return {
        **named,
        "method": method.upper(),
        "address": address,
        "is_open": {} in ways,
        "scope": next((scopes[0] for way in ways if (scopes := way.get("PersonalToken"))), ""),
        "inputs": [
            _input(p["name"], p["in"], p["schema"], schema, needed=p["required"]) for p in operation["parameters"]
        ],
        **_body(operation, schema),
        "answers": [_answer(status, answer, schema) for status, answer in operation["responses"].items()],
    }


def _body(operation: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "requestBody" not in operation:
        return {"fields": [], "example": "", "media": ""}
    media, content = next(iter(operation["requestBody"]["content"].items()))
    shape = _resolved(content["schema"], schema)
    needed = shape.get("required", [])
    fields = [_input(n, "body", part, schema, needed=n in needed) for n, part in shape["properties"].items()]
    example = _pretty(example_of(shape, schema)) if media == "application/json" else ""
    return {"fields": fields, "example": example, "media": media}


def _input(name: str, where: str, shape: dict[str, Any], schema: dict[str, Any], *, needed: bool) -> dict[str, Any]:
    about = shape.get("description") or _resolved(shape, schema).get("description") or ""
    return {"name": name, "where": where, "kind": kind_of(shape, schema), "needed": needed, "about": about}


def _answer(status: int | str, answer: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    content = answer.get("content", {}).get("application/json")
    is_good = int(status) < 400
    shown = _pretty(example_of(content["schema"], schema)) if content and is_good else ""
    return {"status": int(status), "about": answer["description"], "is_good": is_good, "example": shown}


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _resolved(shape: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in shape:
        found: dict[str, Any] = schema["components"]["schemas"][shape["$ref"].removeprefix(SCHEMAS)]
        return found
    return shape


def kind_of(shape: dict[str, Any], schema: dict[str, Any]) -> str:
    """Return the kind of a value in a few words: `string`, `integer | null`, `“read” | “write”`, `[string]`."""
    if "$ref" in shape:
        return str(shape["$ref"]).removeprefix(SCHEMAS)
    if "enum" in shape:
        return " | ".join(f"“{value}”" for value in shape["enum"])
    if "anyOf" in shape:
        return " | ".join(kind_of(part, schema) for part in shape["anyOf"])
    if shape.get("type") == "array":
        return f"[{kind_of(shape.get('items', {}), schema)}]"
    return str(shape.get("format") or shape.get("type") or "any")


def example_of(shape: dict[str, Any], schema: dict[str, Any], depth: int = 0) -> Any:
    """Return an example of a value: the one it names, else its default, else one made of its parts."""
    shape = _resolved(shape, schema)
    for given in (
        shape.get("examples", [])[:1],
        [shape["default"]] if "default" in shape else [],
        shape.get("enum", [])[:1],
    ):
        if given:
            return given[0]
    if "anyOf" in shape:
        return example_of(shape["anyOf"][0], schema, depth)
    match shape.get("type"):
        case "object":
            return {n: example_of(p, schema, depth + 1) for n, p in shape.get("properties", {}).items()}
        case "array":
            return _examples_in(shape, schema, depth)
        case kind:
            return PLAIN.get(shape.get("format", kind), "…")


def _examples_in(shape: dict[str, Any], schema: dict[str, Any], depth: int) -> list[Any]:
    parts = shape.get("prefixItems") or [shape.get("items", {})]
    return [example_of(part, schema, depth + 1) for part in parts] if depth < DEEP else []


PLAIN: dict[Any, Any] = {
    "string": "…", "integer": 1, "number": 1.0, "boolean": False, "date-time": "2026-11-20T12:00:00Z", "null": None,
}  # fmt: skip
