"""Files to keep, one module per kind; each has a router of plain GET routes."""

from fastapi import APIRouter

from controller.web.downloads import cases, forms, plans, register, surveys

ROUTERS: tuple[APIRouter, ...] = (
    cases.router,
    forms.router,
    plans.router,
    register.router,
    surveys.router,
)
