"""The office of the procurement demo: twelve schools with forty worn-out access points."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

# Letter of the school in Thai and Latin, its district, and how many old access points are added;
# the sample's own school ก has one already.
SCHOOLS = (
    ("ก", "a", "mueang-khon-kaen", 3),
    ("ข", "b", "ban-phai", 4),
    ("ค", "c", "nam-phong", 4),
    ("ง", "d", "mueang-khon-kaen", 4),
    ("จ", "e", "mueang-khon-kaen", 3),
    ("ฉ", "f", "ban-phai", 3),
    ("ช", "g", "nam-phong", 3),
    ("ซ", "h", "mueang-khon-kaen", 3),
    ("ญ", "i", "ban-phai", 3),
    ("ฐ", "j", "nam-phong", 3),
    ("ณ", "k", "ban-phai", 3),
    ("ด", "l", "nam-phong", 3),
)
_SITE = """\
site: kkn-school-{latin}
name_th: โรงเรียนตัวอย่าง {thai}
name_en: Sample School {upper}
kind: school
district: {district}
size: medium
networks:
  - {{name: mgmt, vlan: 99, prefix: 127.24.{place}.0/24}}
devices: []
"""
_HEAD = "number,kind,brand,model,serial,acquired,price,room,state,note\n"
_ROOMS = ("ห้องสมุด", "ห้องคอมพิวเตอร์ 1", "อาคาร 1 ชั้น 2", "อาคาร 2 ชั้น 3")


def add_schools(root: Path) -> None:
    """Write site files and register rows into a workspace of the sample office.

    The office's own old access points are disposed of already: this purchase is for the schools.
    """
    own = root / "inventory" / "assets" / "kkn-office.csv"
    lines = own.read_text(encoding="utf-8").splitlines()
    own.write_text("\n".join(map(_disposed, lines)) + "\n", encoding="utf-8")
    number = 100
    for place, (thai, latin, district, count) in enumerate(SCHOOLS, start=1):
        name = f"kkn-school-{latin}"
        site = root / "inventory" / "sites" / f"{name}.yaml"
        if not site.exists():
            words = {"thai": thai, "latin": latin, "upper": latin.upper()}
            site.write_text(_SITE.format(**words, district=district, place=place), encoding="utf-8")
        register = root / "inventory" / "assets" / f"{name}.csv"
        kept = register.read_text(encoding="utf-8") if register.exists() else _HEAD
        rows = "".join(_rows(number, place, count))
        register.write_text(kept.rstrip("\n") + "\n" + rows, encoding="utf-8")
        number += count


def _disposed(line: str) -> str:
    if ",access-point," not in line:
        return line
    return line.replace(",in-use,", ",disposed,").replace(",repair,", ",disposed,")


def _rows(first: int, place: int, count: int) -> Iterator[str]:
    """Access points of one school, bought eight years to six years ago."""
    for index in range(count):
        number, year = first + index, 2561 + index % 2
        yield (
            f"7440-010-{number:04}/{year % 100},access-point,Cisco,AIR-AP1832I,"
            f"KWC{year % 100}{place:02}{index}DEMO,{year - 543}-0{index + 3}-1{index},14500.00,"
            f"{_ROOMS[index]},in-use,\n"
        )
