"""Papers come quickly, the program starts quickly, and several may ask at once."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from controller.documents.blocks import Document, Entries, Entry, Heading, Signature, Signatures
from controller.documents.pdf import render_pdf
from tests.documents.pdf import papers
from tests.rules.tree import ROOT

HEAVY = ("typst", "pikepdf", "fontTools", "lxml")


def small(number: int) -> Document:
    """A form of one page, no two alike."""
    entries = tuple(Entry(f"ช่องที่ {n}", f"ค่าที่ {number} {n}", 6) for n in range(12))
    blocks = (Heading(f"แบบที่ {number}", 1), Entries(entries), Signatures((Signature("ผู้ขอ"),)))
    return Document(title=f"แบบที่ {number}", author=papers.OFFICE, day=papers.DAY, blocks=blocks)


def best(work: Callable[[int], object]) -> float:
    """The shortest of three times in seconds of the processor: other programs hardly count."""
    times = []
    for number in range(3):
        begun = time.process_time()
        work(number)
        times.append(time.process_time() - begun)
    return min(times)


def test_a_register_of_200_rows_takes_about_half_a_second() -> None:
    def draw(number: int) -> bytes:
        return render_pdf(replace(papers.form(), blocks=papers.table(200 + number).blocks))

    assert best(draw) < 1  # 0.4 where nobody else computes


def test_all_26_forms_take_less_than_three_seconds() -> None:
    assert best(lambda turn: [render_pdf(small(26 * turn + n)) for n in range(26)]) < 3


def test_importing_the_renderer_imports_no_heavy_library() -> None:
    """They come with the first paper, so that every other command starts without them."""
    program = (
        "import sys, controller.documents.pdf, controller.documents.svg\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert ran.stdout.strip() == "[]"


def test_several_may_ask_at_once() -> None:
    alone = [render_pdf(small(number)) for number in range(6)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda number: render_pdf(small(number)), range(6))) == alone
