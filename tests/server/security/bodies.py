"""A body each route of the API would take, made from its own description."""

from __future__ import annotations

from functools import cache
from typing import Any

from controller.api.application import make_api
from tests.server.security.routes import Route


@cache
def _described() -> dict[str, Any]:
    return make_api().openapi()


def body_of(route: Route) -> dict[str, Any]:
    """What to hand to `httpx` beside method and address; nothing where no body is taken."""
    if route.method in {"GET", "DELETE"}:
        return {}
    if route.kind != "api":
        return {"data": {"next": "/", "to": "th", "username": "x", "password": "y", "code": "0"}}
    operation = _described()["paths"].get(route.path, {}).get(route.method.lower(), {})
    taken = operation.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in taken:
        return {"files": {"file": ("a.txt", b"a", "text/plain")}}
    schema = taken.get("application/json", {}).get("schema")
    return {"json": _example(schema)} if schema else {}


def _example(schema: dict[str, Any]) -> Any:
    while "$ref" in schema:
        schema = _described()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "const" in schema:
        return schema["const"]
    for name in ("examples", "enum"):
        if schema.get(name):
            return schema[name][0]
    for name in ("anyOf", "oneOf", "allOf"):
        if name in schema:
            return _example(schema[name][0])
    kind = schema.get("type")
    if kind == "object":
        wanted = schema.get("required", ())
        fields = schema.get("properties", {})
        return {name: _example(one) for name, one in fields.items() if name in wanted}
    if kind == "array":
        return [_example(schema["items"])] * schema.get("minItems", 0)
    if kind == "string":
        told = {"date": "2026-11-27", "date-time": "2026-11-27T00:00:00Z"}
        return told.get(schema.get("format", ""), "x" * max(1, schema.get("minLength", 1)))
    return {"integer": schema.get("minimum", 1), "number": 1, "boolean": False}.get(str(kind))
