"""Turns a picture somebody hands in into one that is safe to keep, to show and to print.

It is decoded and drawn anew: what is kept holds the pixels and nothing that came with them, neither
where and when it was taken (EXIF, GPS), nor a second file hidden in or behind it.
"""

from __future__ import annotations

from io import BytesIO

from controller.errors import InputError, Text

KINDS = ("JPEG", "PNG", "WEBP")
_LONGEST_SIDE = 2000
_QUALITY = 85
# What may be decoded, in pixels. A JPEG is read at a fraction of its size, the others whole.
_MOST_PIXELS = {"JPEG": 120_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}


def kept_photo(content: bytes) -> bytes:
    """The picture as JPEG, upright, its longer side 2000 pixels at most; by content, not by name.

    Errors: `InputError` for what is no JPEG, PNG or WebP, is damaged, or has too many pixels.
    """
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # measured here, before anything is decoded
    try:
        with Image.open(BytesIO(content), formats=KINDS) as opened:
            if opened.width * opened.height > _MOST_PIXELS[opened.format or "PNG"]:
                raise _too_large()
            opened.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
            upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            fresh = Image.new("RGB", upright.size, "white")
            fresh.paste(upright, mask=upright.getchannel("A"))
            made = BytesIO()
            fresh.save(made, "JPEG", quality=_QUALITY)
    except (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, RuntimeError) as error:
        raise _unreadable() from error
    return made.getvalue()


def is_kept_photo(content: bytes) -> bool:
    """Whether bytes begin as `kept_photo` writes them, so that a browser draws and never runs."""
    return content[:4] == b"\xff\xd8\xff\xe0" and content[6:11] == b"JFIF\0"


def _too_large() -> InputError:
    return InputError(
        Text(th="ภาพมีขนาดใหญ่เกินไป", en="the picture has too many pixels"),
        hint=Text(
            th="ถ่ายใหม่ด้วยความละเอียดปกติ หรือย่อภาพก่อน",
            en="take it with the usual resolution, or make it smaller",
        ),
    )


def _unreadable() -> InputError:
    return InputError(
        Text(th="แฟ้มนี้ไม่ใช่ภาพที่เปิดได้", en="this file is no picture that can be opened"),
        hint=Text(th="ใช้ภาพ JPEG, PNG หรือ WebP", en="use a JPEG, PNG or WebP picture"),
    )
