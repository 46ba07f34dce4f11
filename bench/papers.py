"""What papers cost: the 26 blank forms, and a table of 200 rows against bare typst."""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from bench.report import say
from controller.documents.blocks import Document, Table, TableColumn
from controller.documents.compose.forms import form_document
from controller.documents.compose.look import Look
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.documents.typesetting import FONTS
from controller.inventory.office import Office
from controller.processes.forms.catalogue import form
from controller.processes.manual import MANUAL
from controller.workspace.parts import read_office

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 22)
COLUMNS = ("ลำดับ", "รายการ", "เลขครุภัณฑ์", "สถานที่", "สภาพ", "หมายเหตุ")
FORMS_GOAL, ROWS_GOAL = 3.0, 0.5
BARE = """#set page(paper: "a4")
#set text(font: "SPM Saraban", size: 16pt, lang: "th")
#table(columns: 6, ..json(bytes(sys.inputs.rows)).flatten())
"""


def main(words: list[str] | None = None) -> None:
    """`python -m bench.papers [--rounds N] [--rows N]`."""
    parser = argparse.ArgumentParser(prog="python -m bench.papers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=200)
    options = parser.parse_args(words)
    office = read_office(ROOT)
    rows = tuple(
        (str(n), "สวิตช์เครือข่ายขนาด 24 ช่อง", f"7440-016-{n:04d}", "โรงเรียนตัวอย่าง ก", "ใช้งานได้", "")
        for n in range(1, options.rows + 1)
    )
    start = time.perf_counter()
    blanks = _blanks(office)
    _all(blanks, render_pdf)
    cold = time.perf_counter() - start
    listed = Document("ทะเบียน", office.name_th, DAY, (_table(rows),))
    with TemporaryDirectory(prefix="khaen-") as folder:
        bare = _bare(Path(folder), rows)
        ways: dict[str, Callable[[], object]] = {
            f"{options.rows} rows, bare typst": bare,
            f"{options.rows} rows, PDF": lambda: render_pdf(listed),
            f"{options.rows} rows, DOCX": lambda: render_docx(listed),
            "26 blank forms, PDF": lambda: _all(blanks, render_pdf),
            "26 blank forms, DOCX": lambda: _all(blanks, render_docx),
        }
        took: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(options.rounds):
            for name, way in ways.items():
                took[name].append(_seconds(way))
    plain = statistics.median(took[f"{options.rows} rows, bare typst"])
    goals = {f"{options.rows} rows, PDF": ROWS_GOAL, "26 blank forms, PDF": FORMS_GOAL}
    say("| paper | median s | bare typst = 1 | goal s |")
    say("|---|---|---|---|")
    say(f"| 26 blank forms, PDF, first time (imports too) | {cold:.2f} | | {FORMS_GOAL} |")
    for name, seconds in took.items():
        median = statistics.median(seconds)
        ratio = f"{median / plain:.2f}" if "rows" in name else ""
        say(f"| {name} | {median:.2f} | {ratio} | {goals.get(name, '')} |")
    say("")


def _blanks(office: Office) -> list[Document]:
    look = Look()
    return [form_document(form(slug), office, None, look=look, day=DAY) for slug in MANUAL.forms]


def _all(papers: list[Document], render: Callable[[Document], bytes]) -> None:
    for paper in papers:
        render(paper)


def _table(rows: tuple[tuple[str, ...], ...]) -> Table:
    return Table(tuple(TableColumn(title) for title in COLUMNS), rows)


def _bare(folder: Path, rows: tuple[tuple[str, ...], ...]) -> Callable[[], object]:
    """The same table by typst alone, without tags, exact copying, or Thai line breaking of ours."""
    source = folder / "bare.typ"
    source.write_text(BARE, encoding="utf-8")
    told = {"rows": json.dumps(rows)}
    compiler = typst.Compiler(input=source, font_paths=[FONTS])
    return lambda: compiler.compile(format="pdf", sys_inputs=told)


def _seconds(way: Callable[[], object]) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
