"""Cases that stand at every kind of step, written straight into an office's store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from controller.accounts.actor import Actor
from controller.app import open_app
from controller.operations.attach_file import attach_content
from controller.operations.context import Context
from controller.operations.log_in import actor_of
from controller.operations.study_case import study_case
from controller.operations.submit_case import submit_case
from controller.processes.case import Case, Event, Group, Objective, Study
from controller.store import cases
from tests.server.history import NASTY

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
GROUP = Group(
    order="๔๕/๒๕๖๙",
    dated=date(2026, 11, 1),
    chair="officer1",
    members=("engineer1",),
    secretary="engineer2",
)
# (process, step): each kind of step, with and without devices, and with a publication.
STEPS = (
    ("2.3", 0), ("2.3", 1), ("2.3", 2), ("2.3", 3), ("2.3", 4), ("2.3", 5),
    ("2.1", 3), ("2.4", 4), ("3.3", 4),
)  # fmt: skip
FILE = f"ผัง <b>เครือข่าย {NASTY}.pdf"
STUDY = Study(
    reason=f"เหตุผล {NASTY}",
    work=f"งาน {NASTY}",
    objectives=(Objective(text=f"ข้อหนึ่ง {NASTY}", target=NASTY),),
)


def make_cases(root: Path) -> dict[tuple[str, int], str]:
    """A case at each of `STEPS`, by engineer1; (process, step) -> number."""
    made = {}
    with open_app(root, apart=True) as context, context.store.begin() as conn:
        for place, (process, step) in enumerate(STEPS, 1):
            number = f"2569-{process}-{place:04d}"
            events = tuple(
                Event(at=AT, actor="engineer1", step=at, what="opened" if at == 0 else "ended")
                for at in range(step)
            )
            case = Case(
                number=number,
                process=process,
                title=f"งาน {NASTY}",
                state="open",
                step=step,
                plan=None,
                proposer="engineer1",
                opened=AT,
                group=GROUP if step else None,
                events=events or (Event(at=AT, actor="engineer1", step=0, what="opened"),),
            )
            cases.insert_case(conn, case)
            made[process, step] = number
    return made


def put_to_the_director(root: Path, number: str = "2569-3.3-0099") -> str:
    """A case of 3.3 with a study and a file, before the director; its number."""
    with open_app(root, apart=True) as context:
        engineer = person(context, "engineer1")
        with context.store.begin() as conn:
            events = (
                Event(at=AT, actor="engineer1", step=0, what="opened"),
                Event(at=AT, actor="engineer1", step=0, what="appointed", note=NASTY),
            )
            case = Case(
                number=number,
                process="3.3",
                title=f"ระบบสารสนเทศ {NASTY}",
                state="open",
                step=1,
                plan=None,
                proposer="engineer1",
                opened=AT,
                group=GROUP,
                events=events,
            )
            cases.insert_case(conn, case)
        study_case(context, engineer, number, STUDY)
        attach_content(context, engineer, number, FILE, b"%PDF-1.4 of the test", NASTY)
        attach_content(context, engineer, number, "หน้า.html", b"<script>alert(1)</script>")
        submit_case(context, engineer, number)
    return number


def person(context: Context, username: str) -> Actor:
    """Somebody of the office file."""
    return actor_of(context.office(), username, context.clock())
