"""Lint a specification by what the office knows today: baselines, models, register, sites."""

from __future__ import annotations

from datetime import date

from controller.accounts.actor import Actor, require
from controller.errors import Refused, Text
from controller.inventory.inventory import Inventory
from controller.operations.context import Context
from controller.operations.procurement_papers import specification_of
from controller.processes.case import Case
from controller.processes.procuring import PROCESS
from controller.procurement.known import Known, known
from controller.procurement.lint import lint
from controller.procurement.remark import Remark, standing_against
from controller.specs.baseline import Baselines
from controller.specs.models import Models
from controller.specs.specification import Specification

_SHOWN = 5


def lint_specification(
    context: Context, actor: Actor, specification: Specification
) -> tuple[Remark, ...]:
    """Every remark, errors first, whether it was taken on with a reason or not."""
    require(actor, "write_specification")
    return lint(specification, known_of(context))


def lint_case(context: Context, case: Case) -> tuple[Remark, ...]:
    """The remarks on the specification of a case; none where it has none."""
    specification = specification_of(context, case)
    return lint(specification, known_of(context)) if specification else ()


def require_fit(context: Context, case: Case) -> None:
    """Pass unless the case is a procurement whose specification cannot be put to the director.

    Errors: `Refused`, naming errors and warnings nobody wrote a reason for.
    """
    specification = specification_of(context, case) if case.process == PROCESS else None
    if specification is None:
        return
    remarks = lint(specification, known_of(context))
    against = standing_against(remarks, specification.accepted)
    if not against:
        return
    shown, more = against[:_SHOWN], max(0, len(against) - _SHOWN)
    th = "; ".join(f"{remark.text.th} ({remark.key})" for remark in shown)
    en = "; ".join(f"{remark.text.en} ({remark.key})" for remark in shown)
    raise Refused(
        Text(
            th=f"คุณลักษณะเฉพาะยังเสนอไม่ได้: {th}" + (f" และอีก {more} ข้อ" if more else ""),
            en=f"the specification cannot be put forward: {en}"
            + (f" and {more} more" if more else ""),
        ),
        hint=Text(
            th="แก้ข้อที่ต้องแก้ และเขียนเหตุผลของข้อที่เตือนไว้ใน accepted "
            f"แล้วเขียนใหม่: `khaen spec write {case.number} FILE`",
            en="mend the errors, write reasons for the warnings under accepted, then "
            f"`khaen spec write {case.number} FILE`",
        ),
    )


def known_of(context: Context) -> Known:
    """What the office knows today, gathered anew when a file has changed since."""
    inventory = context.inventory()
    given = (context.models(), context.baselines(), context.today())
    return inventory.kept("known for lint", _Latest).known(inventory, given)


class _Latest:
    """What was gathered last for one inventory: looking for brands in it takes a while."""

    def __init__(self) -> None:
        self._held: tuple[tuple[Models, Baselines, date], Known] | None = None

    def known(self, inventory: Inventory, given: tuple[Models, Baselines, date]) -> Known:
        """The same again while models, baselines and the day are the same."""
        held = self._held
        if held is not None and held[0][2] == given[2]:
            before, now = held[0], given
            if before[0] is now[0] and before[1] is now[1]:
                return held[1]
        models, baselines, day = given
        sites = {site.site: site.name_th for site in inventory.sites}
        gathered = known(day, baselines, models, inventory.assets, sites)
        self._held = (given, gathered)
        return gathered
