"""A school or an office."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from controller.inventory.device import NAME, Device


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Contact(_Part):
    """Whom to call, by role title, not by name."""

    title: str = Field(description="Role title, for example หัวหน้างานเทคโนโลยีสารสนเทศ")
    phone: str | None = None
    email: str | None = None


class Network(_Part):
    """A network at the site."""

    name: str = Field(pattern=NAME)
    vlan: int = Field(strict=True, ge=1, le=4094)
    prefix: str | None = Field(default=None, description="For example 10.20.30.0/24")


class Site(_Part):
    """One file `inventory/sites/<site>.yaml`."""

    site: str = Field(pattern=NAME, description="Same as the file's name")
    name_th: str
    name_en: str
    kind: Literal["school", "office"]
    district: str = Field(description="อำเภอ, in Latin letters, lower case")
    size: Literal["small", "medium", "large", "extra-large"] | None = None
    contacts: tuple[Contact, ...] = ()
    networks: tuple[Network, ...] = ()
    variables: dict[str, Any] = Field(default_factory=dict)
    devices: tuple[Device, ...] = ()
