"""The API as one FastAPI application; the web and what runs beside it are added to it."""

from __future__ import annotations

from typing import NoReturn

from fastapi import APIRouter, FastAPI, Request
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException

import controller
from controller.api import (
    accounts,
    alerts,
    audit_log,
    availability,
    backups,
    baselines,
    case_moves,
    case_papers,
    case_recheck,
    case_reports,
    cases,
    comparison,
    compliance,
    configurations,
    deliveries,
    discovery,
    drift,
    evidence,
    forms,
    graphs,
    health,
    home,
    inventory,
    manual,
    needs,
    notices,
    offers,
    plans,
    playbook_runs,
    playbooks,
    register,
    reports,
    rules,
    runs,
    schedule,
    sessions,
    spec_models,
    specification_papers,
    specifications,
    survey_links,
    surveys,
    tokens,
    topology,
    traps,
    workers,
    workspace,
)
from controller.api.description import ADDRESS, describe
from controller.api.problems import add_problems

ROUTERS: tuple[APIRouter, ...] = (
    sessions.router,
    home.router,
    tokens.router,
    plans.router,
    playbooks.router,
    plans.checking,
    cases.router,
    case_moves.router,
    comparison.router,
    case_papers.router,
    case_papers.uploads,
    case_reports.waiting,
    case_recheck.router,
    case_reports.router,
    specification_papers.router,
    reports.router,
    reports.attaching,
    runs.starting,
    runs.router,
    backups.router,
    backups.keys,
    drift.router,
    configurations.router,
    configurations.packing,
    configurations.revealing,
    inventory.sites,
    inventory.devices,
    evidence.devices,
    evidence.models,
    spec_models.router,
    spec_models.imports,
    topology.router,
    discovery.router,
    graphs.router,
    health.router,
    health.devices,
    register.router,
    register.imports,
    forms.router,
    forms.uploads,
    forms.requests,
    surveys.router,
    survey_links.router,
    notices.router,
    offers.router,
    offers.uploads,
    alerts.router,
    traps.router,
    playbook_runs.router,
    schedule.router,
    workers.router,
    availability.router,
    availability.windows,
    compliance.router,
    rules.router,
    needs.router,
    baselines.router,
    baselines.editions,
    baselines.imports,
    baselines.attributes,
    deliveries.router,
    deliveries.uploads,
    specifications.router,
    specifications.of_case,
    manual.router,
    audit_log.router,
    audit_log.checking,
    accounts.router,
    workspace.router,
)
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def make_api() -> FastAPI:
    """The API below /api/v1. Each request's scope must carry the open `Context` under `khaen`."""
    app = FastAPI(
        title="Khaen",
        version=controller.__version__,
        openapi_url=f"{ADDRESS}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    for router in ROUTERS:
        app.include_router(router, prefix=ADDRESS)
    # Before the pages, which would answer everything else with a page of theirs.
    app.add_api_route(
        "/api/{rest:path}",
        _nothing_here,
        methods=_METHODS,
        include_in_schema=False,
        response_model=None,
    )
    describe(app)
    add_problems(app)
    return app


def _nothing_here(request: Request) -> NoReturn:
    """No address of the API, or one that does not take this method. Errors: 404, 405."""
    allowed: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        expression = getattr(route, "path_regex", None)
        if (
            expression
            and route.endpoint is not _nothing_here
            and expression.match(request.url.path)
        ):
            allowed |= set(route.methods or ())
    if allowed:
        raise HTTPException(405, headers={"Allow": ", ".join(sorted(allowed))})
    raise HTTPException(404)
