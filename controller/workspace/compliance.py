"""Reads the folder `compliance`: rules and waivers as one value, or all of its problems."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from controller.compliance.rule import Rule, RuleFile, Waiver, WaiverFile
from controller.compliance.rulebook import RuleBook
from controller.errors import InputError, Problem, Text
from controller.inventory.inventory import Groups
from controller.inventory.site import Site
from controller.language import nearest
from controller.workspace.collecting import Collecting
from controller.workspace.files import COMPLIANCE, RULES, WAIVERS, files_below, read_files, text_of
from controller.workspace.rule_checks import check_rule, check_selector
from controller.workspace.rule_words import check_selected, check_words
from controller.workspace.yaml_lines import Document, Place, read_yaml

M = TypeVar("M", bound=BaseModel)


def read_rulebook(root: Path) -> RuleBook:
    """The rules of the workspace at `root`, without reading the rest of it.

    Whether its devices have the variables that rules name is not looked at.

    Errors: `InputError` with every problem of these files.
    """
    from controller.platforms.watched import watched_platforms

    files, problems = read_files(root, files_below(root, COMPLIANCE))
    rules = RuleFiles(sorted(watched_platforms()))
    book = rules.read(files)
    problems += rules.problems
    if not problems:
        return book
    raise InputError(
        Text(
            th=f"ไฟล์เกณฑ์มีข้อผิดพลาด {len(problems)} แห่ง",
            en=f"the rules of compliance have {len(problems)} problems",
        ),
        hint=Text(th="ดูทั้งหมดด้วย khaen validate", en="see them all with khaen validate"),
        problems=tuple(problems),
    )


def rule_text(root: Path, path: str, rule: str) -> str:
    """How the file at `path` writes this rule, comments within included; empty when it does not."""
    content = (root / path).read_bytes() if (root / path).is_file() else b""
    text = text_of(path, content)
    if isinstance(text, Problem):
        return ""
    document = read_yaml(path, text)
    starts = [
        (document.position(place)[0], told.get("id")) for place, told in document.mappings("rules")
    ]
    lines = text.split("\n")
    for index, (start, name) in enumerate(starts):
        if name == rule:
            end = starts[index + 1][0] - 1 if index + 1 < len(starts) else len(lines)
            body = textwrap.dedent("\n".join(lines[start - 1 : end]).replace("- ", "  ", 1))
            return body.strip("\n") + "\n"
    return ""


@dataclass
class RuleFiles(Collecting):
    """One pass over the files of rules and waivers; what is wrong is added to `problems`."""

    platforms: Collection[str]
    _rules: dict[str, tuple[Document, Place, Rule]] = field(default_factory=dict)
    _waivers: list[tuple[Document, Place, Waiver]] = field(default_factory=list)
    _told: dict[str, str] = field(default_factory=dict)

    def read(self, files: Mapping[str, bytes]) -> RuleBook:
        """The rule book of these files, by path; of broken files nothing is in it."""
        paths = [p for p in sorted(files) if p.startswith(RULES) and p.endswith(".yaml")]
        read = [p for p in paths if "/" not in p.removeprefix(RULES)]
        for path in read:
            self._read_rules(path, files[path])
        if WAIVERS in files:
            self._read_waivers(files[WAIVERS])
            read.append(WAIVERS)
        return RuleBook(
            rules=tuple(rule for _, _, rule in self._rules.values()),
            waivers=tuple(waiver for _, _, waiver in self._waivers),
            files={path: hashlib.sha256(files[path]).hexdigest() for path in read},
            where={name: document.path for name, (document, _, _) in self._rules.items()},
        )

    def check_devices(
        self, groups: Groups, sites: tuple[Site, ...], secrets: Collection[str] | None
    ) -> Iterator[Problem]:
        """What shows beside the inventory: words devices lack, selectors that name nothing."""
        for document, place, rule in self._rules.values():
            yield from check_selected(document, place, rule.select, sites)
            yield from check_words(document, place, rule, groups, sites, secrets)
        for document, place, waiver in self._waivers:
            yield from check_selected(document, place, waiver.select, sites)

    def _read_rules(self, path: str, content: bytes) -> None:
        document = self.document(path, content)
        if document is None:
            return
        found: list[Problem] = []
        for place, told in document.mappings("rules"):
            found += check_rule(document, place, told, self.platforms)
            name = told.get("id")
            if isinstance(name, str):
                if name in self._told:
                    found.append(document.problem((*place, "id"), _twice(self._told[name])))
                line = document.position((*place, "id"))[0]
                self._told.setdefault(name, f"{path}:{line}")
        whole = self.model(RuleFile, document, found)
        for index, rule in enumerate(whole.rules if whole else ()):
            self._rules.setdefault(rule.id, (document, ("rules", index), rule))

    def _read_waivers(self, content: bytes) -> None:
        document = self.document(WAIVERS, content)
        if document is None:
            return
        found: list[Problem] = []
        seen: dict[str, int] = {}
        for place, told in document.mappings("waivers"):
            found += check_selector(document, (*place, "select"), told.get("select"))
            name, rule = told.get("id"), told.get("rule")
            line = document.position((*place, "id"))[0]
            if isinstance(name, str) and name in seen:
                found.append(document.problem((*place, "id"), _twice(f"{WAIVERS}:{seen[name]}")))
            seen.setdefault(str(name), line)
            if isinstance(rule, str) and rule not in self._told:
                known = tuple(sorted(self._told))
                found.append(
                    document.problem((*place, "rule"), _NO_RULE, suggestion=nearest(rule, known))
                )
        whole = self.model(WaiverFile, document, found)
        for index, waiver in enumerate(whole.waivers if whole else ()):
            self._waivers.append((document, ("waivers", index), waiver))


def _twice(first: str) -> Text:
    return Text(th=f"ชื่อนี้ใช้แล้วที่ {first}", en=f"this id stands already in {first}")


_NO_RULE = Text(th="ไม่มีเกณฑ์นี้ใน compliance/rules", en="there is no such rule in compliance/rules")
