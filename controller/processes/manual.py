"""The office manual: processes, steps, forms and references, read from `manual.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from controller.errors import InputError, NotFound, Problem, Refused, Text
from controller.language import nearest
from controller.processes.case import StepKind
from controller.processes.step import Need, Step

__all__ = ["BEFORE_A_RUN", "FILE", "MANUAL", "Manual", "Named", "Need", "Process", "Step", "Todo"]
__all__ += ["process", "read_manual", "runnable"]

FILE = "manual.yaml"
_NUMBER = re.compile(r"\d+\.\d+")
# Nothing runs on a device unless these came before it, whatever an office writes in its manual.
BEFORE_A_RUN: tuple[Need, ...] = ("order", "plan", "decision")
# Where a return may go: steps at which somebody can mend what was put forward.
MENDED_AT: frozenset[StepKind] = frozenset({"appoint", "plan", "execute", "evaluate"})


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(_Value):
    """A form or a reference: its name in Thai and in English."""

    name: str = Field(min_length=1)
    english: str = Field(min_length=1)


class FormName(Named):
    """A form's names. A `survey` is answered by many; what counts of it are its results."""

    survey: bool = False


class Edition(Named):
    """Which manual this is, and by whose authority."""

    authority: str


class Why(_Value):
    """A reason in both languages."""

    th: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Todo(_Value):
    """The mark of a process that cannot be run yet, and why."""

    todo: Why


class Process(_Value):
    """One process of the manual. `number` is the manual's own, for example `2.3`.

    Of a process with a `cycle` there is one case in each of these years.
    """

    number: str = Field(pattern=f"^{_NUMBER.pattern}$")
    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str = Field(min_length=1)
    english: str = Field(min_length=1)
    status: Literal["done"] | Todo
    cycle: Literal["fiscal-year"] | None = None
    objectives: tuple[str, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)
    forms: tuple[str, ...]
    references: tuple[str, ...]

    @property
    def title(self) -> Text:
        """The process's name in both languages."""
        return Text(th=self.name, en=self.english)

    @property
    def runnable(self) -> bool:
        """Whether a case of it can be opened."""
        return self.status == "done"

    @property
    def plans_a_change(self) -> bool:
        """Whether its cases carry a change plan for managed devices."""
        return any("plan" in step.needs for step in self.steps)

    def returns_to(self, step: int) -> int:
        """The step a case goes back to when `step` sends it back and names no other one."""
        named = self.steps[step].returns_to
        return self.work_before(step) if named is None else named - 1

    def work_before(self, step: int) -> int:
        """The nearest plan or evaluation before `step`; without one the nearest that can mend."""
        for index in range(step - 1, -1, -1):
            if self.steps[index].kind in {"plan", "evaluate"}:
                return index
        return max(self.may_return_to(step), default=0)

    def may_return_to(self, step: int) -> tuple[int, ...]:
        """The steps to which `step` may send a case back."""
        return tuple(i for i in range(step) if self.steps[i].kind in MENDED_AT)

    @model_validator(mode="after")
    def _walkable(self) -> Process:
        if self.runnable and any(not step.needs for step in self.steps):
            raise ValueError("every step of a process that is done says what it needs")
        for index, step in enumerate(self.steps):
            if "run" in step.needs and not self._in_order(index):
                raise ValueError(f"a run needs {list(BEFORE_A_RUN)}, in this order, before it")
            back = step.returns_to
            if back is not None and back - 1 not in self.may_return_to(index):
                raise ValueError(f"step {index + 1} cannot return a case to step {back}")
            if step.kind == "approve" and not self.may_return_to(index):
                raise ValueError(f"step {index + 1} has no step to return a case to")
        return self

    def _in_order(self, end: int) -> bool:
        earlier = iter([need for step in self.steps[:end] for need in step.needs])
        return all(need in earlier for need in BEFORE_A_RUN)


class Manual(_Value):
    """The whole manual. `annexes` are records that steps need and the manual does not name."""

    edition: Edition
    references: dict[str, Named]
    forms: dict[str, FormName]
    annexes: dict[str, FormName] = Field(default_factory=dict)
    processes: tuple[Process, ...]

    def process(self, number: str) -> Process:
        """The process with this number.

        Errors: `NotFound`, naming all there are, and for a slip of the pen the nearest.
        """
        for process in self.processes:
            if process.number == number:
                return process
        numbers = [process.number for process in self.processes]
        near = "" if _NUMBER.fullmatch(number) else nearest(number, numbers)
        raise NotFound(
            Text(
                th=f"คู่มือไม่มีกระบวนงาน “{number}”",
                en=f"the manual has no process “{number}”",
            ),
            hint=Text(
                th=(f"หมายถึง {near} หรือไม่ " if near else "") + f"มี {', '.join(numbers)}",
                en=(f"did you mean {near}? " if near else "") + f"there are {', '.join(numbers)}",
            ),
        )

    def form(self, slug: str) -> FormName | None:
        """The names of a form or annex, None for one there is not."""
        return self.forms.get(slug) or self.annexes.get(slug)

    @model_validator(mode="after")
    def _consistent(self) -> Manual:
        faults = [*self._repeated(), *self._dangling()]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _repeated(self) -> Iterator[str]:
        for what in ("number", "slug"):
            values = [getattr(process, what) for process in self.processes]
            yield from (f"two processes with {what} {v}" for v in {*values} if values.count(v) > 1)

    def _dangling(self) -> Iterator[str]:
        for process in self.processes:
            for form in process.forms:
                if form not in self.forms:
                    yield f"process {process.number} names an unknown form {form}"
            asked = {slug for step in process.steps for slug in (*step.forms, *step.may)}
            if process.runnable and not {*process.forms} <= asked:
                never = sorted({*process.forms} - asked)
                yield f"no step of process {process.number} asks for the forms {never}"
            for index, step in enumerate(process.steps, 1):
                for slug in (*step.forms, *step.may):
                    if self.form(slug) is None:
                        yield f"step {index} of process {process.number} names no form {slug}"
            for reference in process.references:
                if reference not in self.references:
                    yield f"process {process.number} names an unknown reference {reference}"


def runnable(process: Process) -> Process:
    """`process` itself, when a case of it can be opened.

    Errors: `Refused`, saying why it is still to do.
    """
    if isinstance(process.status, Todo):
        why = process.status.todo
        raise Refused(
            Text(
                th=f"ยังเปิดเรื่องตามกระบวนงาน {process.number} ({process.name}) ไม่ได้: {why.th}",
                en=f"no case of process {process.number} ({process.english}) yet: {why.en}",
            )
        )
    return process


def read_manual(text: str, path: str = FILE) -> Manual:
    """The manual written in `text` (YAML). `path` names it in messages.

    Errors: `InputError` with every problem found, each naming the place in the file.
    """
    try:
        content = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        problem = Problem(path, line, column, Text(th="ไม่ใช่ YAML ที่ถูกต้อง", en="not valid YAML"))
        raise _unreadable(path, (problem,)) from error
    try:
        return Manual.model_validate(content)
    except ValidationError as error:
        raise _unreadable(path, tuple(_problems(path, error))) from error


def _problems(path: str, error: ValidationError) -> Iterator[Problem]:
    for fault in error.errors(include_url=False):
        place = ".".join(str(part) for part in fault["loc"]) or "-"
        yield Problem(
            path,
            0,
            0,
            Text(th=f"ที่ {place}: {fault['msg']}", en=f"at {place}: {fault['msg']}"),
            found=str(fault["input"])[:80],
        )


def _unreadable(path: str, problems: tuple[Problem, ...]) -> InputError:
    places_th = "; ".join(f"{p.where} {p.message.th}" for p in problems)
    places_en = "; ".join(f"{p.where} {p.message.en}" for p in problems)
    return InputError(
        Text(
            th=f"อ่านคู่มือ {path} ไม่ได้: {places_th}",
            en=f"cannot read the manual {path}: {places_en}",
        ),
        problems=problems,
    )


MANUAL = read_manual(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))


def process(number: str) -> Process:
    """The process of the office's manual with this number.

    Errors: `NotFound`.
    """
    return MANUAL.process(number)
