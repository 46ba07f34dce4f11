"""Tables as an Excel file: numbers and days stay what they are and are shown the Thai way."""

from __future__ import annotations

from collections.abc import Sequence

from controller.documents.sheet import Sheet
from controller.errors import InputError, Text


def render_xlsx(sheets: Sequence[Sheet], *, thai_digits: bool) -> bytes:
    """The sheets as XLSX, with numbers in Thai or Arabic digits: same sheets, same bytes.

    Text never becomes a formula, whatever it begins with.
    Errors: `InputError` when there is no sheet, for Excel knows no file without one.
    """
    if not sheets:
        raise InputError(
            Text(th="ไม่มีตารางที่จะบันทึกเป็นแฟ้ม Excel", en="there is no table to write to Excel"),
            hint=Text(th="ใช้แฟ้ม PDF หรือ DOCX แทน", en="use the PDF or DOCX file instead"),
        )
    # Excel's library is loaded by who writes, not by everybody who names this module.
    from controller.documents.workbook import written

    return written(sheets, thai_digits=thai_digits)
