"""Photos of a form: taken in by content, kept without what came along, bound by the form's hash."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from io import BytesIO
from typing import cast

import pytest
from PIL import Image

from controller.cli.photos import with_photos as with_files
from controller.documents.photographs import kept_photo
from controller.errors import InputError, NotFound
from controller.operations.export_form import export_form
from controller.operations.fill_form import fill_form
from controller.operations.keep_photo import keep_photo
from controller.operations.show_photo import show_photo
from controller.processes.forms.catalogue import form
from controller.processes.forms.template import template
from tests.operations.office import Desk, example, typed_text

REPAIR = "repair_request"
SCRIPT = b"<html><script>alert(1)</script></html>"
GPS = 0x8825


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **saved: object) -> bytes:
    """A red picture."""
    made = BytesIO()
    Image.new("RGB", size, "red").save(made, kind, **saved)
    return made.getvalue()


def located() -> bytes:
    """A picture that lies on its side, and says where it was taken and by what."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "Maker of telephones"
    exif[GPS] = {1: "N", 2: (16.0, 26.0, 1.0)}
    return picture(exif=exif, comment=b"taken at home")


def with_photos(*photos: object) -> dict[str, object]:
    """The example of a repair request with photos."""
    return {**example(REPAIR).values, "photos": list(photos)}


def test_what_is_kept_is_the_picture_alone() -> None:
    """Upright, and nothing of place, maker, comment, or what is hidden behind it."""
    whole = located() + SCRIPT
    kept = kept_photo(whole)
    assert b"Maker of telephones" in whole
    for trace in (b"Maker of telephones", b"taken at home", b"<script>", b"Exif"):
        assert trace not in kept
    with Image.open(BytesIO(kept)) as opened:
        assert opened.size == (20, 40)
        assert not opened.getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_taken_by_its_content(kind: str) -> None:
    """Whatever its name; what is kept is JPEG."""
    with Image.open(BytesIO(kept_photo(picture(kind)))) as opened:
        assert (opened.format, opened.size) == ("JPEG", (40, 20))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        SCRIPT,
        b"\xff\xd8\xff\xe0" + SCRIPT,
        b"GIF89a" + SCRIPT,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture("PNG")[:-30],
        picture("JPEG")[:60],
        picture("GIF"),
        picture("WEBP")[:30],
    ],
)
def test_what_is_no_picture_is_not_taken(content: bytes) -> None:
    """Also when it begins like one."""
    with pytest.raises(InputError):
        kept_photo(content)


def test_a_large_photo_is_made_smaller_and_a_bomb_is_not_opened() -> None:
    """2000 pixels are enough to read a label."""
    with Image.open(BytesIO(kept_photo(picture(size=(4000, 1000))))) as opened:
        assert opened.size == (2000, 500)
    with pytest.raises(InputError, match="too many pixels"):
        kept_photo(picture("PNG", (6000, 5000)))


def test_a_photo_belongs_to_the_form_s_hash(desk: Desk) -> None:
    """Another picture, another hash; who may read the form sees it, another school does not."""
    school = desk.person("school1")
    photo = keep_photo(desk.context, school, "C:\\โฟลเดอร์\\สวิตช์\u202e.jpg", located())
    assert photo["name"] == "สวิตช์.jpg"
    filled = fill_form(desk.context, school, REPAIR, with_photos(photo))
    assert filled.values["photos"] == [photo]
    assert filled.sha256 != fill_form(desk.context, school, REPAIR, example(REPAIR)).sha256
    for who in ("school1", "officer1", "auditor1"):
        shown = show_photo(desk.context, desk.person(who), filled.number, photo["sha256"])
        assert hashlib.sha256(shown).hexdigest() == photo["sha256"]
    with pytest.raises(NotFound):
        show_photo(desk.context, desk.person("school2"), filled.number, photo["sha256"])
    second = fill_form(desk.context, school, REPAIR, with_photos(), revises=filled.number)
    assert "photos" not in second.values
    assert show_photo(desk.context, school, filled.number, photo["sha256"])


def test_only_photos_that_were_handed_in_are_named(desk: Desk) -> None:
    """Neither an unknown hash, nor a kept file that is no photo, nor a path, nor six of them."""
    school = desk.person("school1")
    other = desk.context.files.put(SCRIPT)
    photo = keep_photo(desk.context, school, "a.jpg", picture())
    for wrong in (
        {"name": "a.jpg", "sha256": "0" * 64},
        {"name": "a.jpg", "sha256": other},
        {"name": "a.jpg", "sha256": "../../khaen.db"},
        {"name": "", "sha256": photo["sha256"]},
        "a.jpg",
    ):
        with pytest.raises(InputError) as error:
            fill_form(desk.context, school, REPAIR, with_photos(wrong))
        assert [p.message.en for p in error.value.problems]
    made = [keep_photo(desk.context, school, f"{n}.jpg", picture(size=(9, n))) for n in range(1, 7)]
    with pytest.raises(InputError):
        fill_form(desk.context, school, REPAIR, with_photos(*made))
    with pytest.raises(InputError):
        fill_form(desk.context, school, REPAIR, with_photos(photo, photo))
    filled = fill_form(desk.context, school, REPAIR, with_photos(photo))
    with pytest.raises(NotFound):
        show_photo(desk.context, school, filled.number, made[0]["sha256"])
    with pytest.raises(InputError, match="8 MB"):
        keep_photo(desk.context, school, "a.jpg", b"\0" * 8_000_001)


def test_papers_show_the_photos(desk: Desk) -> None:
    """In the PDF and in the DOCX."""
    school = desk.person("school1")
    photo = keep_photo(desk.context, school, "สวิตช์.jpg", picture(size=(400, 300)))
    filled = fill_form(desk.context, school, REPAIR, with_photos(photo))
    pdf = export_form(desk.context, school, filled.number, "pdf")
    assert b"/Image" in pdf
    assert export_form(desk.context, school, filled.number, "docx")


def test_the_template_of_a_filled_form_names_its_photos(desk: Desk) -> None:
    """So that a revision on the command line keeps them."""
    school = desk.person("school1")
    photo = keep_photo(desk.context, school, 'ป้าย "เครื่อง" #1.jpg', picture())
    filled = fill_form(desk.context, school, REPAIR, with_photos(photo))
    text = template(form(REPAIR), filled.values)
    again = fill_form(desk.context, school, REPAIR, typed_text(text), revises=filled.number)
    assert again == filled


def test_the_command_line_reads_photos_beside_the_form(desk: Desk) -> None:
    """By paths relative to the form's file; one that is not there is named."""
    school = desk.person("school1")
    folder = desk.context.root / "งานซ่อม"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(located())
    typed = replace(typed_text("photos:\n  - a.jpg\n"), path=str(folder / "form.yaml"))
    (photo,) = cast(
        "list[dict[str, str]]", with_files(desk.context, school, REPAIR, typed).values["photos"]
    )
    assert photo == keep_photo(desk.context, school, "a.jpg", located())
    missing = replace(typed, values={"photos": "b.jpg"})
    with pytest.raises(NotFound, match=r"b\.jpg"):
        with_files(desk.context, school, REPAIR, missing)
