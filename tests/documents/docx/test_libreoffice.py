"""LibreOffice opens the files and lays them out as the PDF does."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

import controller.documents
from controller.documents.blocks import Document
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from tests.documents.docx.papers import every_block, memo, paper, register
from tests.documents.docx.reading import bare

FONTS = Path(controller.documents.__file__).parent / "fonts"
# The official font is not ours to ship; ours has its widths and heights.
FONT_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <test name="family" compare="contains"><string>TH Sarabun</string></test>
    <edit name="family" mode="assign" binding="strong"><string>SPM Saraban</string></edit>
  </match>
</fontconfig>
"""
PAPERS: dict[str, Document] = {
    "memo": memo(),
    "register": register(100),
    "blocks": paper(*every_block("ข้อความ น้ำ ๑๒ (10/100 Base-T)")),
    "card": paper(*every_block("บัตร")[-1:], page="card"),
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pypdfium2.PdfDocument]:
    """Every paper as LibreOffice prints it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("opened")
    configuration = folder / "fonts.conf"
    configuration.write_text(FONT_CONFIGURATION.format(fonts=FONTS, cache=folder / "cache"))
    for name, document in PAPERS.items():
        (folder / f"{name}.docx").write_bytes(render_docx(document))
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            *("--convert-to", "pdf", "--outdir", str(folder)),
            *(str(folder / f"{name}.docx") for name in PAPERS),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(configuration), "HOME": str(folder)},
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {name: pypdfium2.PdfDocument(folder / f"{name}.pdf") for name in PAPERS}


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_it_has_as_many_pages_as_the_pdf(
    name: str, opened: dict[str, pypdfium2.PdfDocument]
) -> None:
    """Or one more or less, for two typesetters break lines in two ways."""
    record = pypdfium2.PdfDocument(render_pdf(PAPERS[name]))
    assert abs(len(opened[name]) - len(record)) <= 1


def test_it_shows_thai_and_boxes(opened: dict[str, pypdfium2.PdfDocument]) -> None:
    """The words come back from the print; no letter is an empty box for want of a font."""
    said = bare("".join(page.get_textpage().get_text_range() for page in opened["memo"]))
    for words in ("ส่วนราชการ", "ขออนุมัติแผนพัฒนาระบบเครือข่าย", "คำสั่งของผู้อำนวยการ", "เรื่อง2570-2.3-0001"):
        assert bare(words) in said
    boxes = bare("".join(page.get_textpage().get_text_range() for page in opened["blocks"]))
    assert "☑" in boxes
    assert "☐" in boxes
