"""One file per page; each registers itself when it is imported."""

from controller.web.pages import cases, home, new_plan, plan, plans, run, run_device, runs

__all__ = ["cases", "home", "new_plan", "plan", "plans", "run", "run_device", "runs"]
