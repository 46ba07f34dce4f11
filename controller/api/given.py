"""What callers send, as far as several resources share it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Words = Annotated[str, Field(max_length=20_000)]
Line = Annotated[str, Field(max_length=500)]
Name = Annotated[str, Field(max_length=64)]


class Given(BaseModel):
    """A request's body: a word that is not asked for is refused, as a misspelt one would be."""

    model_config = ConfigDict(extra="forbid")
