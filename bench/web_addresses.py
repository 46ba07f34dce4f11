"""Which pages and answers are measured, and the numbers that go into their addresses."""

from __future__ import annotations

from controller.operations.context import Context
from controller.store import cases, forms

# name, who looks, address
PAGES = (
    ("home of an engineer", "engineer1", "/"),
    ("500 cases", "engineer1", "/cases"),
    ("open cases, searched", "engineer1", "/cases?state=open&q=โรงเรียน"),
    ("a case with a study", "engineer1", "/cases/{study}"),
    ("plans", "engineer1", "/plans"),
    ("a plan for 1,500 devices", "engineer1", "/plans/{plan}"),
    ("the page to make a plan", "engineer1", "/plans/new"),
    ("runs", "engineer1", "/runs"),
    ("a run of 1,500 devices", "engineer1", "/runs/run-0000"),
    ("a device in it", "engineer1", "/runs/run-0000/{device}"),
    ("84 sites", "engineer1", "/sites"),
    ("a site", "engineer1", "/sites/{site}"),
    ("1,500 devices", "engineer1", "/devices"),
    ("a device", "engineer1", "/devices/{device}"),
    ("its configuration", "engineer1", "/devices/{device}/configuration"),
    ("20,000 register rows", "officer1", "/register"),
    ("the register, searched", "officer1", "/register?q=Dell"),
    ("400 filled forms", "engineer1", "/forms"),
    ("a filled form", "engineer1", "/forms/filled/{form}"),
    ("the manual", "engineer1", "/manual"),
    ("home of the director", "director", "/"),
    ("the case of 1,500 devices to decide", "director", "/cases/{case}"),
    ("home of a school", "school1", "/"),
    ("a school's forms", "school1", "/forms"),
    ("a form to fill in", "school1", "/forms/repair_request/fill"),
)
API = (
    ("home", "/api/v1/home"),
    ("cases", "/api/v1/cases"),
    ("open cases of a process", "/api/v1/cases?state=open&process=2.3"),
    ("what waits", "/api/v1/waiting"),
    ("a case", "/api/v1/cases/{case}"),
    ("its progress", "/api/v1/cases/{case}/progress"),
    ("plans", "/api/v1/plans"),
    ("a plan for 1,500 devices", "/api/v1/plans/{plan}"),
    ("what a selector means", "/api/v1/plans/selections?select=all"),
    ("runs", "/api/v1/runs"),
    ("a run of 1,500 devices", "/api/v1/runs/run-0000"),
    ("its devices", "/api/v1/runs/run-0000/devices"),
    ("a device in it", "/api/v1/runs/run-0000/devices/{device}"),
    ("filled forms", "/api/v1/forms"),
    ("a filled form", "/api/v1/forms/{form}"),
    ("a backup", "/api/v1/backups/{device}"),
    ("84 sites", "/api/v1/sites"),
    ("a site", "/api/v1/sites/{site}"),
    ("1,500 devices", "/api/v1/devices"),
    ("a device", "/api/v1/devices/{device}"),
    ("its configurations", "/api/v1/devices/{device}/configurations"),
    ("20,000 register rows", "/api/v1/register"),
    ("the register, searched", "/api/v1/register?q=lenovo"),
    ("surveys", "/api/v1/surveys"),
    ("the audit log", "/api/v1/audit-log"),
    ("processes of the manual", "/api/v1/manual/processes"),
)


def addresses(context: Context) -> dict[str, str]:
    """What the names in the addresses stand for in this office."""
    with context.store.read() as conn:
        every = cases.list_cases(conn)
        whole = next(case for case in every if case.plan)
        return {
            "case": whole.number,
            "study": next(case.number for case in every if not case.plan),
            "plan": str(whole.plan),
            "site": context.inventory().sites[0].site,
            "device": context.inventory().devices[0].name,
            "form": forms.list_forms(conn)[0].number,
        }
