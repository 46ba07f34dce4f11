"""What every paper of a procurement is made from, and what stands on each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from controller.documents.blocks import Block, Paragraph, Signature, Signatures
from controller.documents.compose.look import Look
from controller.documents.compose.procurement.words import Words
from controller.documents.compose.ruling import capacity, recorded
from controller.documents.compose.wording import position
from controller.inventory.office import Office
from controller.processes.case import Case, Decision, Paper
from controller.specs.baseline import Baselines
from controller.specs.specification import Specification
from controller.thai import bangkok_date

DRAFT = "ร่าง"


@dataclass(frozen=True)
class Purchase:
    """A specification in its case. `paper` is the paper of the case that is printed.

    `approved` is the director's decision on exactly this specification, None while there is none;
    `final` whether the paper is what it claims to be: approved, or for a comparison concluded.
    `sites` are the names of sites by their id.
    """

    specification: Specification
    case: Case
    paper: Paper
    office: Office
    look: Look
    baselines: Baselines = field(default_factory=Baselines)
    sites: Mapping[str, str] = field(default_factory=dict)
    approved: Decision | None = None
    final: bool = False

    @cached_property
    def words(self) -> Words:
        """How its figures and clauses are written."""
        return Words(self.look, self.specification, self.baselines)

    @property
    def day(self) -> date:
        """The day the paper bears: that of its content, so that the same content is one paper."""
        return bangkok_date(self.paper.at)

    @property
    def mark(self) -> str:
        """`ร่าง` on every page of what is not final."""
        return "" if self.final else DRAFT

    @property
    def foot(self) -> str:
        """Case, revision and the whole hash: what this paper says can be held against the case."""
        revision = self.look.count(self.paper.revision)
        told = f"เรื่อง {self.case.number} | ฉบับที่ {revision} | SHA-256 {self.paper.sha256}"
        return told if self.final else f"{DRAFT} | {told}"

    def site(self, site: str) -> str:
        """The name of a site; its id where it has none any more."""
        return self.sites.get(site, site)


def committee(purchase: Purchase) -> Signatures:
    """The places to sign of the group that was appointed; dotted lines where there is none."""
    group = purchase.case.group
    seats = (
        ("ประธานกรรมการ", group.chair if group else ""),
        *(("กรรมการ", member) for member in (group.members if group else ("",))),
        ("กรรมการและเลขานุการ", group.secretary if group else ""),
    )
    return Signatures(
        tuple(
            Signature(role=role, position=position(purchase.office, user) if user else "")
            for role, user in seats
        ),
        columns=2 if len(seats) in (2, 4) else 3,
    )


def ruling(purchase: Purchase) -> Iterator[Block]:
    """One line: who approved the specification, when, and where it is recorded."""
    decision, look = purchase.approved, purchase.look
    if decision is None:
        yield Paragraph(
            "คุณลักษณะเฉพาะฉบับนี้ยังไม่ได้รับอนุมัติ ใช้เป็นร่างเพื่อพิจารณาเท่านั้น", align="left", small=True
        )
        return
    who = capacity(decision, look).replace("\n", " ")
    told = recorded(decision, look).replace("\n", " ")
    yield Paragraph(f"{who} {told}", align="left", small=True)
