"""The office: its names, its people by role, who acts for the director and when."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from controller.errors import Text
from controller.inventory.asset import Kind
from controller.inventory.asset_numbers import countable
from controller.inventory.device import NAME

OfficeRole = Literal["director", "officer", "engineer", "school", "auditor", "admin"]
USERNAME = r"^[a-z][a-z0-9._-]{1,31}$"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(_Part):
    """A user by role title. The password lives in the account table, never here."""

    username: str = Field(pattern=USERNAME)
    title: str = Field(description="Position, as documents print it")
    roles: tuple[OfficeRole, ...] = Field(min_length=1)
    since: date | None = Field(default=None, strict=True, description="First day in these roles")
    until: date | None = Field(default=None, strict=True, description="Last day in these roles")
    email: str | None = None
    site: str | None = Field(
        default=None, pattern=NAME, description="School of a person with the role school"
    )

    def holds(self, role: OfficeRole, day: date) -> bool:
        """Whether the person holds `role` on `day`."""
        started = self.since is None or self.since <= day
        return started and (self.until is None or day <= self.until) and role in self.roles


class ActingOrder(_Part):
    """An order that somebody acts for the director (คำสั่งรักษาราชการแทน)."""

    username: str = Field(pattern=USERNAME)
    order: str = Field(description="Number of the order, for example ๑๒๓/๒๕๖๙")
    dated: date = Field(strict=True, description="Date of the order")
    since: date = Field(strict=True, description="First day")
    until: date = Field(strict=True, description="Last day")


class Numbering(_Part):
    """How documents are numbered: running numbers by register and Buddhist year, without gaps.

    A pattern may use {prefix}, {number} and {year}. The digits are written as `documents.digits`
    of khaen.toml says.
    """

    prefix: str = Field(description="For example ศธ ๐๔๒๖๐")
    memo: str = Field(default="{prefix}/{number}", description="Pattern of memos and letters")
    order: str = Field(default="{number}/{year}", description="Pattern of orders")
    form: str = Field(default="{number}/{year}", description="Pattern of filled forms")
    asset: dict[Kind, str] = Field(
        default_factory=dict,
        description="Pattern of register numbers by kind: {number}, {year} (2569) and {yy} (69)",
    )
    asset_yearly: bool = Field(
        default=False, description="Whether register numbers begin again each Buddhist year"
    )
    first: dict[Literal["memo", "order"], dict[int, int]] = Field(
        default_factory=dict,
        description="First number Khaen gives in a Buddhist year whose register began on paper",
    )

    def written(self, register: Literal["memo", "order", "form"], number: int, year: int) -> str:
        """The number of a document as its paper shows it, in digits 0-9."""
        pattern: str = getattr(self, register)
        return pattern.format(prefix=self.prefix, number=number, year=year)

    @field_validator("memo", "order", "form")
    @classmethod
    def _fillable(cls, pattern: str) -> str:
        try:
            shown = pattern.format(prefix="", number=71, year=2569)
        except (KeyError, IndexError, ValueError):
            raise ValueError("use {prefix}, {number} and {year}, and no other braces") from None
        if "71" not in shown:
            raise ValueError("{number} is missing")
        return pattern

    @field_validator("asset")
    @classmethod
    def _countable(cls, patterns: dict[Kind, str]) -> dict[Kind, str]:
        for kind, pattern in patterns.items():
            if not countable(pattern):
                raise ValueError(
                    f"{kind}: use {{number}}, {{year}} and {{yy}}, and no other braces"
                )
        return patterns


class District(_Part):
    """What people call a district (อำเภอ) that sites name by a short Latin word."""

    th: str = Field(description="Without the word อำเภอ, for example เมืองขอนแก่น")
    en: str = Field(description="For example Mueang Khon Kaen")


class Office(_Part):
    """The file `inventory/office.yaml`."""

    name_th: str
    name_en: str
    short: str
    group_th: str
    group_en: str
    director_title: str
    address: str = Field(default="", description="Postal address, as letters print it")
    telephone: str = Field(default="", description="Telephone of the group, as memos print it")
    numbering: Numbering
    people: tuple[Person, ...]
    acting: tuple[ActingOrder, ...] = ()
    districts: dict[str, District] = Field(
        default_factory=dict, description="What pages call the `district` of a site"
    )
    service_years: dict[Kind, Annotated[int, Field(strict=True, ge=1, le=30)]] = Field(
        default_factory=dict,
        description="Years a kind of equipment serves before it may be replaced",
    )

    def district_name(self, district: str) -> Text:
        """What people call the district; the word itself where the office gives no name."""
        named = self.districts.get(district)
        return Text(th=named.th, en=named.en) if named else Text(th=district, en=district)

    def person(self, username: str) -> Person | None:
        """The person with this user name."""
        return next((p for p in self.people if p.username == username), None)
