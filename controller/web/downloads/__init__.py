"""Files to keep, one module per kind; each has a router of plain GET routes."""

from fastapi import APIRouter

from controller.web.downloads import (
    audit_log,
    cases,
    compliance,
    configurations,
    deliveries,
    evaluation,
    forms,
    graphs,
    needs,
    offers,
    plans,
    procurement,
    register,
    specs,
    surveys,
)

ROUTERS: tuple[APIRouter, ...] = (
    audit_log.router,
    cases.router,
    configurations.router,
    deliveries.router,
    forms.router,
    graphs.router,
    offers.router,
    plans.router,
    procurement.router,
    register.router,
    surveys.router,
    evaluation.router,
    compliance.router,
    needs.router,
    specs.router,
)
