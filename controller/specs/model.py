"""What is known of a model of equipment: the optional files `specs/models/*.yaml`."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

Fact = bool | int | float | str | tuple[str, ...]
"""What an attribute of a model may be: an amount in the attribute's own unit or written with one,
a level, words, yes or no, the members of a set."""


class Model(BaseModel):
    """One model, by the maker's number for it. What is not known is left out, never guessed.

    `attributes` tells what the fields do not, by the names of the catalogue of attributes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field(min_length=1, description="Maker's model number, as inventories name it")
    maker: str = Field(default="", description="Who makes it")
    part_number: str = Field(
        default="", description="Maker's order number, where inventories use that one"
    )
    kind: str = Field(default="", description="Kind as in the register, such as switch")
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
    attributes: dict[str, Fact] = Field(
        default_factory=dict, description="Further facts, by the catalogue of attributes"
    )
    source: str = Field(default="", description="Where these facts come from")
