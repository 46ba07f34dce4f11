"""One file per page; each registers itself when it is imported."""

from controller.web.pages import (
    case_new,
    case_show,
    cases,
    configuration,
    devices,
    form_fill,
    form_filled,
    forms,
    home,
    import_register,
    manual,
    new_plan,
    plan,
    plans,
    register,
    run,
    run_device,
    runs,
    sites,
)

__all__ = ["case_new", "case_show", "cases", "configuration", "devices", "form_fill", "form_filled", "forms", "home", "import_register", "manual", "new_plan", "plan", "plans", "register", "run", "run_device", "runs", "sites"]
