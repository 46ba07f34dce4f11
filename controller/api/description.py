"""The OpenAPI document: what stands on its first page, its tags, and how anything is refused."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

ADDRESS = "/api/v1"
INTRODUCTION = """\
What the director approved is exactly what reaches the devices, and everyone can prove it later.

Everything a person can do at the command line or in a browser can be done here, by the same rules:
the same permissions, the same gate before a run, the same line in the audit log.

* **Signing in**: `POST /sessions` gives a bearer token. Programs use an API token instead
  (`POST /tokens`), which may do less than its owner and never decides.
* **Errors** are `application/problem+json` (RFC 9457): `title` and `hint` in the language of
  `Accept-Language` (Thai unless it begins with `en`), both languages under `messages`, and under
  `problems` every single thing that is wrong with what was sent.
* **Lists** come in pages: `limit`, and `cursor`, which is `next` of the page before. What is added
  meanwhile moves nothing.
* **Versions**: what is read has an `ETag`. `If-None-Match` answers 304 while nothing has changed;
  `If-Match` on a change answers 412, and does nothing, once something has.
* **Repeating**: a `POST` with an `Idempotency-Key` is done once, however often it arrives.

Days are ISO 8601, times UTC, money and measured numbers text, so that no digit is lost.
"""
TAGS = [
    {"name": "sessions", "description": "Signing in and out, and who one is."},
    {"name": "home", "description": "What waits for whoever asks."},
    {"name": "tokens", "description": "API tokens: of one person, for a time, for some things."},
    {
        "name": "plans",
        "description": "A plan is a frozen value: what exactly would reach which devices. Its id "
        "is the SHA-256 of its content. Secrets appear in it as references only.",
    },
    {
        "name": "cases",
        "description": "A case (เรื่อง) is one run through one process of the manual: opened, worked "
        "on, put to the director, decided, carried out, evaluated.",
    },
    {"name": "papers", "description": "What is attached to a case: forms and files."},
    {"name": "documents", "description": "What is drawn of a case: memo, order, report, evidence."},
    {"name": "reports", "description": "What is measured all year: the evaluation of process 2.8."},
    {
        "name": "runs",
        "description": "A run carries an approved plan out, or takes it back. It goes on by "
        "itself; look how far it is as often as you like.",
    },
    {"name": "backups", "description": "Configurations fetched from devices."},
    {"name": "devices", "description": "The devices of the inventory, and what is known of them."},
    {"name": "inventory", "description": "Schools and offices, devices, the hardware register."},
    {"name": "topology", "description": "Which device is wired to which, and how the links are."},
    {"name": "forms", "description": "Forms (แบบฟอร์ม) of the manual, filled in."},
    {"name": "surveys", "description": "Surveys (แบบสอบถาม), their anonymous answers and results."},
    {"name": "notices", "description": "The outbox, and reminders of overdue cases."},
    {"name": "health", "description": "How the devices are, as polled over SNMP; polls by hand."},
    {
        "name": "alerts",
        "description": "What is wrong with the devices, and what people do about it.",
    },
    {"name": "traps", "description": "What devices told by themselves over SNMP."},
    {
        "name": "playbooks",
        "description": "Ansible playbooks: what they are for, what they do, what came of them.",
    },
    {"name": "schedule", "description": "What is done by itself, when, and what came of it."},
    {"name": "workers", "description": "Who takes work from the queues, and what is in hand."},
    {
        "name": "availability",
        "description": "How much of a period things worked, and when nobody minds.",
    },
    {
        "name": "compliance",
        "description": "Devices judged by rules: findings, scores.",
    },
    {
        "name": "procurement",
        "description": "Process 2.4: needs, specifications, offers, comparison, acceptance.",
    },
    {"name": "manual", "description": "The office manual as data: processes, steps, forms."},
    {"name": "audit log", "description": "The append-only, hash-chained record of what was done."},
    {"name": "accounts", "description": "Local accounts of the office's people."},
    {"name": "workspace", "description": "The files that say what should be."},
    {"name": "server", "description": "Whether the server is well."},
]
_REFUSALS = {
    "401": "No token, or one that has ended or was revoked",
    "403": "Your role, or the scopes of your token, do not allow it",
    "404": "There is none, or it is not yours to see",
    "409": "It could be done but must not: what stands in the way is in `title`",
    "412": "It has changed since you looked at it (`If-Match`)",
    "413": "The body is too large",
    "415": "The body is of another type than this address takes",
    "422": "Something is wrong with what was sent; `problems` names all of it",
    "429": "Too many attempts of late; `Retry-After` tells when it may be tried again",
    "default": "The server or a device did not do its part: 500, 502, 503",
}
_EXAMPLE = {
    "type": "about:khaen/NotApproved",
    "status": 409,
    "title": "the case is not approved for this plan",
    "hint": "put it to the director first",
    "messages": {
        "title": {
            "th": "เรื่องยังไม่ได้รับอนุมัติสำหรับแผนนี้",
            "en": "the case is not approved for this plan",
        },
        "hint": {"th": "เสนอผู้อำนวยการก่อน", "en": "put it to the director first"},
    },
}
# Their answers are secrets, which are never kept.
NEVER_KEPT = frozenset({"log_in", "manage_tokens", "reveal_secrets", "share_survey"})
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    "description": "The same request with the same key is done once: what was answered (200 to "
    "299) is answered again for a day, with `Idempotency-Replayed: true`. Another request with it "
    "is 422; while the first is being done, 409.",
}
_BOTH = {
    "type": "object",
    "properties": {"th": {"type": "string"}, "en": {"type": "string"}},
    "required": ["th", "en"],
}
PROBLEM = {
    "type": "object",
    "description": "Why something was not done, and what to do next (RFC 9457).",
    "properties": {
        "type": {"type": "string", "description": "`about:khaen/` and the kind of error"},
        "status": {"type": "integer"},
        "title": {"type": "string", "description": "What is wrong, in the language asked for"},
        "hint": {"type": "string", "description": "What to do next"},
        "messages": {
            "type": "object",
            "description": "Title and hint in both languages",
            "additionalProperties": _BOTH,
        },
        "problems": {
            "type": "array",
            "description": "Every single thing that is wrong with what was sent",
            "items": {"type": "object"},
        },
        "device": {"type": "string", "description": "The device that did not do its part"},
        "id": {"type": "string", "description": "Of a bug of ours: its number in the log"},
    },
    "required": ["type", "status", "title", "messages"],
}


def describe(app: FastAPI) -> None:
    """Let the application describe itself with its refusals, instead of FastAPI's own."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _with_refusals(
                get_openapi(
                    title="Khaen",
                    version=app.version,
                    summary="Infrastructure as code for a Thai educational service area office",
                    description=INTRODUCTION,
                    routes=app.routes,
                    tags=TAGS,
                    servers=[{"url": "/", "description": "This installation"}],
                    license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
                )
            )
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _with_refusals(document: dict[str, Any]) -> dict[str, Any]:
    parts = document.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = PROBLEM
    content = {
        "application/problem+json": {
            "schema": {"$ref": "#/components/schemas/Problem"},
            "example": _EXAMPLE,
        }
    }
    parts["responses"] = {
        f"refused-{status}": {"description": told, "content": content}
        for status, told in _REFUSALS.items()
    }
    for address, methods in document["paths"].items():
        if address.startswith(ADDRESS):
            for method, operation in methods.items():
                _refuse(operation)
                if method == "post" and operation["operationId"] not in NEVER_KEPT:
                    operation.setdefault("parameters", []).append(_KEY)
                if method == "get":
                    operation["responses"]["304"] = {"description": "Nothing has changed"}
    return document


def _refuse(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    responses.pop("422", None)
    for status in _REFUSALS:
        responses[status] = {"$ref": f"#/components/responses/refused-{status}"}
