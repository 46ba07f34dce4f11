"""A case walked by operations, each move by the person whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from controller.operations import submit_case as submitting
from controller.operations.appoint_group import Appointment, appoint_group
from controller.operations.decide_case import Verdict, decide_case
from controller.operations.fill_form import fill_form
from controller.operations.manage_accounts import manage_accounts
from controller.operations.open_case import open_case
from controller.operations.study_case import study_case
from controller.operations.submit_case import submit_case
from controller.processes.case import Case, DecisionKind, Objective, Study
from controller.processes.forms.catalogue import form
from controller.processes.forms.template import example_values
from tests.operations.office import Desk

PASSWORD = "correct-horse-battery"
GROUP = Appointment(chair="officer1", secretary="engineer2", members=("engineer1",))
STUDY = Study(
    reason="เครื่องเดิมใช้งานมาเกิน 5 ปี",
    work="กำหนดคุณลักษณะของเครื่องใหม่",
    objectives=(
        Objective(text="ได้คุณลักษณะครบ", target="ร้อยละ 100"),
        Objective(text="จัดซื้อได้ทันเวลา"),
    ),
)


@contextmanager
def whatever_the_lint_says() -> Iterator[None]:
    """Specifications can be put forward unlinted: what is tested is what comes after."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(submitting, "require_fit", lambda *_: None)
        yield


@dataclass(frozen=True)
class Moves:
    """The moves of the tests. engineer1 proposes, the director decides."""

    desk: Desk

    def opened(self, process: str, title: str = "") -> Case:
        """A new case."""
        return open_case(self.desk.context, self.desk.person("engineer1"), process, None, title)

    def appointed(self, case: Case, wanted: Appointment = GROUP) -> Case:
        """The case with its working group."""
        return appoint_group(self.desk.context, self.desk.person("engineer1"), case.number, wanted)

    def studied(self, case: Case, study: Study = STUDY) -> Case:
        """The case with a study."""
        return study_case(self.desk.context, self.desk.person("engineer1"), case.number, study)

    def form(self, case: Case, slug: str, **changes: object) -> str:
        """The number of a form filled in like its example by engineer1, attached to the case."""
        values = example_values(form(slug), ("requester", "officer")) | changes
        actor = self.desk.person("engineer1")
        return fill_form(self.desk.context, actor, slug, values, case=case.number).number

    def submitted(self, case: Case) -> Case:
        """The plan step ended."""
        return submit_case(self.desk.context, self.desk.person("engineer1"), case.number)

    def decided(self, case: Case, kind: DecisionKind = "approve", comment: str = "") -> Case:
        """What the director decides."""
        return decide_case(
            self.desk.context,
            self.desk.person("director"),
            case.number,
            Verdict(kind, comment),
            PASSWORD,
        )

    def director_signs_in(self) -> None:
        """Give the director a password."""
        admin = self.desk.person("admin")
        manage_accounts(self.desk.context, None, "admin", PASSWORD)
        manage_accounts(self.desk.context, admin, "director", PASSWORD)

    def before_the_director(self) -> Case:
        """A case of 3.3 that was put to the director for the first time."""
        return self.submitted(self.studied(self.appointed(self.opened("3.3"))))
