"""What is known of a model of equipment: the optional files `specs/models/*.yaml`."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """One model, by the maker's number for it. What is not known is left out, never guessed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field(min_length=1, description="Maker's model number, as inventories name it")
    maker: str = Field(default="", description="Who makes it")
    ports: int | None = Field(default=None, ge=0, description="Ethernet ports, uplinks included")
    port_mbps: int | None = Field(default=None, ge=0, description="Speed of most ports in Mbit/s")
    uplink_mbps: int | None = Field(default=None, ge=0, description="Speed of uplinks in Mbit/s")
    poe_ports: int | None = Field(default=None, ge=0, description="Ports that give power")
    poe_watts: float | None = Field(default=None, ge=0, description="Power for all of them (W)")
    wifi: int | None = Field(
        default=None, ge=1, le=9, description="Wi-Fi generation: 6 is 802.11ax"
    )
    warranty_years: float | None = Field(
        default=None, ge=0, description="Years of warranty from the day it was acquired"
    )
    end_of_support: date | None = Field(
        default=None, description="After this day the maker mends no fault of it"
    )
    source: str = Field(default="", description="Where these facts come from")
