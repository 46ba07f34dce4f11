"""The flow chart of a process (Flow Chart การปฏิบัติงาน) as Mermaid text."""

from __future__ import annotations

from collections.abc import Iterator

from controller.processes.case import Case, StepKind
from controller.processes.manual import MANUAL, Manual, Process
from controller.processes.timeline import timeline

# How a box of each kind is drawn; a decision is a diamond.
_SHAPES: dict[StepKind, tuple[str, str]] = {
    "approve": ("{", "}"),
    "notify": ("[/", "/]"),
    "evaluate": ("[[", "]]"),
}
_CLASSES = (
    "classDef done fill:#e3f1e3,stroke:#3b7a3b,color:#000",
    "classDef current fill:#ffe08a,stroke:#b8860b,stroke-width:3px,color:#000",
    "classDef waiting fill:#fff,stroke:#777,color:#000",
)
# Mermaid reads these as its own, in quotes too; `#` first, for it begins what replaces the others.
_RESERVED = (
    ("#", "#35;"),
    ("&", "#38;"),
    ('"', "#34;"),
    ("<", "#60;"),
    (">", "#62;"),
    ("`", "#96;"),
    ("\\", "#92;"),
)


def mermaid(process: Process, case: Case | None = None, *, manual: Manual = MANUAL) -> str:
    """The steps from top to bottom, with arrows back from every approval; ends with a line break.

    With a case of the process the steps that are done and the current one are lit. Labels are
    Thai and quoted, so that nothing in them is read as drawing instructions.
    """
    return "\n".join(_lines(process, case, manual)) + "\n"


def _lines(process: Process, case: Case | None, manual: Manual) -> Iterator[str]:
    yield "flowchart TD"
    yield f'  start(["{_safe(process.number + " " + process.name)}"])'
    for index, step in enumerate(process.steps):
        left, right = _SHAPES.get(step.kind, ("[", "]"))
        yield f'  s{index + 1}{left}"{index + 1}. {_safe(step.name)}"{right}'
    yield '  finish(["สิ้นสุด"])'
    yield "  start --> s1"
    for index, step in enumerate(process.steps):
        following = f"s{index + 2}" if index + 1 < len(process.steps) else "finish"
        if step.kind != "approve":
            yield f"  s{index + 1} --> {following}"
            continue
        yield f'  s{index + 1} -->|"อนุมัติ"| {following}'
        yield f'  s{index + 1} -.->|"ส่งกลับแก้ไข"| s{process.returns_to(index) + 1}'
        yield f'  s{index + 1} -.->|"ไม่อนุมัติ"| finish'
    if case is not None:
        yield from (f"  {line}" for line in _CLASSES)
        for view in timeline(case, manual=manual):
            yield f"  class s{view.index + 1} {view.state}"


def _safe(text: str) -> str:
    for sign, code in _RESERVED:
        text = text.replace(sign, code)
    return " ".join(text.split())
