"""Identification of recorded devices against what a well-known NMS says of them."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from controller.facts.answers import Answers, as_text
from controller.facts.identity import Identity
from controller.platforms.identifying import first_request, identify, next_request
from controller.platforms.systems import systems
from tests.platforms.recordings import Recording, answer, read_recording
from tests.recorded import recorded

PROPERTIES = {"hardware": "model", "version": "version", "serial": "serial"}


@dataclass(frozen=True)
class Case:
    """A recording and what is expected of it; a property not known there is empty."""

    recording: Recording
    platform: str
    expected: dict[str, str]

    def is_verbatim(self, which: str) -> bool:
        """Whether the device itself says it in these words."""
        said = self.expected[which]
        return bool(said) and any(said in as_text(value) for value in self.recording.values)


def asked(recording: Recording) -> Identity:
    """What the device turns out to be."""
    answers = Answers()
    request = first_request()
    for _ in range(3):
        answers |= answer(recording, request)
        more = next_request(answers)
        if more is None:
            break
        request = more
    assert next_request(answers) is None
    return identify(answers)


def _devices() -> list[Case]:
    rows = json.loads(recorded("snmp", "expected_summary.json").read_text(encoding="utf-8"))
    return list(_cases(recorded("snmp", "snmprec"), rows))


def _detections() -> list[Case]:
    with recorded("snmp", "detection_only_expected.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return list(_cases(recorded("snmp", "detection_only"), rows))


def _cases(folder: Path, rows: Sequence[dict[str, str | None]]) -> Iterator[Case]:
    for row in rows:
        recording = read_recording(folder / f"{row['community']}.snmprec")
        expected = {which: (row[which] or "").strip() for which in PROPERTIES}
        yield Case(recording, row["os"] or "", expected)


def _scores(cases: Sequence[Case]) -> dict[str, float]:
    """Shares that are right, of those that could be; prints what is not."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for case in cases:
        found = asked(case.recording)
        system = systems().by_name.get(found.platform)
        verdicts = {"platform": system is not None and case.platform in system.librenms}
        for which, name in PROPERTIES.items():
            if case.is_verbatim(which):
                verdicts[which] = getattr(found, name) == case.expected[which]
        for which, good in verdicts.items():
            of[which] += 1
            right[which] += good
            if not good:
                wanted = case.expected.get(which, case.platform)
                got = getattr(found, PROPERTIES.get(which, which))
                print(f"{case.recording.name:40} {which:9} {wanted!r} <- {got!r}")
    shares = {which: right[which] / of[which] for which in of}
    print({which: f"{right[which]}/{of[which]}" for which in of})
    return shares


def test_recorded_devices_are_recognised_with_model_version_and_serial() -> None:
    shares = _scores(_devices())
    assert shares["platform"] == 1
    assert min(shares["hardware"], shares["version"]) >= 0.97
    assert shares["serial"] >= 0.94


def test_small_recordings_are_recognised() -> None:
    shares = _scores(_detections())
    assert shares["platform"] >= 0.99
    assert min(shares["hardware"], shares["version"], shares["serial"]) >= 0.85
