"""One step of a process: its kind, what it needs, which forms, who acts, how long it may take."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from controller.errors import Text
from controller.inventory.office import OfficeRole
from controller.processes.case import StepKind

Need = Literal[
    "order",
    "study",
    "plan",
    "decision",
    "notice",
    "run",
    "work",
    "follow-up",
    "summary",
    "publication",
]
# The people of the case, or everybody with a role of the office file.
Who = Literal["group", "proposer"] | OfficeRole

# What a step of each kind can ask for; a step never ends on anything else.
POSSIBLE_NEEDS: dict[StepKind, frozenset[Need]] = {
    "appoint": frozenset({"order"}),
    "plan": frozenset({"plan", "study"}),
    "approve": frozenset({"decision", "publication"}),
    "notify": frozenset({"notice"}),
    "execute": frozenset({"run", "work"}),
    "monitor": frozenset({"follow-up"}),
    "evaluate": frozenset({"summary", "notice", "publication"}),
}
_DOERS: dict[StepKind, tuple[Who, ...]] = {
    "appoint": ("proposer", "group", "director"),
    "plan": ("proposer", "group"),
    "approve": ("director",),
}


class Step(BaseModel):
    """One step of a process.

    `needs` is what must be there before it can end, `forms` which forms must be attached by then
    and `may` which may be, by slug. `who` may act at it; `days` are the calendar days from
    reaching it until it is due. `returns_to` counts from 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: StepKind
    name: str = Field(min_length=1)
    english: str = Field(min_length=1)
    needs: tuple[Need, ...] = ()
    forms: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    who: tuple[Who, ...] = ()
    days: int | None = Field(default=None, ge=1, le=3660)
    returns_to: int | None = Field(default=None, ge=1)

    @property
    def title(self) -> Text:
        """The step's name in both languages."""
        return Text(th=self.name, en=self.english)

    @property
    def doers(self) -> tuple[Who, ...]:
        """Who may act at the step."""
        return self.who or _DOERS.get(self.kind, ("group",))

    @property
    def roles(self) -> tuple[OfficeRole, ...]:
        """The roles of the office file among `doers`."""
        return tuple(who for who in self.doers if who != "group" and who != "proposer")

    @model_validator(mode="after")
    def _fitting(self) -> Step:
        strange = set(self.needs) - POSSIBLE_NEEDS[self.kind]
        if strange:
            raise ValueError(f"a step of kind {self.kind} cannot need {sorted(strange)}")
        if self.kind != "approve" and self.returns_to is not None:
            raise ValueError("only an approve step returns a case")
        if {*self.forms} & {*self.may}:
            raise ValueError(f"{sorted({*self.forms} & {*self.may})} both must and may be attached")
        if self.kind == "approve":
            self._decided_alone()
        # The program ends such a step when the devices are done; it can wait for nothing else.
        if "run" in self.needs and (self.forms or len(self.needs) > 1):
            raise ValueError("a step that needs a run needs nothing else")
        return self

    def _decided_alone(self) -> None:
        """Only the director decides, on what was put before them and cannot change meanwhile."""
        if self.needs and "decision" not in self.needs:
            raise ValueError("an approve step needs a decision")
        if self.who not in {(), ("director",)}:
            raise ValueError("only the director decides")
        if self.forms or self.may:
            raise ValueError("no form is attached at an approve step")
