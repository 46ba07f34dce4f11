"""How a case looks on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from controller import thai
from controller.cli import output
from controller.cli.case_matter import show_history, show_matter
from controller.cli.layout import tell, terminal_width
from controller.errors import Text
from controller.inventory.office import Office
from controller.processes.case import CASE_STATES, Case, Group
from controller.processes.deadlines import due, late_by
from controller.processes.history import here
from controller.processes.manual import process
from controller.processes.needs import GIVING, NEEDED, lacking
from controller.processes.step import Need
from controller.processes.timeline import HAPPENED, StepView, timeline

SHORT = 12
MARKS = {"done": "✓", "current": "▶", "waiting": "·"}
# What a command must be told besides the case.
_TOLD: dict[Need, str] = {
    "order": " --chair … --member … --secretary …",
    "study": " --from FILE",
    "notice": " --to … --how … -m …",
    "work": " -m …",
    "follow-up": " -m …",
    "summary": " --results …",
    "publication": " --where … -m …",
}
_UNDER = 7  # where the lines under a step begin
_TURNED_BACK = frozenset({"returned", "voided", "revised"})


def case_json(case: Case) -> dict[str, Any]:
    """The case for programs, with the kind of its current step."""
    steps = process(case.process).steps
    kind = steps[case.step].kind if case.state == "open" else None
    return {**case.model_dump(mode="json"), "step_kind": kind}


def show_case_view(case: Case, office: Office, now: datetime) -> None:
    """Print a case: its steps, what the current one waits for, its matter, what happened."""
    named = process(case.process)
    tell(f"{case.number}  {case.title}  [{_state(case)}]", 2)
    tell(output.words(f"กระบวนงาน {named.number} {named.name}",
                      f"process {named.number} {named.english}"), 2)  # fmt: skip
    tell(output.words(f"ผู้เสนอ {case.proposer}", f"proposed by {case.proposer}"), 2)
    if case.group:
        _show_group(case.group)
    if case.plan:
        output.say(f"แผน {case.plan}", f"plan {case.plan}")
    for step in timeline(case, office, thai.bangkok_date(now)):
        tell(
            f"  {MARKS[step.state]} {step.index + 1}. {output.words(step.name.th, step.name.en)}", 7
        )
        if step.state == "current":
            _show_current(case, step, thai.bangkok_date(now))
    show_matter(case)
    show_history(case)


def show_cases(cases: Sequence[Case], today: date) -> None:
    """Print a list of cases: each under its number on a terminal, one in a line in a pipe."""
    if not terminal_width():
        return output.table(
            (),
            [
                (c.number, _state(c), current_step(c), due_in_words(c, today), c.title)
                for c in cases
            ],
        )
    for case in cases:
        tell(f"{case.number}  {case.title}", 15)
        if case.state != "open":
            tell(f"    {_state(case)}", 6)
            continue
        limit = due_in_words(case, today)
        tell(f"    {current_step(case)}{output.words('  กำหนด ', '  due ')}{limit}", 6)
    return None


def current_step(case: Case) -> str:
    """Where an open case stands, as `3/6 Put it to the director`; `-` for one that has ended."""
    if case.state != "open":
        return "-"
    steps = process(case.process).steps
    name = output.words(steps[case.step].name, steps[case.step].english)
    return f"{case.step + 1}/{len(steps)} {name}"


def due_in_words(case: Case, today: date) -> str:
    """When the current step is due, and by how many days it is late."""
    limit = due(case)
    if limit is None:
        return "-"
    shown = output.words(thai.short_date(limit), limit.isoformat())
    late = late_by(case, today)
    days = "day" if late == 1 else "days"
    return shown + (output.words(f" เกิน {late} วัน", f" {late} {days} late") if late else "")


def _state(case: Case) -> str:
    return output.words(*CASE_STATES[case.state].both)


def _show_group(group: Group) -> None:
    dated = output.words(thai.short_date(group.dated), group.dated.isoformat())
    people = ", ".join(
        [
            f"{group.chair} ({output.words('ประธาน', 'chair')})",
            *group.members,
            f"{group.secretary} ({output.words('เลขานุการ', 'secretary')})",
        ]
    )
    tell(output.words(f"คณะทำงาน คำสั่งที่ {group.order} ลงวันที่ {dated}: {people}",
                      f"group by order {group.order} of {dated}: {people}"), 2)  # fmt: skip


def _show_current(case: Case, step: StepView, today: date) -> None:
    back = _turned_back(case)
    if back:
        _line(back.th, back.en)
    if step.due:
        shown = due_in_words(case, today)
        _line(f"กำหนด: {shown}", f"due: {shown}")
    if step.who:
        _line(f"ผู้ทำได้: {step.who.th}", f"who may: {step.who.en}")
    missing = list(_missing(case, step))
    for what, typed in missing:
        _line(f"ยังขาด: {what.th}", f"missing: {what.en}")
        tell(f"{' ' * (_UNDER + 2)}$ {typed}", _UNDER + 4)
    for form in step.forms:
        name = output.words(form.name.th, form.name.en)
        if form.attached:
            papers = ", ".join(form.papers)
            _line(f"แนบแล้ว: {name}: {papers}", f"attached: {name}: {papers}")
        elif not form.must:
            _line(f"แนบได้: {name} ({form.slug})", f"may be attached: {name} ({form.slug})")
    ending = _ending(case, step)
    if ending:
        _line(
            f"{'จากนั้น' if missing else 'ครบแล้ว '}จบขั้นตอนด้วย:",
            f"{'then' if missing else 'complete:'} end the step with:",
        )
        tell(f"{' ' * (_UNDER + 2)}$ {ending}", _UNDER + 4)


def _line(th: str, en: str) -> None:
    tell(" " * _UNDER + output.words(th, en), _UNDER + 2)


def _missing(case: Case, step: StepView) -> Iterator[tuple[Text, str]]:
    """What the step still needs, each with the whole command for it."""
    for need in lacking(case, process(case.process).steps[case.step]):
        typed = GIVING[need].format(case=case.number) + _TOLD.get(need, "")
        if need == "decision" and case.submissions:
            typed += f" --seen {case.submissions[-1].dossier[:SHORT]}"
        yield NEEDED[need], typed
    for form in step.forms:
        if form.must and not form.attached:
            told = ' --title "…"' if form.survey else " --from FILE"
            yield form.name, form.command + told


def _ending(case: Case, step: StepView) -> str:
    """The command that ends a step which does not end by itself with the last thing it needs."""
    if step.kind == "plan":
        return f"khaen case submit {case.number}"
    needs = process(case.process).steps[case.step].needs
    for need in ("work", "follow-up"):
        if need in needs:
            return f"{GIVING[need].format(case=case.number)} --done -m …"
    return ""


def _turned_back(case: Case) -> Text | None:
    """Who sent the case back to the step it is at, and why."""
    before = case.events[: len(case.events) - len(here(case))]
    if not before or before[-1].what not in _TURNED_BACK:
        return None
    event = before[-1]
    happened, why = HAPPENED[event.what], event.note.splitlines()[0] if event.note else ""
    return Text(
        th=f"{happened.th} ({event.actor}): {why}", en=f"{happened.en} ({event.actor}): {why}"
    )
