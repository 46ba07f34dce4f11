"""The catalogue entry of a playbook, `playbooks/NAME.meta.yaml`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from controller.errors import Text
from controller.playbooks.parameter import Parameter

Risk = Literal["read", "change"]
RISKS: dict[Risk, Text] = {
    "read": Text(th="อ่านอย่างเดียว", en="reads only"),
    "change": Text(th="เปลี่ยนแปลงอุปกรณ์", en="changes devices"),
}


class Words(BaseModel):
    """The same words in Thai and in English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    th: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @property
    def text(self) -> Text:
        """As everything that is shown has it."""
        return Text(th=self.th, en=self.en)


class Meta(BaseModel):
    """What people are told of a playbook, and what it may do.

    `risk` `read` needs no approval, and what it changes stops the run; `change` runs only as the
    approved plan of a case of `process`. That `process` stands with `change`, and only with it, is
    seen to where the entry is read, which can name the place.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Words = Field(description="What it is called")
    purpose: Words = Field(description="What it is for, in a sentence or two")
    risk: Risk = Field(description="`read` needs no approval; `change` needs an approved case")
    process: Literal["2.2", "2.3"] | None = Field(
        default=None, description="Process of the manual under which it is approved; with `change`"
    )
    platforms: tuple[str, ...] = Field(
        min_length=1, description="Platforms it is written for; devices of others are left out"
    )
    parameters: dict[str, Parameter] = Field(
        default_factory=dict, description="What it is told: variable -> its kind and words"
    )
    timeout_minutes: int = Field(
        default=30, ge=1, le=1440, description="Minutes after which the run is stopped"
    )
