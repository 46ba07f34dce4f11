"""What a device would probably say to a candidate, computed from its backup.

For looking ahead at 1,500 devices without asking one. It follows the platform's merge rules and no
more; a plan made of it says so (`Plan.predicted`) and refuses itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from controller.configuration.lines import Lines, read_lines
from controller.inventory.device import Device
from controller.plans.build import Observation
from controller.plans.difference import BETWEEN, Difference, Edit
from controller.plans.effects import spelled_out
from controller.platforms.platform import HIDDEN, Platform
from controller.platforms.vlans import EVERY, changed_vlans, write_vlans

# A secret with the kind of hashing before it. The device hashes what it is given, so neither can be
# compared: any two secrets in the same place count as the same.
_SECRET = re.compile(r"(?: (?:\d|8a|sha512))? ⟦(?:secret:[^⟦⟧]*|redacted)⟧")


def predict_observation(
    device: Device, platform: Platform, backup: str | None, candidate: str
) -> Observation:
    """An observation as if the device had been asked, from its stored configuration."""
    return Observation(
        device=device,
        platform=platform,
        running=backup,
        candidate=candidate,
        operation="merge",
        diff=None if backup is None else predict(platform, backup, candidate),
        unreachable="no backup" if backup is None else None,
    )


def predict(platform: Platform, running: str, candidate: str) -> str:
    """The difference that merging `candidate` into `running` makes, in the `unified` style.

    Lines that are there already make none; `no X` takes X away; a line that only one may stand of
    takes the other's place. Secrets are hidden, references shown. Empty when nothing changes.
    """
    before = read_lines(_masked(platform.mask(running)), platform.grammar)
    wanted = read_lines(platform.mask(candidate), platform.grammar)
    edits = _lasting(_Merge(platform).into(before, wanted, ()))
    return platform.redact(Difference(edits, readable=True).text())


def _lasting(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Without lines that come and go again while the candidate is typed."""
    kept: list[Edit] = []
    for edit in edits:
        came = Edit("+", edit.path, edit.line)
        if edit.sign == "-" and came in kept:
            kept.remove(came)
        else:
            kept.append(edit)
    return tuple(kept)


def _masked(text: str) -> str:
    return _SECRET.sub(f" {HIDDEN}", text) if "⟦" in text else text


class _Merge:
    """Types the lines of a candidate into a configuration, telling what that changes."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._rules = platform.grammar

    def into(self, place: Lines, wanted: Lines, path: tuple[str, ...]) -> Iterator[Edit]:
        """Type `wanted` into `place`, which is changed; yield what comes and goes."""
        for typed, inner in wanted.items():
            for line in spelled_out(typed, self._rules):
                yield from self._line(place, line, inner, path)

    def _line(
        self, place: Lines, typed: str, inner: Lines, path: tuple[str, ...]
    ) -> Iterator[Edit]:
        line = _masked(typed)
        verb, _, rest = line.partition(" ")
        if verb in ("no", "default") and rest:
            yield from self._remove(place, rest, path, shows=verb == "no")
        elif line in place:
            yield from self.into(place[line], inner, (*path, line))
        else:
            yield from self._add(place, line, typed, inner, path)

    def _add(
        self, place: Lines, line: str, typed: str, inner: Lines, path: tuple[str, ...]
    ) -> Iterator[Edit]:
        line, typed = self._with_vlans(place, line, typed)
        if line in place:
            return
        opposite = f"no {line}"
        if opposite in place:
            yield from self._take(place, opposite, path)
        if self._rules.is_silent(BETWEEN.join(path), line):
            return
        key = self._rules.single_key(line)
        # A key that is hidden itself (a community) does not say whether it is the same one.
        if key is not None and HIDDEN not in key:
            for other in [o for o in place if self._rules.single_key(o) == key]:
                yield from self._take(place, other, path)
        place[line] = {}
        yield Edit("+", path, typed)
        yield from self.into(place[line], inner, (*path, line))

    def _remove(
        self, place: Lines, rest: str, path: tuple[str, ...], *, shows: bool
    ) -> Iterator[Edit]:
        for line in [ln for ln in place if ln == rest or ln.startswith((f"{rest} ", f"{rest}\n"))]:
            yield from self._take(place, line, path)
        shown = f"no {rest}"
        negative = shows and self._rules.shown_negatives.fullmatch(rest) is not None
        if negative and shown not in place and not self._rules.is_silent(BETWEEN.join(path), shown):
            place[shown] = {}
            yield Edit("+", path, shown)

    def _take(self, place: Lines, line: str, path: tuple[str, ...]) -> Iterator[Edit]:
        yield Edit("-", path, line)
        for inner in place.pop(line):
            yield Edit("-", (*path, line), inner)

    def _with_vlans(self, place: Lines, line: str, typed: str) -> tuple[str, str]:
        """`allowed vlan add 30` as the device would show it: with the VLANs there already."""
        allowed = self._platform.safety.trunk_allowed
        match = allowed.fullmatch(line)
        if match is None or not match["verb"]:
            return line, typed
        now = EVERY
        for other in place:
            told = allowed.fullmatch(other)
            now = changed_vlans(now, "", told["vlans"]) or now if told else now
        then = changed_vlans(now, match["verb"], match["vlans"])
        if then is None:
            return line, typed
        whole = f"{line[: match.start('verb')]}{write_vlans(then)}"
        return whole, whole
