"""The peers' cases of reading, cutting and comparing configurations, answered by ours.

`ADAPTER` says what is not the engine's: it is published with the table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from controller.configuration.comparing import compare, lacking
from controller.configuration.lines import Lines, Path, paths, read_lines, spelled
from controller.configuration.sections import beginning, unclaimed
from controller.configuration.texts import clean
from controller.platforms.grammar import Grammar
from controller.platforms.grammars import grammar
from tests.recorded import recorded

Case = dict[str, Any]
NAMES = {"cisco_aireos": "cisco_wlc", "": "cisco_ios"}
# Platforms that the project does not know; their cases are read as any indented text.
UNKNOWN = {
    "adva_fsp150f3": {"comment": ("#", "Preparing"), "skipped": frozenset({"back"})},
    "bigip_f5": {"quotes": True, "skipped": frozenset({"}"})},
    "ciena_saos": {},
    "extreme_netiron": {"comment": ("!",)},
    "mrv_optiswitch": {"comment": ("!",)},
    "nvidia_onyx": {"comment": ("##",)},
    "rad_etx": {"comment": ("#",), "quotes": True, "skipped": frozenset({"exit", "configure"})},
}
TITLE = "Reading, cutting and comparing"
ADAPTER = """\
- Expected texts are read like configurations and compared as trees: margins, remarks and words that
  only end a section do not count, and a section opened twice is one.
- A text of several lines is one line to us; the peer tells it as a line with one in it. Empty lines
  in it, and spaces inside the brackets of PAN-OS, do not count; nor do backslashes in the cases of
  RouterOS, which are escaped twice there.
- `cannot_parse` is always true at the peer, and the adapter writes it.
- The titles of SR OS (`echo "…"`) are sections at the peer and remarks to us: the adapter cuts the
  text at them and reads each part.
- RouterOS menus are sections to us; the adapter joins menu and command where the peer does.
- JSON of `golden_config` is written as nested lines and compared like a configuration.
- Platforms the project does not know are read as any indented text, with their remarks named.
- The 22 features of known platforms in `compliance_*` are judged a second time by a rule with a
  golden section (tests/compliance/test_peers_cases.py): the same verdicts for the same lines.
"""
ON_PURPOSE = {
    "parse_hierarchy/ubiquiti_airos__airos_full": (
        "The peer keeps the remark that tells the version of the firmware as a line."
    ),
    "compliance_multi/rad_etx__etx_basic": (
        "The peer tells lines without the sections around them."
    ),
    "parse_hierarchy/bigip_f5__bigip_full": (
        "At the peer a section ends with the first text of several lines in it."
    ),
    "parse_hierarchy/nvidia_onyx__onyx_full": (
        "A margin means nothing on this platform; read as indented text it makes sections."
    ),
}


@dataclass(frozen=True)
class Answer:
    """What was wanted of a case and what ours answers."""

    case: str
    platform: str
    known: bool
    wanted: object
    got: object

    @property
    def same(self) -> bool:
        """Whether ours answers the same."""
        return self.wanted == self.got


def answers() -> Iterator[Answer]:
    """Every case, answered."""
    for category, answer in ANSWERS.items():
        for path in sorted(recorded("config", category).glob("*.json")):
            case = json.loads(path.read_text(encoding="utf-8"))
            name = case.get("network_os", "")
            wanted, got = answer(case, Reader(name))
            known = name not in UNKNOWN
            shown = NAMES.get(name, name)
            yield Answer(f"{category}/{path.stem}", shown, known, wanted, got)


class Reader:
    """Reads the texts of one case."""

    def __init__(self, name: str) -> None:
        self.titled = name == "nokia_sros"
        if name in UNKNOWN:
            plain = replace(grammar("cisco_asa"), comment=("#",), blocks=(), interfaces=())
            self.grammar: Grammar = replace(plain, **UNKNOWN[name])  # type: ignore[arg-type]
        else:
            self.grammar = grammar(NAMES.get(name, name))

    def lines(self, text: str) -> Lines:
        """The lines of a configuration; below its titles where the platform has them."""
        if not (self.titled and "echo " in text):
            return read_lines(text, self.grammar)
        return {title: read_lines(part, self.grammar) for title, part in titled(text).items()}

    def rows(self, lines: Lines) -> list[Path]:
        """The lines in order, with their sections."""
        return list(paths(lines))


def titled(text: str) -> dict[str, str]:
    """The parts of a configuration of SR OS by their titles."""
    parts = re.split(r'^#-+\necho "(.*)"\n#-+$', text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _hierarchy(case: Case, reader: Reader) -> tuple[object, object]:
    wanted: dict[Path, None] = {}
    for line, parents in case["expected"]:
        path = tuple(text.strip() for text in (*parents, line))
        if len(path) > 1 and _begins_text(path[-2], reader.grammar):
            wanted.pop(path[:-1], None)
            path = (*path[:-2], f"{path[-2]}\n{line}")
        wanted.setdefault(_shown(path, reader.grammar), None)
    got = reader.rows(reader.lines(case["config"]))
    if reader.grammar.layout == "menus":
        got = [(" ".join(path),) for path in got if len(path) > 1]
    skipped = reader.grammar.skipped
    return (
        _nested_paths(path for path in wanted if path[-1] not in skipped),
        _nested_paths(_shown(path, reader.grammar) for path in got),
    )


def _nested_paths(found: Iterable[Path]) -> list[Path]:
    """In the order of a tree: a section that is opened twice is one."""
    top: Lines = {}
    for path in found:
        place = top
        for line in path:
            place = place.setdefault(line, {})
    return list(paths(top))


def _begins_text(line: str, rules: Grammar) -> bool:
    return any(block.start.match(line) for block in rules.blocks) or (
        rules.quotes and line.count('"') % 2 == 1
    )


def _shown(path: Path, rules: Grammar) -> Path:
    """Without empty lines and wraps in texts, which the peer leaves out or keeps as they come."""
    if rules.layout == "menus":
        path = tuple(re.sub(r"\\|\n *", "", line) for line in path)
    if rules.layout == "braces":
        path = tuple(re.sub(r"(?<=\S)\]$", " ]", line) for line in path)
    return tuple(spelled(re.sub(r"[ ]*\n\s*", "\n", line), rules) for line in path)


def _compliance(feature: Case, actual: Lines, intended: Lines) -> Case:
    """What the peer tells of one feature."""
    found = compare(intended, actual)
    return {
        "actual": list(paths(actual)),
        "intended": list(paths(intended)),
        "missing": list(paths(found.missing)),
        "extra": list(paths(found.extra)),
        "ordered_compliant": found.in_order,
        "unordered_compliant": found.same,
        "compliant": found.in_order if feature["ordered"] else found.same,
        "cannot_parse": True,
    }


def _told(expected: Case, reader: Reader) -> Case:
    """The peer's own answer, its texts read."""
    texts = ("actual", "intended", "missing", "extra")
    return {k: reader.rows(reader.lines(v)) if k in texts else v for k, v in expected.items()}


def _features(case: Case, reader: Reader) -> tuple[object, object]:
    actual, intended = reader.lines(case["backup"]), reader.lines(case["intended"])
    got = {
        feature["name"]: _compliance(
            feature, *(beginning(lines, feature["section"]) for lines in (actual, intended))
        )
        for feature in case["features"]
    }
    return {name: _told(told, reader) for name, told in case["expected"].items()}, got


def _feature(case: Case, reader: Reader) -> tuple[object, object]:
    feature = case["feature"]
    actual, intended = (
        beginning(reader.lines(case[side]), feature["section"]) for side in ("actual", "intended")
    )
    return _told(case["expected"], reader), _compliance(feature, actual, intended)


def _unordered(case: Case, reader: Reader) -> tuple[object, object]:
    intended, actual = reader.lines(case["intended"]), reader.lines(case["actual"])
    pairs = zip(intended, actual, strict=False)
    elsewhere = [[wanted, found] for wanted, found in pairs if wanted != found]
    found = compare(intended, actual)
    return case["expected"], [found.same and bool(found.moved), elsewhere]


def _extract(case: Case, reader: Reader) -> tuple[object, object]:
    cut = beginning(reader.lines(case["config"]), case["feature"]["section"])
    return reader.rows(reader.lines(case["expected"])), reader.rows(cut)


def _not_covered(case: Case, reader: Reader) -> tuple[object, object]:
    lines = reader.lines(case["config"])
    claims: list[str] = [start for feature in case["features"] for start in feature["section"]]
    absent = [f["name"] for f in case["features"] if not beginning(lines, f["section"])]
    expected = case["expected"]
    return (
        [reader.rows(reader.lines(expected["remaining_cfg"])), expected["section_not_found"]],
        [reader.rows(unclaimed(lines, claims)), absent],
    )


def _missing_lines(case: Case, reader: Reader) -> tuple[object, object]:
    found = lacking(reader.lines(case["compare"]), reader.lines(case["base"]))
    return reader.rows(reader.lines(case["expected"])), reader.rows(found)


def _clean(case: Case, reader: Reader) -> tuple[object, object]:
    return case["expected"], clean(case["config"], reader.grammar)


def _golden(case: Case, reader: Reader) -> tuple[object, object]:
    read = reader.lines if case["kind"] == "cli" else _nested
    found = compare(read(case["intended"]), read(case["actual"]))
    complies = found.in_order if case.get("ordered") else found.same
    return (
        [list(case["missing"]), list(case["extra"]), case["compliance"]],
        [_roots(found.missing), _roots(found.extra), complies],
    )


def _nested(value: Any) -> Lines:
    """A JSON value as nested lines."""
    if isinstance(value, dict):
        return {key: _nested(inner) for key, inner in value.items()}
    return {f"= {json.dumps(value)}": {}}


def _roots(lines: Lines) -> Sequence[str]:
    """Where JSON differs, as the peer writes it: the key whose value is not there."""
    found = [path[:-1] for path in paths(lines) if path[-1].startswith("= ")]
    return ["root" + "".join(f"[{key!r}]" for key in path) for path in found]


ANSWERS: dict[str, Callable[[Case, Reader], tuple[object, object]]] = {
    "compliance_multi": _features,
    "compliance_feature": _feature,
    "compliance_unordered": _unordered,
    "section_extract": _extract,
    "sections_not_covered": _not_covered,
    "parse_hierarchy": _hierarchy,
    "clean": _clean,
    "diff_missing_lines": _missing_lines,
    "golden_config": _golden,
}
