"""Backups over HTTP: fetch configurations, read the last one; and the keys devices show."""

from __future__ import annotations

from typing import Literal

from fastapi import Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.downloads import files
from controller.api.given import Given
from controller.api.plans import Selector
from controller.api.routing import make_router
from controller.api.words import Both
from controller.operations import back_up_devices, forget_key, show_backup

router = make_router("/backups", "backups")
keys = make_router("/device-keys", "devices")


class Selecting(Given):
    """Which devices."""

    select: Selector


class BackupShown(BaseModel):
    """What became of one device."""

    device: str
    state: Literal["new", "changed", "same", "failed"]
    fingerprint: str = Field(description="SHA-256 of the normalised configuration")
    error: Both | None


@router.post("", operation_id="back_up_devices")
def back_up(asked: Asked, given: Selecting) -> list[BackupShown]:
    """Fetch and keep the running configuration of every selected device.

    The answer comes when every device has answered; one that fails is told, the others are kept.
    """
    done = asked.ask(back_up_devices.back_up_devices, given.select)
    return [
        BackupShown.model_validate(
            {**vars(one), "error": Both.of(one.error.message) if one.error else None}
        )
        for one in done
    ]


@router.get(
    "/{device}",
    operation_id="show_backup",
    response_class=PlainTextResponse,
    responses=files("The configuration", "txt"),
)
def read_backup(asked: Asked, device: str) -> Response:
    """The last configuration kept of a device, every secret hidden."""
    return PlainTextResponse(asked.ask(show_backup.show_backup, device))


@keys.post("/forgotten", operation_id="forget_key")
def forget(asked: Asked, given: Selecting) -> list[str]:
    """Trust the key each selected device shows next, as after a reset; their names."""
    return list(asked.ask(forget_key.forget_key, given.select))
