"""Anything the document allows, and much it does not, is answered as the document says.

Schemathesis thinks of the requests: some that are valid, some that are not, always the same ones.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from controller.api.application import make_api
from controller.operations.log_in import Origin, open_session
from tests.api.callers import HERE, Callers, calling
from tests.api.test_cases import submitted
from tests.api.test_resources import REPAIR

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the libraries it brings along
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

# It draws lots inside its strategies; Hypothesis makes them the same ones each time all the same.
pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisDeprecationWarning")
SCHEMA = schemathesis.openapi.from_dict(make_api().openapi())
OPERATIONS: dict[str, Any] = {
    one.definition.raw["operationId"]: one
    for one in (cast("Any", found).ok() for found in SCHEMA.get_all_operations())
}
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# They would end the session, or the accounts, that the others are tried with.
WITH_A_SESSION_OF_THEIR_OWN = {"log_out", "end_sessions", "end_session", "change_password"}
FEW, MANY = 2, 100


@dataclass
class Fuzz:
    """An office with something of everything in it, and who asks for it."""

    callers: Callers
    known: dict[str, list[str]]
    clients: dict[str, httpx.Client] = field(default_factory=dict)
    tried: int = 0

    def client(self, operation: str) -> httpx.Client:
        """Somebody who may do it."""
        person = "admin" if "account" in operation or "second_step" in operation else "engineer1"
        own = operation if operation in WITH_A_SESSION_OF_THEIR_OWN else person
        if own not in self.clients or own == operation:
            actor = self.callers.desk.person("engineer2" if own == operation else person)
            signed = open_session(self.callers.context, actor, Origin("api"))
            self.clients[own] = self.callers.bearer(signed.token)
        return self.clients[own]

    def ask(self, operation: str, case: Any) -> None:
        """Send one request, every second time about something there is, and check its answer."""
        self.tried += 1
        if self.tried % 2:
            for name, values in self.known.items():
                if name in (case.path_parameters or {}):
                    case.path_parameters[name] = values[self.tried // 2 % len(values)]
        sent = case.as_transport_kwargs(base_url=HERE)
        sent.pop("cookies", None)
        files = _as_bytes(sent.pop("files", None))
        client = self.client(operation)
        headers = httpx.Headers(sent.pop("headers", None), encoding="latin-1")  # as HTTP has them
        headers.update(client.headers)
        answer = client.request(
            sent.pop("method"),
            sent.pop("url"),
            headers=headers,
            params=sent.pop("params", None),
            content=sent.pop("data", None) if files is None else None,
            json=sent.pop("json", None),
            files=files,
        )
        case.validate_response(answer, checks=CHECKS)


def _as_bytes(files: Any) -> Any:
    """The parts of a form; what was made up as a number goes out as its digits."""
    if files is None:
        return None
    parts = files.items() if isinstance(files, dict) else files
    return [(name, _as_part(part)) for name, part in parts]


def _as_part(part: Any) -> Any:
    if isinstance(part, tuple):
        name, content, *more = part
        return (name, content if isinstance(content, bytes) else str(content), *more)
    return part if isinstance(part, bytes) else str(part)


@pytest.fixture(scope="module")
def fuzz(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzz]:
    """An office that ends with these tests, for they start the engine; cases, forms, surveys."""
    with calling(tmp_path_factory.mktemp("fuzz") / "office") as callers:
        yield _fuzz(callers)


def _fuzz(callers: Callers) -> Fuzz:
    engineer = callers.person("engineer1")
    place = submitted(callers)
    opened = engineer.post("/api/v1/cases", json={"process": "2.5"}).json()["number"]
    form = {"form": "repair_request", "values": REPAIR}
    filled = callers.person("school1").post("/api/v1/forms", json=form).json()["number"]
    survey = engineer.post("/api/v1/surveys", json={"form": "questionnaire"}).json()["id"]
    number = place.rpartition("/")[2]
    known = {
        "number": [number, opened, filled],
        "which": [filled, "loan_request"],
        "survey": [survey],
        "slug": ["repair_request"],
        "device": ["kkn-a-sw01"],
    }
    return Fuzz(callers, known)


def trial(fuzz: Fuzz, operation: str, examples: int) -> Callable[[], None]:
    """Tries an operation with so many requests of each mode."""
    strategies = [
        OPERATIONS[operation].as_strategy(generation_mode=mode)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    ]

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategies[0] | strategies[1])
    def tried(case: Any) -> None:
        fuzz.ask(operation, case)

    return tried


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_whatever_is_asked_is_answered_as_described(fuzz: Fuzz, operation: str) -> None:
    """A few requests, the same each time."""
    trial(fuzz, operation, FEW)()


@pytest.mark.slow
@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_whatever_is_asked_for_long_is_answered_as_described(fuzz: Fuzz, operation: str) -> None:
    """Many of them."""
    trial(fuzz, operation, MANY)()
