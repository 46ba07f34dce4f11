"""One file per page; each registers itself when it is imported."""

from controller.web.pages import cases, home, new_plan, plan, plans

__all__ = ["cases", "home", "new_plan", "plan", "plans"]
