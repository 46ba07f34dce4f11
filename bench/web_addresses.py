"""Which pages and answers are measured, and the numbers that go into their addresses."""

from __future__ import annotations

from controller.operations.context import Context
from controller.store import cases

# name, who looks, address
PAGES = (
    ("home of the engineer", "engineer1", "/"),
    ("home of the director", "director", "/"),
    ("home of a school", "school1", "/"),
    ("500 cases", "engineer1", "/cases"),
    ("open cases", "engineer1", "/cases?state=open"),
    ("plans", "engineer1", "/plans"),
    ("a plan for 1,500 devices", "engineer1", "/plans/{plan}"),
    ("the form to make a plan", "engineer1", "/plans/new"),
)
API = (
    ("cases", "/api/v1/cases"),
    ("open cases of one process", "/api/v1/cases?state=open&process=2.3"),
    ("one case", "/api/v1/cases/{case}"),
    ("the report of a case, proving the audit log", "/api/v1/cases/{case}/report"),
    ("documents of a case", "/api/v1/cases/{study}/documents"),
    ("runs", "/api/v1/runs"),
    ("a run of 1,500 devices", "/api/v1/runs/run-0000"),
    ("its devices", "/api/v1/runs/run-0000/devices"),
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
        }
