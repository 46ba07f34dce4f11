"""Every address of the API, from its own document, with something it could be sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from controller.api.application import make_api

DOCUMENT = make_api().openapi()
_VALUES = {
    "username": "engineer2",
    "number": "2569-9.9-0001",
    "paper": "memo",
    "document": "sheet",
    "delivery": "1",
    "slug": "network_evaluation",
}


@dataclass(frozen=True)
class Address:
    """One method of one path, and what it takes, filled in with the least that is valid."""

    id: str
    method: str
    template: str
    path: str
    sent: dict[str, Any] = field(default_factory=dict)
    open_to_strangers: bool = False
    paged: bool = False

    def call(self, client: httpx.Client, **more: Any) -> httpx.Response:
        """What it answers this caller."""
        return client.request(self.method, self.path, **{**self.sent, **more})


def addresses() -> Iterator[Address]:
    """All of them, in the order of the document."""
    for template, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            parameters = operation.get("parameters", ())
            query = {
                one["name"]: _least(one["schema"])
                for one in parameters
                if one["in"] == "query" and one.get("required")
            }
            yield Address(
                id=operation["operationId"],
                method=method.upper(),
                template=template,
                path=re.sub(r"\{(\w+)\}", lambda m: _VALUES.get(m[1], "none"), template),
                sent={**({"params": query} if query else {}), **_body(operation)},
                open_to_strangers=operation.get("security", DOCUMENT.get("security")) in ([], None),
                paged=any(one["name"] == "cursor" for one in parameters),
            )


def _body(operation: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        return {"files": {"file": ("a.txt", b"x")}}
    if "application/json" in content:
        return {"json": _least(content["application/json"]["schema"])}
    return {}


def _least(schema: dict[str, Any]) -> Any:
    """The least value that a schema takes."""
    if "$ref" in schema:
        return _least(DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "examples" in schema:
        return schema["examples"][0]
    if "anyOf" in schema:
        return _least(schema["anyOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            wanted = schema.get("required", ())
            return {name: _least(schema["properties"][name]) for name in wanted}
        case "array":
            return [_least(schema["items"]) for _ in range(schema.get("minItems", 0))]
        case "integer" | "number":
            above = schema.get("exclusiveMinimum")
            return schema.get("minimum", 0) if above is None else above + 1
        case "boolean":
            return False
        case _:
            return "2026-11-27" if schema.get("format") == "date" else "x"
