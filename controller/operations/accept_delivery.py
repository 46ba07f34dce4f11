"""Accept a delivery: rows of the register with numbers, devices of the inventory, the paper."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Refused, Text
from controller.inventory.asset import Asset
from controller.inventory.register_changes import RowChange
from controller.operations.context import Context
from controller.operations.delivery_papers import (
    Ordered,
    case_of,
    deliveries_of,
    delivery_of,
    keep_delivery,
    known_around,
    ordered_in,
    require_unaccepted,
)
from controller.operations.show_delivery import replaced_by
from controller.platforms.told_ids import as_words
from controller.processes.case import Case
from controller.procurement.acceptance import reasons_against
from controller.procurement.delivery import Accepted, Delivery
from controller.procurement.registering import Registered, registered
from controller.store.engine import Connection
from controller.thai import buddhist_year
from controller.workspace.committing import commit_files
from controller.workspace.load import check_workspace
from controller.workspace.register_file import (
    alone,
    read_register_file,
    rewritten,
    write_register,
)
from controller.workspace.site_edits import NewDevice, NotEditableError, site_path, with_devices


@dataclass(frozen=True)
class AcceptedDelivery:
    """What was written. `commit` is None when the files are not committed to git.

    `left_out` are pieces that became no device of the inventory, each with why.
    """

    delivery: Delivery
    paths: tuple[str, ...]
    commit: str | None
    left_out: Mapping[str, Text]


def accept_delivery(context: Context, actor: Actor, number: str, delivery: int) -> AcceptedDelivery:
    """Take the delivery over: every piece gets a register number, network devices a name.

    The files of the workspace are written and committed together with the paper, or nothing is.
    What the delivery replaces is listed with it and not touched. Errors: `Refused` with every
    reason against it, and once it was accepted; `InputError` when the office has no pattern of
    numbers for a kind, or the inventory would not hold together; `NotFound`, `NotApproved`.
    """
    require(actor, "accept_delivery")
    with alone(context.folder / "register.lock"):
        case = case_of(context, number)
        before = delivery_of(context, case, delivery)
        require_unaccepted(before)
        with context.store.read() as conn:
            ordered = ordered_in(context, conn, case, to_act=True)
        _require_acceptable(context, case, before, ordered)
        made = registered(
            before, ordered.specification, ordered.offer, context.inventory(),
            context.office().numbering, context.today(), buddhist_year(context.today()),
        )  # fmt: skip
        files = _Files(context.root, [s.site for s in context.inventory().sites])
        files.add(made.assets, made.devices, f"เรื่อง {number} การส่งมอบครั้งที่ {delivery}")
        files.check()
        after = _accepted(context, actor, before, ordered, made)

        def check(conn: Connection, now: Case) -> None:
            again = ordered_in(context, conn, now, to_act=True)
            if again != ordered or delivery_of(context, now, delivery) != before:
                raise _CHANGED

        told = {"delivery": delivery, "pieces": len(after.pieces), "files": files.digests}
        keep_delivery(context, actor, "accept_delivery", after, told, check=check, last=files.write)
        commit = _commit(context, actor, after, tuple(files.after))
    return AcceptedDelivery(after, tuple(files.after), commit, made.left_out)


def _require_acceptable(context: Context, case: Case, delivery: Delivery, ordered: Ordered) -> None:
    others = tuple(d for d in deliveries_of(context, case) if d.number != delivery.number)
    reasons = list(
        reasons_against(delivery, ordered.specification, known_around(context.inventory(), others))
    )
    papers = ordered.specification.sha256, ordered.comparison, ordered.offer.sha256
    if papers != (delivery.specification, delivery.comparison, delivery.offer):
        reasons.insert(0, _OTHER_OFFER)
    if reasons:
        raise Refused(
            Text(
                th=f"ตรวจรับครั้งที่ {delivery.number} ไม่ได้: " + "; ".join(r.th for r in reasons),
                en=f"delivery {delivery.number} cannot be accepted: "
                + "; ".join(r.en for r in reasons),
            ),
            hint=Text(
                th=f"ดูทุกข้อ: `khaen spec delivery show {delivery.case} {delivery.number}`",
                en=f"see all of it: `khaen spec delivery show {delivery.case} {delivery.number}`",
            ),
        )


def _accepted(
    context: Context, actor: Actor, delivery: Delivery, ordered: Ordered, made: Registered
) -> Delivery:
    numbers = {key: asset.number for key, asset in made.assets.items()}
    names = {key: values["name"] for key, values in made.devices.items()}
    there = {a.number for a in context.inventory().assets if a.state != "disposed"}
    replaced = tuple(n for n in replaced_by(delivery, ordered.specification) if n in there)
    return delivery.model_copy(
        update={
            "pieces": tuple(
                piece.model_copy(
                    update={"asset": numbers[piece.key], "device": names.get(piece.key, "")}
                )
                for piece in delivery.pieces
            ),
            "accepted": Accepted(by=actor.username, at=context.clock(), replaced=replaced),
        }
    )


@dataclass
class _Files:
    """The files of the workspace as they would be; written together, or put back."""

    root: Path
    sites: list[str]
    before: dict[str, bytes | None] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file as it is to be."""
        return {path: _digest(content) for path, content in self.after.items()}

    def add(
        self, assets: Mapping[str, Asset], devices: Mapping[str, Mapping[str, str]], why: str
    ) -> None:
        """Put in rows of the register and devices of the inventory. Errors: `InputError`."""
        rows: dict[str, list[Asset]] = defaultdict(list)
        new: dict[str, list[NewDevice]] = defaultdict(list)
        for key, asset in assets.items():
            rows[asset.site].append(asset)
            if key in devices:
                new[asset.site].append(NewDevice(devices[key], as_words(why), {}))
        for site, wanted in sorted(rows.items()):
            file = read_register_file(self.root, site, self.sites)
            changes = [RowChange("added", a.number, 0, None, a) for a in wanted]
            self.before[file.path] = file.content
            self.after[file.path] = rewritten(file, changes)
        for site, listed in sorted(new.items()):
            path = site_path(site)
            content = (self.root / path).read_bytes()
            try:
                text = content.decode("utf-8")
                self.after[path] = with_devices(path, text, listed).encode()
            except (NotEditableError, UnicodeDecodeError):
                raise _not_editable(path) from None
            self.before[path] = content

    def check(self) -> None:
        """Pass when the workspace holds together with them. Errors: `InputError`, every problem."""
        _, problems = check_workspace(self.root, instead=self.after)
        if problems:
            raise InputError(
                Text(
                    th="ทะเบียนที่จะเป็นหลังตรวจรับมีข้อผิดพลาด จึงยังไม่เขียน",
                    en="the inventory would have faults, so nothing is written",
                ),
                hint=Text(
                    th="แก้บัญชีส่งมอบแล้วอ่านใหม่", en="mend the list of the delivery and read it again"
                ),
                problems=problems,
            )

    def write(self) -> None:
        """Write all of them; what was written is put back when one cannot be."""
        written: list[str] = []
        try:
            for path, content in self.after.items():
                old = self.before[path]
                write_register(self.root, path, content, "" if old is None else _digest(old))
                written.append(path)
        finally:
            if len(written) < len(self.after):
                for path in written:
                    self._put_back(path)

    def _put_back(self, path: str) -> None:
        old = self.before[path]
        if old is None:
            (self.root / path).unlink(missing_ok=True)
        else:
            write_register(self.root, path, old, _digest(self.after[path]))


def _commit(
    context: Context, actor: Actor, delivery: Delivery, paths: tuple[str, ...]
) -> str | None:
    pieces = len(delivery.pieces)
    return commit_files(
        context.root,
        paths,
        author=context.author(actor),
        message=f"Accept delivery {delivery.number} of {delivery.case}: {pieces} pieces\n",
        at=context.clock(),
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _not_editable(path: str) -> InputError:
    return InputError(
        Text(
            th=f"{path} เขียนในแบบที่แทรกอุปกรณ์ไม่ได้",
            en=f"{path} is written so that no device can be added",
        ),
        hint=Text(th="จัดรูปแบบรายการ devices ให้เป็นบรรทัด", en="write its devices line by line"),
    )


_CHANGED = Refused(
    Text(
        th="การส่งมอบนี้เปลี่ยนไประหว่างตรวจรับ จึงยังไม่บันทึก",
        en="the delivery changed meanwhile, so nothing was done",
    ),
    hint=Text(th="เปิดดูอีกครั้งแล้วทำใหม่", en="look at it again, then repeat"),
)
_OTHER_OFFER = Text(
    th="อ่านไว้เทียบกับข้อเสนอหรือผลเปรียบเทียบฉบับก่อน ให้อ่านใหม่",
    en="it was read against an earlier offer or comparison; read it again",
)
