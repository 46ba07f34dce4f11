"""The photos of a filled form: after all that is signed, each over its name and hash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from controller.documents.blocks import Block, Heading, Paragraph, Picture
from controller.documents.compose.look import SHORT_HASH, Look
from controller.documents.compose.tables import Values
from controller.processes.forms.definition import FormDefinition
from controller.processes.forms.photos import photos_of

NONE: Mapping[str, bytes] = MappingProxyType({})
# Two photos of a telephone held upright stand below each other on a page.
_WIDTH = 7.5


def annex(
    definition: FormDefinition, values: Values, look: Look, photos: Mapping[str, bytes]
) -> Iterator[Block]:
    """A heading for every field with photos, and the pictures.

    `photos` are the pictures by their hash; one that is not there prints as name and hash alone.
    """
    for field in definition.fields:
        named = photos_of(values.get(field.name)) if field.type == "photos" else ()
        if named:
            yield Heading(look.words(field.th), 2)
        for photo in named:
            picture = photos.get(photo["sha256"])
            if picture is not None:
                yield Picture(picture, _WIDTH, f"{field.th} {photo['name']}")
            told = f"{photo['name']} SHA-256 {photo['sha256'][:SHORT_HASH]}"
            yield Paragraph(told, align="center", small=True)
