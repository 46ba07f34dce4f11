"""The comparison a case keeps: reading it, whether it is concluded, keeping another revision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from controller.accounts.actor import Actor
from controller.errors import NotFound, Outdated, Refused, Text
from controller.operations.context import Context
from controller.operations.procurement_papers import approved_specification, keep_paper, papers_of
from controller.processes.case import Case
from controller.procurement.comparison_paper import (
    ComparisonPaper,
    Conclusion,
    read_comparison,
)
from controller.store.engine import Connection

NAME = "comparison"
TITLE = "การเปรียบเทียบคุณสมบัติ"


def comparison_of(context: Context, case: Case) -> ComparisonPaper | None:
    """The comparison the case keeps, concluded or not; None before anybody judged or concluded.

    Errors: `StoreError` when what is kept is not what was attached.
    """
    found = papers_of(case, "comparison")
    return read_comparison(context.files.get(found[-1].sha256)) if found else None


def conclusion_of(context: Context, case: Case) -> Conclusion | None:
    """How the comparison was concluded; None while it is not."""
    paper = comparison_of(context, case)
    return paper.conclusion if paper else None


def concluded_in(context: Context, case: Case) -> tuple[str, Conclusion]:
    """The hash of the comparison and how it was concluded. Errors: `NotFound` while it is not."""
    conclusion = conclusion_of(context, case)
    if conclusion is None:
        command = f"`khaen spec compare {case.number} --conclude`"
        raise NotFound(
            Text(
                th=f"เรื่อง {case.number} ยังไม่ได้สรุปผลการเปรียบเทียบข้อเสนอ",
                en=f"the comparison of case {case.number} is not concluded yet",
            ),
            hint=Text(th=f"สรุปผลก่อน: {command}", en=f"conclude it first: {command}"),
        )
    return papers_of(case, "comparison")[-1].sha256, conclusion


def require_not_concluded(context: Context, case: Case) -> None:
    """Pass while the comparison is not concluded. Errors: `Refused`."""
    if conclusion_of(context, case) is not None:
        command = f'`khaen spec reopen {case.number} --reason "…"`'
        raise Refused(
            Text(
                th=f"เรื่อง {case.number} สรุปผลการเปรียบเทียบแล้ว",
                en=f"the comparison of case {case.number} is concluded",
            ),
            hint=Text(
                th=f"ยกเลิกผลสรุปพร้อมเหตุผลก่อน: {command}",
                en=f"take the conclusion back with a reason first: {command}",
            ),
        )


def keep_comparison(
    context: Context,
    actor: Actor,
    permission: str,
    case: Case,
    paper: ComparisonPaper,
    told: dict[str, Any],
) -> Case:
    """Keep the paper in the place of the one the case holds, with the audit line.

    `case` is what the paper was made from. Errors: as `keep_paper`; `Outdated` when an offer or
    the comparison has changed since; `NotApproved`.
    """
    return keep_paper(
        context,
        actor,
        permission,
        case.number,
        kind="comparison",
        name=NAME,
        title=TITLE,
        content=paper.content,
        told=told,
        check=_unchanged_since(context, case),
    )


def _unchanged_since(context: Context, case: Case) -> Callable[[Connection, Case], None]:
    def check(conn: Connection, now: Case) -> None:
        approved_specification(context, conn, now, to_act=True)
        for kind in ("offer", "comparison"):
            if papers_of(now, kind) != papers_of(case, kind):
                raise Outdated(
                    Text(
                        th="ข้อเสนอหรือผลการเปรียบเทียบเปลี่ยนไประหว่างทำรายการ จึงยังไม่บันทึก",
                        en="an offer or the comparison has changed meanwhile, so nothing was kept",
                    ),
                    hint=Text(th="เปิดดูอีกครั้งแล้วทำใหม่", en="look at it again, then repeat"),
                )

    return check
