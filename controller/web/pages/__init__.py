"""One file per page; each registers itself when it is imported."""

from controller.web.pages import (
    case_new,
    case_show,
    cases,
    form_fill,
    form_filled,
    forms,
    home,
    new_plan,
    plan,
    plans,
    run,
    run_device,
    runs,
)

__all__ = [
    "case_new",
    "case_show",
    "cases",
    "form_fill",
    "form_filled",
    "forms",
    "home",
    "new_plan",
    "plan",
    "plans",
    "run",
    "run_device",
    "runs",
]
