"""Values that a case keeps as they are: one canonical text, and the hash that names it."""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel, ConfigDict


class Canonical(BaseModel):
    """A frozen value with one text for the same content.

    What is kept today must have the same hash in every later version: a field that is added one day
    says `exclude_if` it is as by default, here and in every part.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    def content(self) -> bytes:
        """Canonical JSON (UTF-8): what a case keeps."""
        value = self.model_dump(mode="json")
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()

    @property
    def sha256(self) -> str:
        """The hash of `content`, by which it is approved, referred to and attached."""
        return hashlib.sha256(self.content).hexdigest()
