"""What a playbook is told: the kinds of parameters and how their values are read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal[
    "text", "integer", "yes-no", "choice", "vlan", "address", "network", "interface", "secret"
]
Value = str | int | bool | tuple[str, ...]
NAME = r"^[a-z][a-z0-9_]{0,62}$"


class Parameter(BaseModel):
    """One parameter. A `secret` is a name of `[secrets]` in khaen.toml, never the secret itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind = Field(description="What values it takes")
    th: str = Field(min_length=1, description="What it is, in Thai")
    en: str = Field(min_length=1, description="What it is, in English")
    default: str | int | bool | tuple[str, ...] | None = Field(
        default=None, description="Value when none is given; without one it must be given"
    )
    many: bool = Field(default=False, description="Takes several values: a,b,c")
    choices: tuple[Annotated[str, Field(min_length=1)], ...] = Field(
        default=(), description="Values it takes; with kind `choice`"
    )
    least: int | None = Field(default=None, description="Smallest value; with kind `integer`")
    most: int | None = Field(default=None, description="Largest value; with kind `integer`")
    pattern: str | None = Field(
        default=None, max_length=200, description="Regular expression; with kind `text`"
    )
