"""One file per page; each registers itself when it is imported."""

from controller.web.pages import cases, home

__all__ = ["cases", "home"]
