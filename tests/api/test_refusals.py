"""Every address there is refuses whoever may not, and every other method.

The addresses come from the API's own document: a new one is tried here before anybody thinks of it.
"""

from __future__ import annotations

import pytest

from tests.api.addresses import DOCUMENT, Address, addresses
from tests.api.callers import Callers

ALL = [one for one in addresses() if one.template.startswith("/api/")]
# What anybody may ask who is signed in: it shows nothing but what is theirs, or no secret at all.
FOR_EVERYBODY = {
    "show_home",
    "who_am_i",
    "log_out",
    "change_password",
    "list_forms",
    "show_form",
    "export_form",
    "show_photo",
    "list_requests",
    "list_surveys",
    "list_processes",
    "show_process",
    "draw_process",
    "list_form_definitions",
    "show_form_definition",
    "list_sites",
    "show_site",
    "list_devices",
    "list_models",
    "show_model",
    "show_device",
    "list_baselines",
    "show_baseline",
    "list_editions",
    "compare_editions",
    "export_edition",
    "list_attributes",
    "list_assets",
    "count_assets",
    "show_asset",
    "export_assets",
    "verify_plan",
    "verify_audit_export",
    "list_alerts",
    "show_alert",
    "list_health_rules",
    "show_availability",
    "list_maintenance",
    "list_topologies",
    "show_topology",
    "show_graph",
    "show_health",
    "show_device_health",
    "list_traps",
    "report_compliance",
    "show_compliance",
    "list_findings",
    "list_finding_changes",
    "show_device_compliance",
    "list_rules",
    "show_rule",
    "try_rules",
}
# Who may not, where school staff may.
NOT_SCHOOL = {
    "fill_form": "auditor1",
    "keep_photo": "auditor1",
    "answer_survey": "auditor1",
    "comment_alert": "auditor1",
}
PUBLIC = {"log_in"}


def named(one: Address) -> str:
    """How a test of an address is called."""
    return one.id


def test_every_operation_id_is_there_once() -> None:
    """They are the names programs use."""
    ids = [one.id for one in addresses()]
    assert len(ids) == len(set(ids)) > 60


@pytest.mark.parametrize("address", ALL, ids=named)
def test_without_a_token_nothing_is_answered(callers: Callers, address: Address) -> None:
    """But to signing in."""
    answer = address.call(callers.stranger)
    if address.id in PUBLIC:
        assert address.open_to_strangers
        return
    assert answer.status_code == 401, answer.text
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert not address.open_to_strangers


@pytest.mark.parametrize(
    "address", [one for one in ALL if one.id not in FOR_EVERYBODY | PUBLIC], ids=named
)
def test_a_role_that_may_not_is_refused(callers: Callers, address: Address) -> None:
    """And told who may, not whether the thing is there."""
    person = NOT_SCHOOL.get(address.id, "school1")
    before = len(callers.desk.cases())
    answer = address.call(callers.person(person))
    assert answer.status_code == 403, (answer.status_code, answer.text)
    assert answer.json()["messages"]["hint"]["th"]
    assert len(callers.desk.cases()) == before


@pytest.mark.parametrize("template", sorted({one.template for one in ALL}))
def test_a_method_there_is_not_is_refused(callers: Callers, template: str) -> None:
    """Naming those there are."""
    there = {one.method: one.path for one in ALL if one.template == template}
    path = next(iter(there.values()))
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - set(there):
        answer = callers.person("engineer1").request(method, path)
        if answer.status_code in {404, 422}:  # another address takes the path with this method
            assert answer.json()["type"] != "about:blank"
            continue
        assert answer.status_code == 405, (method, answer.text)
        assert set(there) <= set(answer.headers["allow"].split(", "))


def test_every_address_is_described(callers: Callers) -> None:
    """What it is for, under a tag that is explained, and how it refuses."""
    tags = {one["name"] for one in DOCUMENT["tags"]}
    for template, methods in DOCUMENT["paths"].items():
        for method, told in methods.items():
            place = f"{method} {template}"
            assert told["tags"][0] in tags, place
            assert len(told["description"].split()) >= 3, place
            if template.startswith("/api/"):
                assert {"401", "403", "404", "409", "422", "default"} <= set(told["responses"])
    answer = callers.stranger.get("/api/v1/openapi.json")
    assert answer.json() == DOCUMENT


def test_a_token_of_a_program_without_scopes_for_it_is_refused(callers: Callers) -> None:
    """Whatever it may be: a token for one thing opens nothing else that changes anything."""
    engineer = callers.person("engineer1")
    asked = {"name": "narrow", "scopes": ["verify_devices"]}
    narrow = callers.bearer(engineer.post("/api/v1/tokens", json=asked).json()["token"])
    harmless = FOR_EVERYBODY - {"log_out", "change_password"} | {"verify_devices"}
    for address in ALL:
        if address.id not in harmless | PUBLIC:
            answer = address.call(narrow)
            assert answer.status_code == 403, (address.id, answer.text)
    for address in ALL:
        if address.id in {"list_forms", "show_form", "export_form", "list_requests"}:
            assert address.call(narrow).status_code == 403, address.id
