"""Files to keep, one module per kind; each has a router of plain GET routes."""

from fastapi import APIRouter

from controller.web.downloads import forms, plans

ROUTERS: tuple[APIRouter, ...] = (
    forms.router,
    plans.router,
)
