"""What can be asked of equipment: the catalogue of attributes criteria and offers speak of."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from controller.errors import Text
from controller.specs.units import UNITS

AttributeKind = Literal["amount", "level", "set", "yes-no", "words"]


class Attribute(BaseModel):
    """One thing equipment has: an amount of a unit, a level of an order, members, yes or no, words.

    `spelled` are names of an amount that may stand beside the number and mean just this one:
    “2 x 10G SFP+”. `levels` go from the least to the best, each with its spellings; `members` are
    what a set may hold, each word with its spellings. `field` is the fact of `specs.model.Model`
    that answers it, where one does. `kinds` are the classes of equipment it is asked of, all when
    empty.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    th: str = Field(min_length=1)
    en: str = Field(min_length=1)
    kind: AttributeKind
    unit: str = ""
    levels: tuple[tuple[str, ...], ...] = ()
    members: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    spelled: tuple[str, ...] = ()
    field: str = ""
    kinds: tuple[str, ...] = ()

    @property
    def title(self) -> Text:
        """Its name in both languages."""
        return Text(th=self.th, en=self.en)

    @model_validator(mode="after")
    def _whole(self) -> Attribute:
        if (self.kind == "amount") != bool(self.unit):
            raise ValueError("an amount has a unit, nothing else does")
        if self.unit and self.unit not in UNITS:
            raise ValueError(f"there is no unit {self.unit}")
        if self.spelled and self.kind != "amount":
            raise ValueError("only an amount has names beside its number")
        if (self.kind == "level") != bool(self.levels) or (self.kind == "set") != bool(
            self.members
        ):
            raise ValueError("a level has levels, a set has members, nothing else does")
        return self


@cache
def attributes() -> dict[str, Attribute]:
    """Every attribute by its id, in the order of `attributes.yaml`."""
    text = (files(__package__) / "attributes.yaml").read_text(encoding="utf-8")
    listed = yaml.load(text, Loader=yaml.CSafeLoader)["attributes"]
    known = [Attribute.model_validate({"id": id_, **fields}) for id_, fields in listed.items()]
    return {attribute.id: attribute for attribute in known}
