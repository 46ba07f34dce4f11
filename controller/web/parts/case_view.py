"""A case as its page shows it: gathered in one go, and put into words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from controller.accounts.actor import Actor
from controller.compliance.rechecking import Recheck
from controller.errors import NotFound, Text
from controller.inventory.office import Office
from controller.operations.book_apply import show_booking
from controller.operations.compare_plans import compare_plans
from controller.operations.context import Context
from controller.operations.print_document import possible
from controller.operations.read_plan import read_plan
from controller.operations.show_case import Looked, look_at_case
from controller.operations.show_recheck import show_recheck
from controller.operations.show_run import list_runs
from controller.plans.outcome import STATE_WORDS, STATES, Run
from controller.plans.plan import Plan
from controller.processes.case import Case, Event
from controller.processes.deadlines import due, late_by
from controller.processes.dossier import Change
from controller.processes.history import approval, here, since_submitted
from controller.processes.manual import Process, process
from controller.processes.needs import FormView, wanting
from controller.processes.timeline import movers, timeline
from controller.store.bookings import Booking
from controller.web.visit import Visit

_ID = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{52}\b")
_DAY = re.compile(r"\b20\d\d-[01]\d-[0-3]\d\b")
# How the case itself writes what it notes: `ถึง (to): …`, `confirmed 7`.
_LABELLED = re.compile(r"^(ถึง|โดย|ข้อความ) \((to|by|message)\):", re.MULTILINE)
_COUNTED = re.compile(rf"\b({'|'.join(STATES)}) (\d+)")
_TURNED_BACK = frozenset({"returned", "voided", "revised"})
# What a dossier calls its items that are not papers; the key before the stroke.
_ITEMS = {
    "title": Text(th="ชื่อเรื่อง", en="Title"),
    "group": Text(th="คณะทำงาน", en="Working group"),
    "study": Text(th="ผลการศึกษาและข้อเสนอ", en="Study and proposal"),
    "plan": Text(th="แผนการเปลี่ยนแปลง", en="Change plan"),
    "record": Text(th="บันทึกครั้งที่", en="Entry"),
    "evaluation": Text(th="ผลการประเมินครั้งที่", en="Evaluation"),
}
# What the papers that are printed from a case are called.
PAPER_NAMES = {
    "order": Text(th="คำสั่งแต่งตั้งคณะทำงาน", en="Order appointing the group"),
    "memo": Text(th="บันทึกข้อความ", en="Memo to the director"),
    "notification": Text(th="หนังสือแจ้ง", en="Notification"),
    "evaluation": Text(th="รายงานผลการประเมิน", en="Evaluation report"),
    "evidence": Text(th="แฟ้มหลักฐาน", en="Evidence"),
    "flow": Text(th="ผังขั้นตอน", en="Flow chart"),
}


@dataclass(frozen=True)
class CaseView:
    """Everything the page of a case reads.

    `changed` is what is not as it was when the case was submitted before (`before`); `between` says
    in words what differs between that plan and this one. `printable` names papers by now. `recheck`
    is of the devices the case's runs touched.
    """

    looked: Looked
    plan: Plan | None
    runs: tuple[Run, ...]
    printable: tuple[str, ...]
    before: datetime | None
    changed: tuple[Change, ...]
    between: tuple[Text, ...]
    recheck: Recheck | None
    booking: Booking | None = None

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.looked.case

    @property
    def process(self) -> Process:
        """The process it is a run of."""
        return process(self.looked.case.process)

    @property
    def dossier(self) -> str:
        """The dossier that is to be decided on, empty where nothing is before the director."""
        case = self.case
        waiting = case.state == "open" and self.process.steps[case.step].kind == "approve"
        found = [s.dossier for s in case.submissions if s.step == case.step] if waiting else []
        return found[-1] if found else ""


@dataclass(frozen=True)
class Now:
    """The step an open case is at: what it lacks, whom it waits for, until when."""

    number: int
    of: int
    name: Text
    missing: tuple[Text, ...]
    forms: tuple[FormView, ...]
    people: tuple[str, ...]
    due: date | None
    late: int
    back: Event | None


def gather(context: Context, actor: Actor, number: str) -> CaseView:
    """What the page of the case reads. Errors: `NotFound`, `StalePlan` for an edited plan."""
    looked = look_at_case(context, actor, number)
    case = looked.case
    before, changed = since_submitted(case) if _before_a_decision(case) else (None, ())
    return CaseView(
        looked=looked,
        plan=read_plan(context, actor, case.plan) if case.plan else None,
        runs=list_runs(context, actor, case=number),
        printable=possible(context, actor, number),
        before=before,
        changed=changed,
        between=_between(context, actor, case, changed),
        recheck=show_recheck(context, actor, number),
        booking=show_booking(context, actor, number),
    )


def now_at(view: CaseView, office: Office, today: date) -> Now | None:
    """Where an open case stands, None once it has ended."""
    case = view.case
    if case.state != "open":
        return None
    step = timeline(case)[case.step]
    return Now(
        number=case.step + 1,
        of=len(view.process.steps),
        name=step.name,
        missing=wanting(case),
        forms=step.forms,
        people=movers(case, office, today, planned_by=view.looked.situation.planned_by),
        due=due(case),
        late=late_by(case, today),
        back=_turned_back(case),
    )


def item_words(change: Change) -> Text:
    """What to call an item of a dossier: papers have titles of their own."""
    kind, _, place = change.key.partition("/")
    named = _ITEMS.get(kind)
    if named is None:
        return Text(th=change.title, en=change.title)
    return Text(th=f"{named.th} {place}".strip(), en=f"{named.en} {place}".strip())


def note_words(visit: Visit, note: str) -> str:
    """What an event tells: ids by their first digits, days and words as the visitor reads them."""

    def day(found: re.Match[str]) -> str:
        try:
            return visit.day(date.fromisoformat(found[0]))
        except ValueError:  # it only looks like a day
            return found[0]

    def state(found: re.Match[str]) -> str:
        word = next(words for name, words in STATE_WORDS.items() if name == found[1])
        return f"{visit.w(word)} {found[2]}"

    shown = _DAY.sub(day, _ID.sub(r"\1", note))
    shown = _COUNTED.sub(state, shown)
    return _LABELLED.sub(lambda found: f"{visit.t(found[1], found[2].capitalize())}:", shown)


def holding(case: Case, now: datetime) -> tuple[datetime, bool] | None:
    """When the approval that holds expires, and whether it has; None where none holds."""
    held = approval(case)
    if held is None or held.expires is None:
        return None
    return held.expires, held.expires <= now


def _before_a_decision(case: Case) -> bool:
    """Whether what was submitted last is still to be decided on, or has come back from it."""
    return (
        case.state == "open" and bool(case.submissions) and case.step <= case.submissions[-1].step
    )


def _turned_back(case: Case) -> Event | None:
    """What brought the case back to the step it is at."""
    before = case.events[: len(case.events) - len(here(case))]
    return before[-1] if before and before[-1].what in _TURNED_BACK else None


def _between(
    context: Context, actor: Actor, case: Case, changed: tuple[Change, ...]
) -> tuple[Text, ...]:
    """What differs between the plan submitted before and this one."""
    if not any(change.key == "plan" and change.what == "changed" for change in changed):
        return ()
    waiting = process(case.process).steps[case.step].kind == "approve"
    submissions = case.submissions[:-1] if waiting and case.state == "open" else case.submissions
    items = submissions[-1].items if submissions else ()
    old = next((item.sha256 for item in items if item.key == "plan"), None)
    if old is None or case.plan is None:
        return ()
    try:
        return compare_plans(context, actor, old, case.plan)
    except NotFound:  # an earlier plan may be gone; that it was another one is told anyway
        return ()
