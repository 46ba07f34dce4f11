"""The values of the audit log: entries, signed anchors, and the verdict on a chain of entries."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from controller.errors import Text
from controller.store.canonical import canonical, time_text

GENESIS = "0" * 64
HEAD_FORMAT = "khaen-audit-head/1"
KEY_PREFIX = "ed25519:"
Kind = Literal[
    "altered",
    "replaced",
    "removed",
    "reordered",
    "inserted",
    "truncated",
    "unsealed",
    "unanchored",
    "anchor",
    "unreadable",
    "more",
]


@dataclass(frozen=True)
class Entry:
    """One entry. `hash` covers everything but itself and `seal`; `previous` is the hash before.

    `seal` is the keyed hash by which the installation knows its own entries; empty in an export.
    """

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    content: dict[str, Any]
    previous: str
    hash: str
    seal: str = ""

    def as_json(self) -> dict[str, Any]:
        """The entry as JSON says it, as in an export: without the seal."""
        return {**_hashed(self), "hash": self.hash}

    def proved(self, fingerprint: str, seal: str) -> Entry:
        """The same entry with its hash and seal."""
        return replace(self, hash=fingerprint, seal=seal)


@dataclass(frozen=True)
class Anchor:
    """A signed statement that entry `seq` had this hash. `line` is its place in the file."""

    seq: int
    hash: str
    at: str
    signature: str
    line: int = 0

    def message(self) -> bytes:
        """The bytes that are signed."""
        content = {"format": HEAD_FORMAT, "seq": self.seq, "hash": self.hash, "at": self.at}
        return canonical(content).encode()


@dataclass(frozen=True)
class ChainProblem:
    """One thing wrong with entry `seq`. Not `certain`: it only could not be proved right."""

    seq: int
    kind: Kind
    certain: bool
    message: Text


@dataclass(frozen=True)
class Verdict:
    """`ok` is True only when all is proved, False when something is wrong, None when unknown.

    `seen` counts the entries read; `last` and `head` are number and hash of the newest; `key` is
    the public key that was used.
    """

    ok: bool | None
    seen: int
    last: int
    head: str
    problems: tuple[ChainProblem, ...]
    key: str = ""

    def also(self, problem: ChainProblem) -> Verdict:
        """The verdict with one more problem, which never makes it better."""
        ok = False if problem.certain or self.ok is False else None
        return replace(self, ok=ok, problems=(*self.problems, problem))


def digest(entry: Entry) -> str:
    """SHA-256 (hexadecimal) of the canonical JSON of the entry without `hash` and `seal`."""
    return hashlib.sha256(canonical(_hashed(entry)).encode()).hexdigest()


def _hashed(entry: Entry) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": time_text(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "content": entry.content,
        "previous": entry.previous,
    }


def signed_by(anchor: Anchor, public_key: str) -> bool:
    """Whether the anchor carries a signature of this key (`ed25519:` and base64)."""
    return signature_fits(public_key, anchor.signature, anchor.message())


def signature_fits(public_key: str, signature: str, message: bytes) -> bool:
    """Whether this key (`ed25519:` and base64) signed the message; the signature is base64."""
    try:
        raw = base64.b64decode(public_key.removeprefix(KEY_PREFIX), validate=True)
        proof = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(raw).verify(proof, message)
    except (InvalidSignature, ValueError):
        return False
    return True
